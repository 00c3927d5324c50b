# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

# Notes in circulation (đồng).
NOTES = (500000, 200000, 100000, 50000, 20000, 10000, 5000, 2000, 1000)


class OnestopCashCount(models.TransientModel):
    """Count the cash of a day and sign it, or send a signed day back."""

    _name = "onestop.cash.count"
    _description = "Count of the cash"

    mode = fields.Selection(
        [("sign", "Count and sign"), ("send_back", "Send back")],
        required=True,
        default="sign",
    )
    closing_id = fields.Many2one("onestop.cash.closing", required=True)
    currency_id = fields.Many2one(related="closing_id.currency_id", related_sudo=False)
    expected = fields.Monetary(related="closing_id.expected", related_sudo=False)
    note_500000 = fields.Integer(string="500,000")
    note_200000 = fields.Integer(string="200,000")
    note_100000 = fields.Integer(string="100,000")
    note_50000 = fields.Integer(string="50,000")
    note_20000 = fields.Integer(string="20,000")
    note_10000 = fields.Integer(string="10,000")
    note_5000 = fields.Integer(string="5,000")
    note_2000 = fields.Integer(string="2,000")
    note_1000 = fields.Integer(string="1,000")
    counted = fields.Monetary(
        string="Cash Counted",
        compute="_compute_counted",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    difference = fields.Monetary(
        string="Cash Difference", compute="_compute_difference"
    )
    explanation = fields.Text()

    @api.depends(*(f"note_{value}" for value in NOTES))
    def _compute_counted(self):
        for wizard in self:
            wizard.counted = sum(
                value * number for value, number in wizard._notes().items()
            )

    @api.depends("counted", "expected")
    def _compute_difference(self):
        for wizard in self:
            wizard.difference = wizard.counted - wizard.expected

    def _notes(self):
        return {
            value: self[f"note_{value}"] for value in NOTES if self[f"note_{value}"]
        }

    def action_apply(self):
        """Sign the day as counted, or send it back with the reason.

        :return: the action that closes the dialog.
        """
        self.ensure_one()
        if self.mode == "send_back":
            self.closing_id.action_send_back(self.explanation)
        else:
            self.closing_id.action_sign(
                self.counted,
                self.explanation,
                {str(value): n for value, n in self._notes().items()} or None,
            )
        return {"type": "ir.actions.act_window_close"}
