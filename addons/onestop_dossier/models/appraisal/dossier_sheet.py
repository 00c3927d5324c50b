# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...ledger.canonical import canonical

# What the appraiser fills in; the rest follows from the acts.
FILLED = frozenset({"proposal", "summary", "finding_ids"})
# Filled in until its step is passed on; then its texts are erased once, at most.
KEPT = """
BEGIN
    IF OLD.state = 'draft' THEN
        IF ROW(NEW.dossier_id, NEW.number) IS DISTINCT FROM
           ROW(OLD.dossier_id, OLD.number)
        THEN
            RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                MESSAGE = 'an appraisal sheet stays with its dossier';
        END IF;
        RETURN NEW;
    END IF;
    IF ROW(NEW.dossier_id, NEW.number, NEW.state, NEW.version_id, NEW.step_id,
           NEW.proposal, NEW.user_id, NEW.department_id, NEW.sealed_at, NEW.event_id)
       IS DISTINCT FROM
       ROW(OLD.dossier_id, OLD.number, OLD.state, OLD.version_id, OLD.step_id,
           OLD.proposal, OLD.user_id, OLD.department_id, OLD.sealed_at, OLD.event_id)
    OR (ROW(NEW.summary, NEW.salt, NEW.erased_decision_id)
        IS DISTINCT FROM ROW(OLD.summary, OLD.salt, OLD.erased_decision_id)
        AND (NEW.summary IS NOT NULL OR NEW.salt IS NOT NULL
             OR NEW.erased_decision_id IS NULL
             OR OLD.erased_decision_id IS NOT NULL))
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'an appraisal sheet that was passed on is not changed any more';
    END IF;
    RETURN NEW;
END
"""


