# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopPlanOccurrence(models.Model):
    """A recurring duty of one agency in one period: opened by the system."""

    _name = "onestop.plan.occurrence"
    _description = "Occurrence of a duty"
    _inherit = ["onestop.plan.task"]

    duty_id = fields.Many2one(
        "onestop.plan.duty", required=True, index=True, ondelete="cascade"
    )
    name = fields.Text(related="duty_id.name", string="What")
    section = fields.Char(related="duty_id.section", store=True)
    rhythm = fields.Selection(related="duty_id.rhythm", store=True)
    period_end = fields.Date(required=True)

    _once = models.UniqueIndex(
        "(duty_id, department_id, start_day)",
        "This period of the duty is open for the agency already.",
    )

    @api.depends("duty_id.name", "department_id.short", "last_day")
    def _compute_display_name(self):
        for occurrence in self:
            day = occurrence.last_day and f"{occurrence.last_day:%d/%m/%Y}"
            parts = (
                occurrence.department_id.short,
                occurrence.duty_id.display_name,
                day,
            )
            occurrence.display_name = " · ".join(filter(None, parts))
