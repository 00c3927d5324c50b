# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ...forms import Form


class OnestopDossier(models.Model):
    """Receipts among the papers that can be printed of a dossier."""

    _inherit = "onestop.dossier"

    @api.model
    def _form_table(self):
        return super()._form_table() | {
            "receipt": Form(
                self.env._("Receipts of fees"),
                "onestop_dossier.receipt_report",
                lambda dossier: dossier._receipts_to_print(),
            )
        }

    def _receipts_to_print(self):
        issued = self.receipt_ids.filtered(lambda r: r.state == "issued")
        return issued or self.env._("No fee has been collected.")
