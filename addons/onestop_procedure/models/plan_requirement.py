# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain


class OnestopPlanRequirement(models.Model):
    """A sentence of a plan that asks for something, and what answers it."""

    _name = "onestop.plan.requirement"
    _description = "Requirement of a plan"
    _order = "plan_id, number"
    _rec_names_search = ["section", "name"]

    plan_id = fields.Many2one(
        "onestop.plan", required=True, index=True, ondelete="cascade"
    )
    number = fields.Integer(required=True, aggregator=None)
    section = fields.Char(help="Where it stands in the plan, such as II.1.")
    name = fields.Text(string="Requirement", required=True)
    milestone_ids = fields.Many2many("onestop.plan.milestone", string="Milestones")
    duty_ids = fields.Many2many("onestop.plan.duty", string="Duties")
    is_covered = fields.Boolean(
        compute="_compute_is_covered",
        search="_search_is_covered",
        string="Has a Task",
        help="A milestone or a recurring duty stands for it; the others are aims, or "
        "are met by how the work is done every day.",
    )

    _number_unique = models.UniqueIndex(
        "(plan_id, number)", "This number of the plan is taken."
    )

    @api.depends("number", "section")
    def _compute_display_name(self):
        for requirement in self:
            parts = (str(requirement.number), requirement.section)
            requirement.display_name = " · ".join(filter(None, parts))

    @api.depends("milestone_ids", "duty_ids")
    def _compute_is_covered(self):
        for requirement in self:
            requirement.is_covered = bool(
                requirement.milestone_ids or requirement.duty_ids
            )

    def _search_is_covered(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("milestone_ids", "!=", False) | Domain("duty_ids", "!=", False)
