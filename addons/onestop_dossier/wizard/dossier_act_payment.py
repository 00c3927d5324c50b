# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopDossierAct(models.TransientModel):
    """What a request for payment asks for."""

    _inherit = "onestop.dossier.act"

    asked_fee_ids = fields.Many2many(
        "onestop.dossier.fee",
        "onestop_act_asked_fee",
        string="Fees Asked For",
        compute="_compute_asked_fee_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('dossier_id', '=', dossier_id), ('paid_at', '=', False), "
        "('amount', '>', 0)]",
        help="When these are paid the dossier goes on by itself. Take them out when "
        "something else is asked for, such as a tax that is paid elsewhere.",
    )

    @api.depends("dossier_id", "act")
    def _compute_asked_fee_ids(self):
        for wizard in self:
            # Read first: whoever may not see the dossier learns nothing of its fees.
            unpaid = wizard.dossier_id._unpaid_fees()
            asks = wizard.act == "request_payment"
            wizard.asked_fee_ids = unpaid if asks else False
