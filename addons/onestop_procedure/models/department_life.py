# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopDepartment(models.Model):
    """From when to when an agency exists."""

    _inherit = "onestop.department"

    def _lives_on(self, day):
        """Whether this agency exists on a legal day (Viet Nam)."""
        self.ensure_one()
        return (not self.valid_from or self.valid_from <= day) and (
            not self.valid_to or self.valid_to >= day
        )
