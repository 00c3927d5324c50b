# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopProcedureFee(models.Model):
    _inherit = "onestop.procedure.fee"

    def _dossier_fees(self):
        """Values of the fees of a dossier; what is free leaves no line."""
        return [fee._dossier_fee_values() for fee in self if fee.mode != "free"]

    def _dossier_fee_values(self):
        self.ensure_one()
        return {
            "fee_id": self.id,
            "name": self.name,
            "kind": self.kind,
            "currency_id": self.currency_id.id,
            "is_stated": self.mode == "fixed",
            "unit": self.unit,
            "unit_amount": self.amount,
            "amount": self.amount,
            "note": self.note,
            "collect_at": self.collect_at,
        }
