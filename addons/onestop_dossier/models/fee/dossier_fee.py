# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopDossierFee(models.Model):
    """A fee of this dossier; paid by the act ``collect_fee`` alone."""

    _name = "onestop.dossier.fee"
    _description = "Fee of a dossier"
    _order = "dossier_id.id, id"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, index=True, ondelete="cascade"
    )
    fee_id = fields.Many2one(
        "onestop.procedure.fee", index="btree_not_null", ondelete="restrict"
    )
    name = fields.Char(required=True)
    kind = fields.Selection(
        [("fee", "Fee"), ("charge", "Charge"), ("other", "Other")],
        required=True,
        default="charge",
    )
    currency_id = fields.Many2one("res.currency", required=True, ondelete="restrict")
    is_stated = fields.Boolean(
        string="Amount Known",
        default=True,
        help="Whether the amount is fixed by the procedure or was stated; only then "
        "the fee can be collected.",
    )
    quantity = fields.Integer(default=1)
    unit = fields.Char()
    unit_amount = fields.Monetary(string="Amount Each")
    amount = fields.Monetary(required=True)
    relief = fields.Selection([("exempt", "Exempt"), ("reduced", "Reduced")])
    relief_basis = fields.Char(
        string="Legal Basis", help="Article by which it is exempt or reduced."
    )
    note = fields.Text(string="Description")
    collect_at = fields.Selection(
        [
            ("reception", "At reception"),
            ("supplement", "With the supplement"),
            ("return", "At return"),
        ],
        required=True,
        default="reception",
    )
    paid_at = fields.Datetime(readonly=True, copy=False)
    receipt_id = fields.Many2one(
        "onestop.receipt",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    refunded = fields.Monetary(compute="_compute_refunded")
    state = fields.Selection(
        [
            ("to_state", "Amount not stated"),
            ("due", "To be paid"),
            ("paid", "Paid"),
            ("refunded", "Refunded"),
            ("exempt", "Exempt"),
            ("none", "Nothing to pay"),
        ],
        compute="_compute_state",
    )

    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "The amount cannot be negative."
    )
    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "The quantity is at least one."
    )
    _unpaid_idx = models.Index("(dossier_id) WHERE paid_at IS NULL AND amount > 0")

    @api.depends("receipt_id")
    def _compute_refunded(self):
        self.refunded = 0
        if not self.receipt_id:
            return
        # sudo: onestop.refund - of the same dossier
        refunds = self.env["onestop.refund"].sudo()
        back = dict(
            refunds._read_group(
                [("receipt_id", "in", self.receipt_id.ids)],
                ["line_id"],
                ["amount:sum"],
            )
        )
        by_fee = {(li.receipt_id.id, li.fee_id.id): sum_ for li, sum_ in back.items()}
        for fee in self:
            fee.refunded = by_fee.get((fee.receipt_id.id, fee._origin.id), 0)

    @api.depends("paid_at", "amount", "is_stated", "relief", "refunded")
    def _compute_state(self):
        for fee in self:
            if fee.paid_at:
                back = fee.amount and fee.refunded >= fee.amount
                fee.state = "refunded" if back else "paid"
            elif fee.relief == "exempt":
                fee.state = "exempt"
            elif not fee.is_stated:
                fee.state = "to_state"
            else:
                fee.state = "due" if fee.amount else "none"

    def _receipt_line(self):
        """What the receipt keeps of this fee."""
        return {
            "fee_id": self.id,
            "name": self.name,
            "kind": self.kind,
            "quantity": self.quantity,
            "currency_id": self.currency_id.id,
            "amount": self.amount,
        }

    def _told(self):
        """Name and amount, for a sentence."""
        amount = (
            self.currency_id.format(self.amount)
            if self.is_stated
            else self.env._("amount not stated")
        )
        return f"{self.name} ({amount})"

    def _unpay(self):
        """Take the payment back; for the acts of the dossier alone."""
        self.write({"paid_at": False, "receipt_id": False})

    def _pay(self, receipt, moment):
        """Mark these fees paid; for the acts of the dossier alone."""
        self.write({"paid_at": moment, "receipt_id": receipt.id})
