# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..chain import Move

PLAN_STATES = [
    ("draft", "Draft"),
    ("in_force", "In force"),
    ("closed", "Closed"),
    ("superseded", "Superseded"),
]


class OnestopPlan(models.Model):
    """A plan of the People's Committee: who does what until when.

    Number and date may be empty, as on the plan of 2019. A later plan is a further
    record; one that supersedes another ends it when it is put in force.
    """

    _name = "onestop.plan"
    _description = "Plan"
    _inherit = ["onestop.chain"]
    _order = "period_from desc, id desc"
    _rec_names_search = ["name", "number"]
    _mail_post_access = "read"

    name = fields.Char(string="Subject", required=True, tracking=True)
    number = fields.Char(help="Such as 548/KH-UBND; empty until it is known.")
    date = fields.Date(string="Signed On")
    kind = fields.Selection(
        [
            ("plan", "Plan"),
            ("adjustment", "Adjustment of a plan"),
            ("programme", "Programme"),
        ],
        required=True,
        default="plan",
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Kept by",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self._default_department(),
        help="The agency that keeps the plan up to date and confirms what is done.",
    )
    issuer_id = fields.Many2one(
        "onestop.department", index="btree_not_null", ondelete="restrict", tracking=True
    )
    legal_basis_ids = fields.Many2many("onestop.decision", string="Legal Bases")
    recipient_ids = fields.Many2many("onestop.department", string="Recipients")
    recipient_text = fields.Text(
        string="Recipients as Written",
        help="One a line, as they stand on the paper, such as “Lưu: HCTC”.",
    )
    signer_title = fields.Text(
        help="As on the paper, one line each, such as TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH."
    )
    signer_name = fields.Char()
    period_from = fields.Date(string="From")
    period_to = fields.Date(
        string="Until", help="Empty: the recurring duties go on until it is closed."
    )
    state = fields.Selection(
        PLAN_STATES,
        required=True,
        default="draft",
        copy=False,
        tracking=True,
        index=True,
    )
    file = fields.Binary(string="Document", attachment=True, copy=False)
    filename = fields.Char(copy=False)
    supersedes_id = fields.Many2one(
        "onestop.plan", index="btree_not_null", ondelete="restrict", copy=False
    )
    target_share = fields.Float(
        string="Target (%)",
        default=20.0,
        digits=(5, 1),
        help="Least share of the procedures that regularly generate dossiers which are "
        "to be done wholly at the Centre.",
    )
    remind_days = fields.Integer(
        string="Reminder (Days Before)",
        default=7,
        help="How many days before its last day a task is brought to mind.",
    )
    regular_rhythm = fields.Selection(
        [
            ("month", "Every month"),
            ("quarter", "Every quarter"),
            ("year", "Every year"),
        ],
        string="“Regular” Duties Report",
        required=True,
        default="quarter",
        help="How often a duty that is to be done “regularly” is reported on.",
    )
    is_keeper = fields.Boolean(
        compute="_compute_is_keeper",
        help="Whether the present user may change the plan.",
    )
    line_ids = fields.One2many("onestop.plan.line", "plan_id", copy=True)
    requirement_ids = fields.One2many("onestop.plan.requirement", "plan_id")
    milestone_ids = fields.One2many("onestop.plan.milestone", "plan_id")
    duty_ids = fields.One2many("onestop.plan.duty", "plan_id")
    occurrence_ids = fields.One2many("onestop.plan.occurrence", "plan_id")

    _period = models.Constraint(
        "CHECK (period_to IS NULL OR period_from IS NULL OR period_from <= period_to)",
        "A plan cannot end before it begins.",
    )
    _share = models.Constraint(
        "CHECK (target_share BETWEEN 0 AND 100)",
        "The target is a share between 0 and 100 %.",
    )
    _reminder = models.Constraint(
        "CHECK (remind_days BETWEEN 0 AND 365)",
        "A reminder comes between 0 and 365 days before.",
    )

    @api.model
    def _default_department(self):
        return self.env["onestop.department"].search([("kind", "=", "office")], limit=1)

    @api.depends("number", "name")
    def _compute_display_name(self):
        for plan in self:
            plan.display_name = " · ".join(filter(None, (plan.number, plan.name)))

    @api.depends("department_id")
    @api.depends_context("uid")
    def _compute_is_keeper(self):
        user = self.env.user
        for plan in self:
            # sudo: onestop.department - who keeps the plan is no secret of the staff
            keepers = plan.department_id.sudo().keeper_ids
            plan.is_keeper = (
                not plan._origin.id
                or user in keepers
                or user.has_group("base.group_system")
            )

    # ------------------------------------------------------------
    # Course
    # ------------------------------------------------------------

    @api.model
    def _moves(self):
        return {
            "put_in_force": Move(("draft",), "in_force", "office"),
            "close": Move(("in_force",), "closed", "office"),
            "supersede": Move(("in_force",), "superseded", "office"),
        }

    def action_put_in_force(self):
        """Put the signed plan in force; the plan that it supersedes ends.

        :raises UserError: it is not a draft, or has no period or no agency.
        :raises AccessError: the user does not act for the Office.
        """
        self.ensure_one()
        if not self.period_from or not self.line_ids:
            raise UserError(
                self.env._(
                    "Say from when the plan holds, and add a line for each agency, "
                    "before it is put in force."
                )
            )
        self._move("put_in_force")
        if self.supersedes_id.state == "in_force":
            self.supersedes_id._move("supersede", note=self.display_name)
        return True

    def action_close(self):
        """Close the plan: its duties no longer recur.

        :raises UserError: it is not in force.
        :raises AccessError: the user does not act for the Office.
        """
        self.ensure_one()
        self._move("close")
        return True
