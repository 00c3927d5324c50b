# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError


class OnestopCollect(models.TransientModel):
    """Take money for a dossier: scan its slip, see what is due, give the change."""

    _name = "onestop.collect"
    _description = "Collect fees"

    code = fields.Char(
        string="Scan or Type the Code",
        help="The bar code or QR code of the slip, or the code typed.",
    )
    dossier_id = fields.Many2one("onestop.dossier")
    person = fields.Char(
        related="dossier_id.person_id.name", related_sudo=False, string="Owner"
    )
    procedure_id = fields.Many2one(
        related="dossier_id.procedure_id", related_sudo=False
    )
    fee_ids = fields.Many2many(
        "onestop.dossier.fee",
        compute="_compute_fee_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('dossier_id', '=', dossier_id), ('paid_at', '=', False), "
        "('amount', '>', 0)]",
    )
    waiting = fields.Char(compute="_compute_waiting")
    currency_id = fields.Many2one(related="dossier_id.currency_id", related_sudo=False)
    amount = fields.Monetary(compute="_compute_amount", string="To Be Paid")
    method = fields.Selection(
        [("cash", "Cash"), ("card", "Card"), ("transfer", "Bank transfer")],
        required=True,
        default="cash",
    )
    reference = fields.Char(string="Payment Number")
    given = fields.Monetary(string="Amount Given")
    change = fields.Monetary(compute="_compute_amount")

    @api.onchange("code")
    def _onchange_code(self):
        if self.code:
            found = self.env["onestop.reception.desk"].find_code(self.code)
            self.dossier_id = found
            if not found:
                raise UserError(
                    self.env._("No dossier of this Centre has the code %s.", self.code)
                )

    @api.depends("dossier_id")
    def _compute_fee_ids(self):
        for wizard in self:
            dossier = wizard.dossier_id
            moments = ["reception", "supplement"]
            if dossier.state == "ready":
                moments.append("return")
            wizard.fee_ids = dossier._unpaid_fees(*moments)

    @api.depends("dossier_id")
    def _compute_waiting(self):
        for wizard in self:
            fees = wizard.dossier_id.fee_ids.filtered(lambda f: f.state == "to_state")
            wizard.waiting = ", ".join(fees.mapped("name"))

    @api.depends("fee_ids", "given")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = sum(wizard.fee_ids.mapped("amount"))
            wizard.change = max(wizard.given - wizard.amount, 0)

    def action_collect(self):
        """Collect the chosen fees, and print the receipt.

        :return: the report action.
        :raises UserError: nothing is chosen, or less was given than is to be paid.
        """
        self.ensure_one()
        if not self.fee_ids:
            raise UserError(self.env._("Choose what is paid."))
        if self.method == "cash" and self.given and self.given < self.amount:
            raise UserError(
                self.env._(
                    "%(missing)s are missing.",
                    missing=self.currency_id.format(self.amount - self.given),
                )
            )
        receipt = self.dossier_id._do_collect_fees(
            self.fee_ids, self.method, reference=self.reference
        )
        return receipt.action_print() | {"close_on_report_download": True}
