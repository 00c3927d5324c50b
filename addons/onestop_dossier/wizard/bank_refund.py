# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopBankRefund(models.TransientModel):
    """Dialog: an online payment was paid back at the bank."""

    _name = "onestop.bank.refund"
    _description = "Online payment paid back at the bank"

    transaction_id = fields.Many2one(
        "payment.transaction", required=True, readonly=True
    )
    reference = fields.Char(string="Number of the Payment Order", required=True)

    def action_record(self):
        """Record the number of the payment order.

        :return: the action that closes this dialog.
        :raises UserError: as ``payment.transaction.action_onestop_refunded``.
        """
        self.ensure_one()
        self.transaction_id.action_onestop_refunded(self.reference)
        return {"type": "ir.actions.act_window_close"}
