# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import formatLang


class OnestopProcedureFee(models.Model):
    """A fee or charge of a case. What is not known is said so, never zero."""

    _name = "onestop.procedure.fee"
    _description = "Fee of a procedure"
    _inherit = ["onestop.procedure.content"]
    _order = "case_id.id, sequence, id"

    case_id = fields.Many2one(
        "onestop.procedure.case", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    kind = fields.Selection(
        [("fee", "Fee"), ("charge", "Charge"), ("other", "Other")],
        required=True,
        default="charge",
    )
    mode = fields.Selection(
        [
            ("unknown", "Not known"),
            ("free", "Free of charge"),
            ("fixed", "Fixed amount"),
            ("text", "As described"),
        ],
        required=True,
        default="fixed",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        ondelete="restrict",
        # Not env.ref(), which asks the database again for each fee.
        default=lambda self: self.env["ir.model.data"]._xmlid_to_res_id("base.VND"),
    )
    amount = fields.Monetary()
    unit = fields.Char(
        string="Counted By",
        help="Unit for a fee that depends on a quantity, such as “page” or “copy”; the "
        "amount is for one. Empty: one amount a dossier.",
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

    _amount_mode = models.Constraint(
        "CHECK ((mode = 'fixed') = (amount > 0) AND amount >= 0)",
        "Only a fixed fee has an amount, and it is above zero.",
    )

    amount_text = fields.Char(string="To be Paid", compute="_compute_amount_text")

    @api.depends("mode", "amount", "currency_id")
    def _compute_amount_text(self):
        labels = dict(self._fields["mode"]._description_selection(self.env))
        for fee in self:
            fee.amount_text = (
                formatLang(self.env, fee.amount, currency_obj=fee.currency_id)
                if fee.mode == "fixed"
                else labels.get(fee.mode)
            )
