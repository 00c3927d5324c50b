# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models

from .receipt import METHODS


class OnestopRefund(models.Model):
    """Money given back of a fee on a receipt; the receipt stays. Append-only."""

    _name = "onestop.refund"
    _description = "Refund of a fee"
    _log_access = False
    _order = "id desc"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    # A receipt is only deleted with a trial; its refunds go with it.
    receipt_id = fields.Many2one(
        "onestop.receipt", required=True, readonly=True, index=True, ondelete="cascade"
    )
    line_id = fields.Many2one(
        "onestop.receipt.line",
        string="Fee",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(
        [("fee", "Fee"), ("charge", "Charge"), ("other", "Other")],
        required=True,
        readonly=True,
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    method = fields.Selection(METHODS, required=True, readonly=True)
    reference = fields.Char(readonly=True)
    department_id = fields.Many2one(
        "onestop.department", required=True, readonly=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Refunded By",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    closing_id = fields.Many2one(
        "onestop.cash.closing",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    refunded_at = fields.Datetime(required=True, readonly=True)
    day = fields.Date(string="Date", required=True, readonly=True)

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "A refund gives something back."
    )

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        self.env["onestop.dossier"]._let_go_of_trials(
            self._table, "append_only", "BEFORE UPDATE OR DELETE"
        )
        self.env["onestop.cash.closing"]._init_in_open_day(self._table, "BEFORE INSERT")
