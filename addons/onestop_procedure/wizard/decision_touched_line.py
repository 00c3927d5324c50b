# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopDecisionTouchedLine(models.TransientModel):
    """How many records of a kind a change touches; its list opens from here."""

    _name = "onestop.decision.touched.line"
    _description = "One kind of touched records"
    _order = "position"

    touched_id = fields.Many2one(
        "onestop.decision.touched", required=True, ondelete="cascade"
    )
    position = fields.Integer()
    name = fields.Char(string="Kind")
    count = fields.Integer(string="Number")

    def action_open(self):
        """Open the list of these records.

        :return: window action, read with the rights of the user.
        """
        self.ensure_one()
        return self.touched_id.decision_id.action_open_touched(self.position)
