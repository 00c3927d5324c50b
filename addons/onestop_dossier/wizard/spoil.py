# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopSpoil(models.TransientModel):
    """Record the next blank of a paper book as spoiled."""

    _name = "onestop.spoil"
    _description = "Spoiled blank"

    book_id = fields.Many2one("onestop.receipt.book", required=True)
    number = fields.Integer(related="book_id.next_number", related_sudo=False)
    reason = fields.Char(required=True)

    def action_apply(self):
        """Record it.

        :return: the action that closes the dialog.
        """
        self.ensure_one()
        self.book_id.action_spoil(self.reason)
        return {"type": "ir.actions.act_window_close"}
