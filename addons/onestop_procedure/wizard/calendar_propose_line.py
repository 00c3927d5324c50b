# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopCalendarProposeLine(models.TransientModel):
    _name = "onestop.calendar.propose.line"
    _description = "Proposed day"
    _order = "date"

    wizard_id = fields.Many2one(
        "onestop.calendar.propose", required=True, index=True, ondelete="cascade"
    )
    date = fields.Date(required=True)
    kind = fields.Selection(
        selection=lambda self: (
            self.env["onestop.calendar.day"]
            ._fields["kind"]
            ._description_selection(self.env)
        ),
        required=True,
    )
    name = fields.Char(required=True)
    replaces_date = fields.Date(string="Hours of")
    is_known = fields.Boolean(
        string="Kept", help="This day is in the calendar already and stays as it is."
    )
