# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..identity import search_key


class OnestopProcedure(models.Model):
    """An administrative procedure: what stays the same through its versions."""

    _name = "onestop.procedure"
    _description = "Procedure"
    _inherit = ["onestop.derived", "mail.thread"]
    _order = "department_id, sector_id, code"

    code = fields.Char(required=True, copy=False, tracking=True)
    name = fields.Char(required=True, tracking=True)
    department_id = fields.Many2one(
        "onestop.department",
        string="Competent Agency",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
    )
    sector_id = fields.Many2one(
        "onestop.sector", required=True, index=True, ondelete="restrict", tracking=True
    )
    level = fields.Selection(
        [
            ("ministry", "Ministry"),
            ("province", "Province"),
            ("commune", "Commune"),
            ("other", "Other agency"),
        ],
        default="province",
        required=True,
    )
    level_ids = fields.Many2many(
        "onestop.level",
        relation="onestop_procedure_level",
        column1="procedure_id",
        column2="level_id",
        string="Handled at",
        help="All levels that handle it; the level beside it is that of the competent "
        "agency.",
    )
    successor_ids = fields.Many2many(
        "onestop.procedure",
        relation="onestop_procedure_successor",
        column1="procedure_id",
        column2="successor_id",
        string="Replaced by",
        copy=False,
    )
    predecessor_ids = fields.Many2many(
        "onestop.procedure",
        relation="onestop_procedure_successor",
        column1="successor_id",
        column2="procedure_id",
        string="Replaces",
        copy=False,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("published", "Published"),
            ("suspended", "Suspended"),
            ("abolished", "Abolished"),
        ],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
        index=True,
    )
    frequency = fields.Selection(
        [
            ("frequent", "Regularly arising"),
            ("low", "Rarely arising"),
            ("none", "No dossiers"),
        ],
        tracking=True,
        help="How often dossiers arise; the 20 % target counts the regular ones.",
    )
    pooled = fields.Boolean(
        string="Pooled Counter",
        help="Received by staff of the Centre at a common counter.",
        tracking=True,
    )
    version_ids = fields.One2many(
        "onestop.procedure.version", "procedure_id", copy=False
    )
    version_id = fields.Many2one(
        "onestop.procedure.version",
        string="Version in Force",
        compute="_compute_version_id",
        search="_search_version_id",
    )
    onsite_mode = fields.Selection(
        [
            ("full", "Four on the spot"),
            ("no_approval", "Received and appraised"),
            ("no_appraisal", "Received, approved, returned"),
            ("reception", "Received and returned"),
            ("none", "Not at the Centre"),
        ],
        compute="_compute_onsite_mode",
        store=True,
        string="Done at the Centre",
        help="What is done at the Centre; follows from the steps of the version in "
        "force. Four on the spot: received, appraised, approved and returned there.",
    )
    time_text = fields.Char(string="Time Allowed", compute="_compute_time_text")
    overview = fields.Html(
        related="version_id.overview", string="Overview", groups="base.group_user"
    )
    result_name = fields.Text(related="version_id.result_name")
    legal_basis = fields.Text(related="version_id.legal_basis")
    draft_count = fields.Integer(compute="_compute_draft_count", string="Drafts")
    search_key = fields.Char(
        compute="_compute_search_key",
        store=True,
        precompute=True,
        export_string_translation=False,
    )
    active = fields.Boolean(default=True)

    # With Odoo's own trigram index, "unaccent(…)" stands in the index and not in the
    # question, where the words have no diacritics any more.
    _search_key_idx = models.Index("USING gin (search_key gin_trgm_ops)")
    _code_unique = models.UniqueIndex(
        "(code)", "A procedure with this code exists already."
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("code", "name")
    def _compute_search_key(self):
        for procedure in self:
            procedure.search_key = search_key(f"{procedure.code} {procedure.name}")

    @api.depends("version_ids.state", "version_ids.valid_from", "version_ids.valid_to")
    def _compute_version_id(self):
        versions = self._versions_at(self.env["onestop.membership"]._today())
        for procedure in self:
            procedure.version_id = versions.get(procedure.id, False)

    def _search_version_id(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env["onestop.membership"]._today()
        in_force = self.env["onestop.procedure.version"]._domain_at(today)
        ids = [version_id for version_id in value if version_id]
        found = Domain("version_ids", "any", in_force & Domain("id", "in", ids))
        if False in value or None in value:
            found |= Domain("version_ids", "not any", in_force)
        return found

    @api.depends(
        "version_ids.state",
        "version_ids.valid_from",
        "version_ids.valid_to",
        "version_ids.case_ids.step_ids.activity",
        "version_ids.case_ids.step_ids.onsite",
    )
    def _compute_onsite_mode(self):
        for procedure in self:
            steps = procedure.version_id.case_ids.step_ids
            onsite = {
                activity: all(s.onsite for s in steps if s.activity == activity)
                for activity in set(steps.mapped("activity"))
            }
            procedure.onsite_mode = self._onsite_mode(onsite)

    @api.model
    def _onsite_mode(self, onsite):
        """Class of the plan (II.1) by which activities are done at the Centre.

        :param onsite: activity -> whether all its steps are at the Centre.
        """
        if not onsite.get("receive"):
            return "none"
        if onsite.get("appraise") and onsite.get("approve") and onsite.get("return"):
            return "full"
        if onsite.get("appraise"):
            return "no_approval"
        if onsite.get("approve") and onsite.get("return"):
            return "no_appraisal"
        return "reception"

    @api.depends("version_id.case_ids.time_value", "version_id.case_ids.time_unit")
    def _compute_time_text(self):
        for procedure in self:
            texts = procedure.version_id.case_ids.mapped("time_text")
            procedure.time_text = " / ".join(dict.fromkeys(texts))

    @api.depends("version_ids.state")
    def _compute_draft_count(self):
        drafts = self.env["onestop.procedure.version"]._read_group(
            [("procedure_id", "in", self.ids), ("state", "=", "draft")],
            ["procedure_id"],
            ["__count"],
        )
        counts = {procedure.id: count for procedure, count in drafts}
        for procedure in self:
            procedure.draft_count = counts.get(procedure.id, 0)

    @api.depends("code", "name")
    def _compute_display_name(self):
        for procedure in self:
            procedure.display_name = f"{procedure.code} · {procedure.name}"

    @api.model
    def _search_display_name(self, operator, value):
        if operator != "ilike" or not value:
            return super()._search_display_name(operator, value)
        # As people type: words in any order, without diacritics.
        return Domain.AND(
            Domain("search_key", "like", word) for word in search_key(value).split()
        )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        if any(procedure.state != "draft" for procedure in self):
            raise UserError(
                self.env._("A published procedure is abolished, not deleted.")
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_new_version(self):
        """Draft the next version, as a copy of the last one if there is any.

        :return: the window action that opens the draft.
        """
        self.ensure_one()
        self.check_access("write")
        last = self.version_ids.sorted("number")[-1:]
        if last:
            return last.action_new_version()
        draft = self.env["onestop.procedure.version"].create({"procedure_id": self.id})
        return draft._open()

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _versions_at(self, day):
        """The version in force on a legal day (Viet Nam), by procedure id."""
        versions = self.env["onestop.procedure.version"].search(
            self.env["onestop.procedure.version"]._domain_at(day)
            & Domain("procedure_id", "in", self.ids)
        )
        return {version.procedure_id.id: version for version in versions}

    @api.model
    def _cron_follow_versions(self):
        """Versions begin and end by date: the stored mode follows once a day."""
        # sudo: onestop.procedure - a derived field of every procedure
        procedures = self.sudo().with_context(active_test=False)
        procedures = procedures.search(Domain("version_ids", "!=", False))
        procedures._compute_onsite_mode()
