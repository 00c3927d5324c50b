# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

from ...ledger.canonical import canonical, salted

# While these the dossier may be looked at on the spot.
STATES = ("processing", "supplement", "payment", "suspended")
ENTERED = frozenset(
    {
        "planned_on",
        "place",
        "member_ids",
        "others",
        "held_from",
        "held_to",
        "owner_present",
        "findings",
        "opinion",
        "conclusion",
        "signatures",
        "for_citizen",
    }
)
TEXTS = ("place", "others", "findings", "opinion", "conclusion", "signatures")
# Series of the numbers, as the prints have it: 01/BB-….
SERIES = "BB"
# A record that is done says for ever what it says; its texts are erased once, at most.
KEPT = """
BEGIN
    IF OLD.state = 'planned' THEN
        IF NEW.dossier_id IS DISTINCT FROM OLD.dossier_id THEN
            RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                MESSAGE = 'a record of a visit stays with its dossier';
        END IF;
        RETURN NEW;
    END IF;
    IF to_jsonb(NEW) - '{place,others,findings,opinion,conclusion,signatures,salt,
                         erased_decision_id,for_citizen,write_uid,write_date}'::text[]
       IS DISTINCT FROM
       to_jsonb(OLD) - '{place,others,findings,opinion,conclusion,signatures,salt,
                         erased_decision_id,for_citizen,write_uid,write_date}'::text[]
    OR (ROW(NEW.place, NEW.others, NEW.findings, NEW.opinion, NEW.conclusion,
            NEW.signatures, NEW.salt, NEW.erased_decision_id)
        IS DISTINCT FROM
        ROW(OLD.place, OLD.others, OLD.findings, OLD.opinion, OLD.conclusion,
            OLD.signatures, OLD.salt, OLD.erased_decision_id)
        AND (COALESCE(NEW.place, NEW.others, NEW.findings, NEW.opinion,
                      NEW.conclusion, NEW.signatures, NEW.salt) IS NOT NULL
             OR NEW.erased_decision_id IS NULL
             OR OLD.erased_decision_id IS NOT NULL))
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'a record of a visit that is done is not changed any more';
    END IF;
    RETURN NEW;
END
"""
MEMBERS_KEPT = """
BEGIN
    IF (TG_OP != 'INSERT' AND EXISTS (
            SELECT FROM onestop_dossier_visit
             WHERE id = OLD.visit_id AND state != 'planned'))
    OR (TG_OP != 'DELETE' AND EXISTS (
            SELECT FROM onestop_dossier_visit
             WHERE id = NEW.visit_id AND state != 'planned'))
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = TG_OP || ' refused: the record of the visit is done';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
"""


