# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# A published version keeps these as they are; only the end of its validity moves,
# when the next version is published.
FROZEN = (
    "procedure_id",
    "number",
    "valid_from",
    "decision_id",
    "change",
    "law_kind",
    "online_level",
    "delegated_id",
    "issuing_body",
    "reception_address",
    "result_name",
    "legal_basis",
    "conditions",
    "copy_count",
    "keywords",
    "description",
)
# The same for what stands in tables of their own.
FROZEN_RELATIONS = (
    "subject_ids",
    "executing_ids",
    "coordinating_ids",
    "related_ids",
    "legal_basis_ids",
)
FROZEN_LINES = ("case_ids", "method_ids", "result_ids")


class OnestopProcedureVersion(models.Model):
    """Content of a procedure in a span of time; immutable once published.

    Running dossiers keep the version they were received under (NĐ 118/2025;
    design rule 7), so a published version is never edited: a new one follows.
    """

    _name = "onestop.procedure.version"
    _description = "Procedure version"
    _inherit = ["mail.thread"]
    _order = "procedure_id.id, number desc"

    procedure_id = fields.Many2one(
        "onestop.procedure", required=True, index=True, ondelete="cascade"
    )
    number = fields.Integer(string="Version", required=True, default=1, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("published", "Published")],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    valid_from = fields.Date(copy=False, tracking=True)
    valid_to = fields.Date(string="Valid Until", copy=False, tracking=True)
    decision_id = fields.Many2one(
        "onestop.decision",
        string="Publishing Decision",
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    online_level = fields.Selection(
        [
            ("full", "Fully online"),
            ("partial", "Partly online"),
            ("none", "Information only"),
        ],
        default="none",
        required=True,
    )
    legal_basis = fields.Text()
    conditions = fields.Text()
    case_ids = fields.One2many("onestop.procedure.case", "version_id", copy=True)
    overview = fields.Html(
        compute="_compute_overview",
        sanitize=False,
        groups="base.group_user",
        help="Cases with time, fees, documents and steps, for reading.",
    )
    is_in_force = fields.Boolean(compute="_compute_is_in_force", string="In Force")

    _number_unique = models.UniqueIndex(
        "(procedure_id, number)", "This version number is taken."
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (procedure_id WITH =, "
        "daterange(valid_from, valid_to, '[]') WITH &&) WHERE (state = 'published')",
        "Two published versions of a procedure cannot be in force on the same day.",
    )
    _published_from = models.Constraint(
        "CHECK (state = 'draft' OR valid_from IS NOT NULL)",
        "A published version needs the day it takes effect.",
    )

    def init(self):
        """Hold immutability in the database: it holds against SQL as well."""
        old = ", ".join(f"OLD.{name}" for name in FROZEN)
        new = ", ".join(f"NEW.{name}" for name in FROZEN)
        guard = self.env["onestop.database.guard"]
        function = "onestop_version_frozen"
        guard._make_function(
            function,
            f"""
            BEGIN
                IF OLD.state = 'published' AND (
                    TG_OP = 'DELETE'
                    OR NEW.state != 'published'
                    OR ROW({new}) IS DISTINCT FROM ROW({old})
                ) THEN
                    RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                        MESSAGE = 'a published version is immutable';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END
            """,
        )
        guard._make_trigger(self._table, "frozen", "BEFORE UPDATE OR DELETE", function)
        for name in FROZEN_RELATIONS:
            field = self._fields[name]
            self.env["onestop.procedure.content"]._freeze(
                field.relation,
                "SELECT v.state FROM onestop_procedure_version v WHERE v.id = "
                f"(r).{field.column1}",
            )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("procedure_id.code", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.procedure_id.code} · v{version.number}"

    @api.depends("case_ids")
    def _compute_overview(self):
        for version in self:
            version.overview = self.env["ir.qweb"]._render(
                "onestop_procedure.version_overview", {"version": version}
            )

    @api.depends("state", "valid_from", "valid_to")
    def _compute_is_in_force(self):
        today = self.env["onestop.membership"]._today()
        for version in self:
            version.is_in_force = (
                version.state == "published"
                and version.valid_from <= today
                and (not version.valid_to or version.valid_to >= today)
            )

    @api.model
    def _domain_at(self, day):
        """Published versions in force on a legal day (Viet Nam)."""
        return (
            Domain("state", "=", "published")
            & Domain("valid_from", "<=", day)
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", day))
        )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        kept = {*FROZEN, *FROZEN_RELATIONS, *FROZEN_LINES, "state"}
        if not kept.isdisjoint(vals):
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_draft()

    def _check_draft(self):
        """Say in words what the triggers of the database refuse anyway."""
        if any(version.state == "published" for version in self):
            raise UserError(
                self.env._(
                    "A published version is not changed any more: dossiers were "
                    "received under it. Make a new version of the procedure."
                )
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_publish(self, valid_from=None, decision_id=None):
        """Publish this draft; the version before it ends the day before.

        :param valid_from: legal day (Viet Nam) it takes effect; default the day that
            the draft names, else today.
        :param decision_id: id of the publishing decision (NĐ 63/2010).
        :raises UserError: it is published already, has no case, or the steps of a
            case do not sum up to its time limit.
        """
        self.ensure_one()
        self.check_access("write")
        if self.state != "draft":
            raise UserError(self.env._("This version is published already."))
        if not self.case_ids:
            raise UserError(
                self.env._("Add at least one case with its time limit first.")
            )
        self.case_ids._check_process()
        day = (
            fields.Date.to_date(valid_from)
            or self.valid_from
            or self.env["onestop.membership"]._today()
        )
        if decision_id:
            self.decision_id = decision_id
        self._publish(day)
        return True

    def _publish(self, day):
        """Put these drafts, one a procedure, in force from a legal day on."""
        procedures = self.procedure_id
        before = self.search(
            Domain("procedure_id", "in", procedures.ids)
            & Domain("state", "=", "published")
            & Domain("valid_from", "<", day)
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", day))
        )
        before.valid_to = day - timedelta(days=1)
        # The exclusion constraint is checked row by row: first the end, then the
        # beginning.
        before.flush_recordset()
        self.write({"state": "published", "valid_from": day})
        procedures.filtered(lambda p: p.state == "draft").state = "published"

    def action_new_version(self):
        """Draft the next version as a copy of this one.

        :return: the window action that opens the draft.
        """
        self.ensure_one()
        self.check_access("write")
        number = max(self.procedure_id.version_ids.mapped("number")) + 1
        return self.copy({"number": number})._open()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "name": self.display_name,
        }
