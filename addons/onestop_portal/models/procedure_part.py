# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopProcedurePart(models.Model):
    """What a citizen reads of a part."""

    _inherit = "onestop.procedure.part"

    def _portal_values(self):
        """Plain values of a part for the public pages."""
        self.ensure_one()
        counts = []
        if self.originals:
            counts.append(self.env._("originals: %(count)s", count=self.originals))
        if self.copies:
            counts.append(self.env._("copies: %(count)s", count=self.copies))
        return {
            "id": self.id,
            "name": self.name,
            "required": self.required,
            "counts": ", ".join(counts),
        }