class OnestopDossierVisit(models.Model):
    """Field verification record (biên bản xác minh, kiểm tra thực địa).

    Where a dossier has to be verified, the result of the verification is kept with
    it (NĐ 61/2018/NĐ-CP, Điều 19).
    """

    _name = "onestop.dossier.visit"
    _description = "Field verification record"
    _order = "dossier_id.id, planned_on, id"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, index=True, ondelete="restrict"
    )
    number = fields.Char(
        readonly=True, copy=False, help="Drawn when the record is done."
    )
    state = fields.Selection(
        [("planned", "Planned"), ("done", "Done")],
        required=True,
        readonly=True,
        copy=False,
        default="planned",
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Verifying Agency",
        readonly=True,
        ondelete="restrict",
    )
    planned_on = fields.Date(string="Planned Day", required=True)
    place = fields.Text()
    member_ids = fields.Many2many(
        "res.users",
        "onestop_dossier_visit_member",
        "visit_id",
        "user_id",
        string="Members",
        domain="[('share', '=', False)]",
    )
    others = fields.Text(
        string="Other Participants", help="One a line: name, position, agency."
    )
    held_from = fields.Datetime(string="Began At")
    held_to = fields.Datetime(string="Ended At")
    owner_present = fields.Selection(
        [
            ("present", "Present"),
            ("represented", "Represented"),
            ("absent", "Absent"),
        ],
        string="Owner of the Dossier",
    )
    findings = fields.Text(string="What Was Found")
    opinion = fields.Text(string="Opinion of the Owner and Others")
    conclusion = fields.Text()
    signatures = fields.Text(
        help="Who signed the record on paper, one a line; who refused, and why."
    )
    for_citizen = fields.Boolean(
        string="Open to the Citizen",
        help="Owner and submitter may read the record once it is done.",
    )
    file_ids = fields.One2many(
        "onestop.dossier.file",
        "visit_id",
        string="Photos and Signed Record",
        groups="base.group_user",
    )
    done_at = fields.Datetime(readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users",
        string="Recorded By",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
    )
    salt = fields.Char(readonly=True, copy=False, groups="base.group_system")
    salted_hash = fields.Char(readonly=True, copy=False, groups="base.group_user")
    erased_decision_id = fields.Many2one(
        "onestop.decision",
        string="Erased by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
    )
    may_record = fields.Boolean(compute="_compute_may_record")

    _number_unique = models.UniqueIndex("(department_id, number)")

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        guard._make_function("onestop_visit_kept", KEPT)
        guard._make_trigger(
            self._table, "append_only", "BEFORE DELETE", "onestop_append_only"
        )
        guard._make_trigger(self._table, "kept", "BEFORE UPDATE", "onestop_visit_kept")
        table = self._fields["member_ids"].relation
        guard._no_truncate(table)
        guard._make_function("onestop_visit_member_kept", MEMBERS_KEPT)
        guard._make_trigger(
            table,
            "kept",
            "BEFORE INSERT OR UPDATE OR DELETE",
            "onestop_visit_member_kept",
        )

    @api.depends("number", "planned_on", "dossier_id.code")
    def _compute_display_name(self):
        for visit in self:
            visit.display_name = f"{visit.number or '…'} · {visit.dossier_id.code}"

    @api.depends_context("uid")
    @api.depends("dossier_id.state", "dossier_id.step_id")
    def _compute_may_record(self):
        for visit in self:
            dossier = visit.dossier_id
            visit.may_record = dossier.state in STATES and dossier._appraises_now()

    # ------------------------------------------------------------
    # Writing it
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        plain = self.with_env(self.env(context=clean_context(self.env.context)))
        for vals in vals_list:
            self._refuse_others(vals.keys() - {"dossier_id"})
            dossier = self.env["onestop.dossier"].browse(vals.get("dossier_id"))
            dossier._check_appraises(STATES)
            # sudo: onestop.dossier - whether it is a trial, and who has it
            if dossier.sudo().is_trial:
                raise UserError(self.env._("A trial is not verified on the spot."))
        visits = super(OnestopDossierVisit, plain).create(vals_list)
        for visit in visits.sudo():  # sudo: onestop.dossier.visit - derived
            visit.department_id = visit.dossier_id._charge()
        return visits.with_env(self.env)

    def write(self, vals):
        if not self.env.su:
            self._refuse_others(vals)
            self._check_recording()
            if vals.keys() - {"for_citizen"}:
                self._check_planned()
        return super().write(vals)

    def _refuse_others(self, names):
        derived = sorted(set(names) - ENTERED)
        if derived:
            raise AccessError(
                self.env._(
                    "These fields follow from recording the visit: %(names)s.",
                    names=", ".join(derived),
                )
            )

    def _check_recording(self):
        for visit in self:
            visit.dossier_id._check_appraises(STATES)
            # sudo: onestop.dossier - only to be noticed by acts under way
            visit.dossier_id.sudo()._touch()

    def _check_planned(self):
        if any(visit.state != "planned" for visit in self):
            raise UserError(
                self.env._(
                    "This record is done and signed. Plan another visit if something "
                    "has to be looked at again."
                )
            )

    def action_done(self):
        """Close the record: number it, and keep it as it is.

        :return: True.
        :raises UserError: something is missing, or it is done already.
        :raises AccessError: no appraiser of the agency that has the dossier.
        """
        for visit in self:
            visit.check_access("read")
            visit._check_recording()
            visit._check_planned()
            visit._check_told()
            # sudo: onestop.dossier.visit - the role was asked above
            visit.sudo()._close()
        return True

    def _check_told(self):
        names = ["place", "owner_present", "findings", "conclusion", "signatures"]
        missing = [name for name in (*names, "held_from") if not self[name]]
        if not self.member_ids and not (self.others or "").strip():
            missing.append("member_ids")
        if missing:
            labels = self.fields_get(missing, ["string"])
            raise UserError(
                self.env._(
                    "The record is not complete. Enter: %(fields)s.",
                    fields=", ".join(labels[name]["string"] for name in missing),
                )
            )
        if self.held_from > fields.Datetime.now():
            raise UserError(self.env._("The visit lies in the future."))
        if self.held_to and self.held_to < self.held_from:
            raise UserError(self.env._("The visit ends before it begins."))

    def _close(self):
        now = fields.Datetime.now()
        agency = self.department_id
        year = self.dossier_id._legal_day(now).year
        number = self.env["onestop.dossier.counter"]._draw_number(
            f"{SERIES}/{agency.id}", date(year, 1, 1)
        )
        self.write({"number": f"{number:02d}/{SERIES}-{agency.short or ''}/{year}"})
        salt, salted_hash = salted(self._sealed_text())
        self.write(
            {
                "state": "done",
                "done_at": now,
                "user_id": self.env.uid,
                "salt": salt,
                "salted_hash": salted_hash,
            }
        )

    def _sealed_text(self):
        """What the record says, as canonical JSON."""
        self.ensure_one()
        return canonical(
            {
                "visit": self.id,
                "dossier": self.dossier_id.id,
                "number": self.number,
                "planned": fields.Date.to_string(self.planned_on),
                "from": self.held_from,
                "to": self.held_to or None,
                "members": sorted(self.member_ids.ids),
                "owner": self.owner_present,
                "texts": [self[name] or "" for name in TEXTS],
            }
        )

    # ------------------------------------------------------------
    # Files and paper
    # ------------------------------------------------------------

    def action_open_attach(self):
        """Open the dialog that attaches a photo or the signed record.

        :return: the window action of the dialog.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Attach a file"),
            "res_model": "onestop.dossier.visit.attach",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_visit_id": self.id, "dialog_size": "medium"},
        }

    def _attach(self, name, content):
        """Attach a photo or the signed record to a visit, done or not.

        :param content: bytes of the file.
        :raises UserError: the dossier is not in work any more, or a bad file.
        :raises AccessError: no appraiser of the agency that has the dossier.
        """
        self.ensure_one()
        self.check_access("read")
        self._check_recording()
        # sudo: onestop.dossier - the role was asked above
        dossier = self.dossier_id.sudo()
        return self.env["onestop.dossier.file"]._store(
            dossier, name, content, kind="visit", visit=self
        )

    def action_print(self):
        """Print the record, to be signed or as signed.

        :return: the report action.
        """
        self.ensure_one()
        return self.env.ref("onestop_dossier.dossier_visit_report").report_action(
            self.ids
        )

    def _paper_values(self):
        """What the printed record says besides its own fields."""
        self.ensure_one()
        dossier = self.dossier_id
        # sudo: onestop.department, res.users - names of agency and members
        return {
            "dossier": dossier,
            "agency": self.department_id.sudo(),
            "members": self.sudo().member_ids.mapped("name"),  # sudo: as above
            "others": self._lines("others"),
            "day": dossier._legal_day(
                self.held_from or self.done_at or fields.Datetime.now()
            ),
            "place": dossier.company_id.state_id.name or dossier.company_id.city,
        }

    def _lines(self, name):
        lines = [line.strip() for line in (self[name] or "").splitlines()]
        return [line for line in lines if line]
