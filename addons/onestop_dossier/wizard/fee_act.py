# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopFeeAct(models.TransientModel):
    """Dialog of the acts about money: state a fee, cancel a receipt, refund."""

    _name = "onestop.fee.act"
    _description = "Act about money"

    act = fields.Selection(
        [
            ("set_fee", "State, reduce or waive a fee"),
            ("cancel_receipt", "Cancel a receipt"),
            ("refund_fee", "Refund"),
        ],
        required=True,
    )
    dossier_id = fields.Many2one("onestop.dossier", required=True)
    currency_id = fields.Many2one(related="dossier_id.currency_id", related_sudo=False)
    fee_id = fields.Many2one(
        "onestop.dossier.fee",
        domain="[('dossier_id', '=', dossier_id), ('paid_at', '=', False)]",
    )
    unit = fields.Char(related="fee_id.unit", related_sudo=False)
    quantity = fields.Integer(default=1)
    relief = fields.Selection([("reduced", "Reduced"), ("exempt", "Exempt")])
    legal_basis = fields.Char()
    receipt_id = fields.Many2one(
        "onestop.receipt",
        domain="[('dossier_id', '=', dossier_id), ('state', '=', 'issued')]",
    )
    amount = fields.Monetary(
        compute="_compute_amount",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    method = fields.Selection(
        [("cash", "Cash"), ("card", "Card"), ("transfer", "Bank transfer")],
        default="cash",
    )
    reason = fields.Text(required=True)

    @api.depends("fee_id", "receipt_id", "quantity", "act", "relief")
    def _compute_amount(self):
        for wizard in self:
            if wizard.act == "refund_fee":
                lines = wizard.receipt_id.line_ids
                wizard.amount = sum(line._left() for line in lines)
            elif wizard.relief == "exempt":
                wizard.amount = 0
            else:
                wizard.amount = wizard.fee_id.unit_amount * (wizard.quantity or 1)

    def action_apply(self):
        """Do the act of this dialog.

        :return: the action that closes the dialog.
        """
        self.ensure_one()
        dossier = self.dossier_id
        if self.act == "set_fee":
            dossier.action_set_fee(
                self.fee_id.id,
                self.reason,
                amount=self.amount,
                quantity=self.quantity if self.unit else None,
                relief=self.relief or None,
                legal_basis=self.legal_basis or None,
            )
        elif self.act == "cancel_receipt":
            dossier.action_cancel_receipt(self.receipt_id.id, self.reason)
        else:
            dossier.action_refund_fee(
                self.receipt_id.id,
                self.reason,
                amount=self.amount,
                method=self.method,
            )
        return {"type": "ir.actions.act_window_close"}
