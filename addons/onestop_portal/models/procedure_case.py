# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopProcedureCase(models.Model):
    """What a citizen reads of a case."""

    _inherit = "onestop.procedure.case"

    def _portal_values(self):
        """Plain values of a case for the public pages."""
        self.ensure_one()
        return {
            "id": self.id,
            "name": self.name,
            "time": self._portal_time(),
            "parts": [part._portal_values() for part in self.part_ids],
            "fees": [fee._portal_values() for fee in self.fee_ids],
        }

    def _portal_time(self):
        """The time limit in words, or False when none is known."""
        words = {
            "hour": self.env._("%(count)s working hours", count=self.time_value),
            "workday": self.env._("%(count)s working days", count=self.time_value),
            "day": self.env._("%(count)s days", count=self.time_value),
            "month": self.env._("%(count)s months", count=self.time_value),
        }
        return words.get(self.time_unit, False)
