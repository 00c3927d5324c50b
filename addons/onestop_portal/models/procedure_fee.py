# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.tools import formatLang


class OnestopProcedureFee(models.Model):
    """What a citizen reads of a fee."""

    _inherit = "onestop.procedure.fee"

    def _portal_values(self):
        """Plain values of a fee for the public pages."""
        self.ensure_one()
        amount = {
            "unknown": self.env._("not on record; ask at the Centre"),
            "free": self.env._("free of charge"),
            "text": self.note or "",
        }.get(self.mode)
        if amount is None:
            amount = formatLang(self.env, self.amount, currency_obj=self.currency_id)
        return {"name": self.name, "amount": amount, "note": self.note or ""}
