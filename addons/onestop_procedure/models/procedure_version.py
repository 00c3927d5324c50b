# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

# A published version keeps these as they are; only the end of its validity moves,
# when the next version is published or the procedure is abolished.
FROZEN = (
    "procedure_id",
    "number",
    "valid_from",
    "decision_id",
    "change",
    "law_kind",
    "online_level",
    "online_named",
    "online_form",
    "online_synced",
    "delegated_id",
    "issuing_body",
    "central_decision",
    "executing_text",
    "source_url",
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
                -- Withdrawn before its day, with nothing else changed.
                IF TG_OP = 'UPDATE' AND OLD.state = 'published'
                    AND NEW.state = 'draft' AND OLD.valid_from
                        > (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
                    AND ROW({new}) IS NOT DISTINCT FROM ROW({old})
                THEN
                    RETURN NEW;
                END IF;
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

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        # As created: a default_state in the caller's context is as good as a value.
        if not self.env.su and any(record.state != "draft" for record in versions):
            raise UserError(self._state_is_kept())
        return versions

    def write(self, vals):
        if not self.env.su and "state" in vals:
            self.check_access("write")
            raise UserError(self._state_is_kept())
        if not self.env.su and "valid_to" in vals:
            self._check_draft()
        kept = {*FROZEN, *FROZEN_RELATIONS, *FROZEN_LINES, "state"}
        # Withdrawing alone turns the state back; the database asks for the day.
        withdrawn = self.env.su and vals == {"state": "draft"}
        if not kept.isdisjoint(vals) and not withdrawn:
            self._check_draft()
        if "procedure_id" in vals:
            # The rules ask of the procedure before; no draft moves to another agency.
            procedure = self.env["onestop.procedure"].browse(vals["procedure_id"])
            procedure.check_access("write")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        self._check_draft()

    def _state_is_kept(self):
        return self.env._(
            "A version is published and withdrawn with the buttons of its form."
        )

    def _check_draft(self):
        """Say in words what the triggers of the database refuse anyway."""
        if any(version.state == "published" for version in self):
            raise UserError(
                self.env._(
                    "A published version is not changed any more: dossiers were "
                    "received under it. Make a new version of the procedure."
                )
            )
