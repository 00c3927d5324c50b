# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError


class OnestopCalendarRevision(models.Model):
    _inherit = "onestop.calendar.revision"

    is_in_force = fields.Boolean(compute="_compute_is_in_force", string="In Force")

    def _compute_is_in_force(self):
        for revision in self:
            company = revision.company_id
            revision.is_in_force = company._onestop_calendar() == revision

    def action_open_effect(self):
        """Show the running dossiers that would count otherwise with this calendar.

        :return: the window action.
        :raises UserError: it is not in force any more.
        """
        self.ensure_one()
        if not self.is_in_force:
            raise UserError(self.env._("Only the calendar in force is looked at."))
        return self.env["onestop.calendar.effect"]._of(self)._open()
