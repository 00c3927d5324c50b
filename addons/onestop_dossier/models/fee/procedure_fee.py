# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopProcedureFee(models.Model):
    _inherit = "onestop.procedure.fee"

    def _dossier_fee_values(self):
        self.ensure_one()
        return {
            "fee_id": self.id,
            "name": self.name,
            "currency_id": self.currency_id.id,
            "amount": self.amount,
            "collect_at": self.collect_at,
        }
