# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopCollect(models.TransientModel):
    """The code that a citizen scans at the counter instead of giving cash."""

    _inherit = "onestop.collect"

    transfer_code = fields.Html(compute="_compute_transfer_code", sanitize=False)

    @api.depends("dossier_id", "fee_ids", "method")
    def _compute_transfer_code(self):
        for wizard in self:
            transfer = None
            if wizard.method == "transfer" and wizard.dossier_id:
                transfer = wizard.dossier_id._transfer(wizard.fee_ids)
            wizard.transfer_code = transfer and self.env["ir.qweb"]._render(
                "onestop_dossier.transfer_code", {"transfer": transfer}
            )