class OnestopDossierSheet(models.Model):
    """Appraisal sheet (phiếu thẩm định): a finding for each condition, a proposal.

    Its texts stand here and can be erased; the ledger names the sheet by its id and a
    salted hash when the step is passed on.
    """

    _name = "onestop.dossier.sheet"
    _description = "Appraisal sheet"
    _order = "dossier_id.id, number desc, id desc"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(
        string="Sheet Version",
        required=True,
        readonly=True,
        help="1 for the first; one more whenever the dossier comes back.",
    )
    state = fields.Selection(
        [("draft", "Being filled in"), ("final", "Passed on")],
        required=True,
        readonly=True,
        default="draft",
    )
    version_id = fields.Many2one(
        "onestop.procedure.version",
        string="Procedure Version",
        required=True,
        readonly=True,
        ondelete="restrict",
        help="Its conditions are those of this sheet.",
    )
    step_id = fields.Many2one(
        "onestop.procedure.step",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    finding_ids = fields.One2many(
        "onestop.dossier.finding", "sheet_id", string="Conditions"
    )
    part_ids = fields.One2many(related="dossier_id.part_ids", related_sudo=False)
    proposal = fields.Selection(
        [
            ("grant", "Grant"),
            ("reject", "Reject"),
            ("supplement", "Ask for a supplement"),
        ],
    )
    summary = fields.Text(help="What the appraisal found, in a few sentences.")
    user_id = fields.Many2one(
        "res.users", string="Appraised By", readonly=True, ondelete="restrict"
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Appraising Agency",
        readonly=True,
        ondelete="restrict",
    )
    sealed_at = fields.Datetime(string="Passed On At", readonly=True)
    event_id = fields.Many2one(
        "onestop.dossier.event",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    salt = fields.Char(readonly=True, groups="base.group_system")
    erased_decision_id = fields.Many2one(
        "onestop.decision",
        string="Erased by",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    may_fill = fields.Boolean(compute="_compute_may_fill")

    _one_draft = models.UniqueIndex(
        "(dossier_id) WHERE state = 'draft'",
        "Another appraisal sheet of this dossier is being filled in.",
    )
    _number_unique = models.UniqueIndex("(dossier_id, number)")

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        self.env["onestop.dossier"]._let_go_of_trials(
            self._table, "no_delete", "BEFORE DELETE"
        )
        guard._make_function("onestop_sheet_kept", KEPT)
        guard._make_trigger(self._table, "kept", "BEFORE UPDATE", "onestop_sheet_kept")

    @api.depends("number", "dossier_id.code")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = self.env._(
                "Appraisal sheet %(number)s · %(code)s",
                number=sheet.number,
                code=sheet.dossier_id.display_name,
            )

    @api.depends_context("uid")
    @api.depends("state", "dossier_id.state", "dossier_id.step_id")
    def _compute_may_fill(self):
        for sheet in self:
            dossier = sheet.dossier_id
            sheet.may_fill = (
                sheet.state == "draft"
                and dossier.state == "processing"
                and dossier._appraises_now()
            )

    # ------------------------------------------------------------
    # Filling in
    # ------------------------------------------------------------

    def write(self, vals):
        if not self.env.su:
            if vals.keys() - FILLED:
                raise AccessError(
                    self.env._("Fill in the findings, the proposal and the summary.")
                )
            self._check_filling()
        return super().write(vals)

    def _check_filling(self):
        """Whether this user may fill in these sheets at this instant.

        :raises UserError: the sheet was passed on, or the dossier is elsewhere.
        :raises AccessError: no appraiser of the agency that has the dossier.
        """
        for sheet in self:
            if sheet.state != "draft":
                raise UserError(
                    self.env._(
                        "This appraisal sheet was passed on. A new one is opened when "
                        "the dossier is sent back."
                    )
                )
            sheet.dossier_id._check_appraises()
            # sudo: onestop.dossier - only to be noticed by acts under way
            sheet.dossier_id.sudo()._touch()

    def action_print(self):
        """Print the sheet.

        :return: the report action.
        """
        self.ensure_one()
        return self.env.ref("onestop_dossier.dossier_sheet_report").report_action(
            self.ids
        )

    # ------------------------------------------------------------
    # What it says
    # ------------------------------------------------------------

    def _check_complete(self):
        """Refuse a sheet that leaves open what whoever approves has to know.

        :raises UserError: an open finding, no proposal, or one against the findings.
        """
        self.ensure_one()
        if self.version_id != self.dossier_id.case_id.version_id:
            raise UserError(
                self.env._(
                    "The procedure of this dossier was corrected. Open the appraisal "
                    "sheet again: it will have the conditions of the new one."
                )
            )
        missing = self.finding_ids.filtered(lambda f: not f.result)
        if missing:
            raise UserError(
                self.env._(
                    "Enter a finding for each condition. Still open:\n%(conditions)s",
                    conditions="\n".join(f"• {f.condition}" for f in missing),
                )
            )
        if not self.proposal:
            raise UserError(
                self.env._("Enter on the appraisal sheet what you propose.")
            )
        unexplained = self.finding_ids.filtered(
            lambda f: f.result == "not_met" and not (f.remark or "").strip()
        )
        if self.proposal == "grant" and unexplained:
            raise UserError(
                self.env._(
                    "You propose to grant although a condition is not met. Write a "
                    "remark on it:\n%(conditions)s",
                    conditions="\n".join(f"• {f.condition}" for f in unexplained),
                )
            )

    def _shown(self):
        """What the sheet says, as plain values in a fixed order."""
        self.ensure_one()
        return {
            "sheet": self.id,
            "number": self.number,
            "version": self.version_id.id,
            "proposal": self.proposal or None,
            "summary": self.summary or "",
            "findings": [
                [f.id, f.condition, f.result or None, f.remark or ""]
                for f in self.finding_ids.sorted("id")
            ],
        }

    def _sealed_text(self):
        return canonical(self._shown())

    def _paper_values(self):
        """What the printed sheet says besides its own fields."""
        self.ensure_one()
        dossier = self.dossier_id
        # sudo: onestop.department, res.users - names of agency and appraiser
        agency = self.department_id.sudo() or dossier.sudo()._charge()
        return {
            "dossier": dossier,
            "agency": agency,
            "signer": self.user_id.sudo().name,  # sudo: as above
            "day": dossier._legal_day(self.sealed_at or fields.Datetime.now()),
            "place": dossier.company_id.state_id.name or dossier.company_id.city,
        }
