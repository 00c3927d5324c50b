# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain


class OnestopPlanMilestone(models.Model):
    """A day of a plan by which an agency has something done, once."""

    _name = "onestop.plan.milestone"
    _description = "Milestone of a plan"
    _inherit = ["onestop.plan.task"]

    name = fields.Text(string="What", required=True)
    section = fields.Char(help="Where it stands in the plan, such as II.1.")
    requirement_ids = fields.Many2many(
        "onestop.plan.requirement",
        string="Requirements",
        domain="[('plan_id', '=', plan_id)]",
    )
    date = fields.Date(string="Date in the Plan", required=True)
    bound = fields.Selection(
        [("before", "before"), ("until", "until"), ("from", "from")],
        required=True,
        default="before",
        help="“before” (trước ngày) ends the day before; “from” (từ ngày) asks that it "
        "runs on that day.",
    )
    last_day = fields.Date(compute="_compute_days", store=True, required=False)
    start_day = fields.Date(compute="_compute_days", store=True)

    _section_idx = models.Index("(plan_id, section)")

    @api.depends("date", "bound")
    def _compute_days(self):
        for milestone in self:
            before = milestone.bound == "before" and milestone.date
            milestone.last_day = (
                milestone.date - timedelta(days=1) if before else milestone.date
            )
            milestone.start_day = milestone.bound == "from" and milestone.date

    @api.depends("name", "department_id.short")
    def _compute_display_name(self):
        for milestone in self:
            text = (milestone.name or "").partition("\n")[0]
            short = text if len(text) < 70 else f"{text[:69]}…"
            milestone.display_name = " · ".join(
                filter(None, (milestone.department_id.short, short))
            )

    def action_spread(self):
        """Give the same milestone to every other agency that has a line in the plan.

        :return: the number of milestones added; those that are there stay.
        :raises AccessError: the user does not keep the plan.
        """
        self.ensure_one()
        self.plan_id.check_access("write")
        same = self.search(
            Domain("plan_id", "=", self.plan_id.id)
            & Domain("name", "=", self.name)
            & Domain("date", "=", self.date)
        )
        return len(
            self._copy_to(self.plan_id.line_ids.department_id - same.department_id)
        )
