# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopCalendarYear(models.Model):
    """Running dossiers that are due in a year of the calendar."""

    _inherit = "onestop.calendar.year"

    def _compute_due_count(self):
        due = self.env["onestop.dossier"]._due_years(self.company_id)
        for row in self:
            row.due_count = due.get((row.company_id.id, row.year), 0)
