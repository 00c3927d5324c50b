# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..chain import Move


class OnestopChangeRequest(models.Model):
    """A reported change of rules: what it touches, and what is to be done (plan III.7).

    The agency reports, the Office advises, the Chair decides; what he accepts is
    drafted at once as new versions, and the paper is done when they are published.
    """

    _name = "onestop.change.request"
    _description = "Reported change of rules"
    _inherit = ["onestop.chain"]
    _order = "urgency desc, effective_on, id"
    _mail_post_access = "read"

    name = fields.Char(string="Subject", required=True, tracking=True)
    department_id = fields.Many2one(
        "onestop.department",
        string="Reported by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_department(),
        tracking=True,
    )
    law_id = fields.Many2one(
        "onestop.decision",
        string="New Document",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('kind', '=', 'law')]",
        tracking=True,
        help="The law, decree or circular that changes the rules; empty when one "
        "only lapses.",
    )
    old_law_ids = fields.Many2many(
        "onestop.decision",
        relation="onestop_change_request_old_law",
        column1="request_id",
        column2="decision_id",
        string="Documents Replaced or Amended",
        ondelete="restrict",
        domain="[('kind', '=', 'law'), ('id', '!=', law_id)]",
    )
    effective_on = fields.Date(
        string="In Effect from",
        compute="_compute_effective_on",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="First legal day of the new rule.",
    )
    what_changes = fields.Text()
    urgency = fields.Selection(
        [("0", "Normal"), ("1", "Urgent"), ("2", "Very urgent")],
        default="0",
        required=True,
    )
    line_ids = fields.One2many("onestop.change.request.line", "request_id", copy=True)
    line_count = fields.Integer(compute="_compute_line_count", string="Procedures")
    reported_on = fields.Date(readonly=True, copy=False)
    late_days = fields.Integer(
        string="Reported Late (Days)",
        compute="_compute_late_days",
        store=True,
        help="Calendar days from the day the rule took effect to the report.",
    )
    state_since = fields.Datetime(
        default=lambda self: fields.Datetime.now(), readonly=True, copy=False
    )
    days_in_state = fields.Integer(compute="_compute_days_in_state")
    opinion = fields.Text(string="Opinion of the Office", readonly=True, copy=False)
    decision_id = fields.Many2one(
        "onestop.decision",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        tracking=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("reported", "Reported"),
            ("advised", "Advised"),
            ("accepted", "Accepted"),
            ("declined", "Declined"),
            ("drafted", "Versions drafted"),
            ("done", "Done"),
        ],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.model
    def _default_department(self):
        """The agency whose papers the user writes, his own before others."""
        return self.env["onestop.department"].search(
            [
                ("user_ids", "in", [self.env.uid]),
                ("keeper_ids", "in", [self.env.uid]),
            ],
            limit=1,
        )

    @api.depends("law_id")
    def _compute_effective_on(self):
        for request in self:
            request.effective_on = request.law_id.effective_from or request.effective_on

    @api.depends("line_ids")
    def _compute_line_count(self):
        for request in self:
            request.line_count = len(request.line_ids)

    @api.depends("effective_on", "reported_on")
    def _compute_late_days(self):
        for request in self:
            late = 0
            if request.effective_on and request.reported_on:
                late = (request.reported_on - request.effective_on).days
            request.late_days = max(late, 0)

    @api.depends("state_since")
    def _compute_days_in_state(self):
        now = fields.Datetime.now()
        for request in self:
            request.days_in_state = (now - (request.state_since or now)).days

    # ------------------------------------------------------------
    # What it touches
    # ------------------------------------------------------------

    @api.onchange("law_id")
    def _onchange_law_id(self):
        law = self.law_id
        if law and not self.old_law_ids:
            self.old_law_ids = law.replaces_ids | law.amends_ids

    def action_fill_procedures(self):
        """Add a line for each procedure of the agency that cites a changed document.

        :raises UserError: no document is named, or no procedure cites one.
        """
        self.ensure_one()
        self.check_access("write")
        laws = self.old_law_ids | self.law_id
        if not laws:
            raise UserError(
                self.env._("Name the documents that are replaced or amended first.")
            )
        decisions = self.env["onestop.decision"]
        citing = Domain("legal_basis_ids", "in", laws.ids) & decisions._domain_citing()
        procedures = self.env["onestop.procedure"].search(
            Domain("version_ids", "any", citing)
            & Domain("department_id", "child_of", self.department_id.id)
        )
        new = procedures - self.line_ids.procedure_id
        if not new and not self.line_ids:
            raise UserError(
                self.env._(
                    "No procedure of this agency cites these documents. Add the "
                    "procedures yourself."
                )
            )
        self.line_ids = [Command.create({"procedure_id": p.id}) for p in new]
        return True

    # ------------------------------------------------------------
    # Course
    # ------------------------------------------------------------

    @api.model
    def _moves(self):
        return {
            "report": Move(("draft",), "reported", "head", then="office"),
            "return": Move(("reported",), "draft", "office", then="author"),
            "advise": Move(("reported",), "advised", "office", then="chair"),
            "send_back": Move(("advised",), "reported", "chair", then="office"),
            "accept": Move(("advised",), "accepted", "chair"),
            "draft": Move(("accepted",), "drafted", "chair", then="author"),
            "decline": Move(("advised",), "declined", "chair", then="author"),
            "finish": Move(("drafted",), "done", "office"),
        }

    def _move(self, name, note="", **values):
        values["state_since"] = fields.Datetime.now()
        return super()._move(name, note, **values)
