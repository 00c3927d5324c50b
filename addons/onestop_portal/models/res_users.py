# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _onestop_person(self):
        """Who this citizen is; empty for staff and for accounts without identity.

        Staff file with their own citizen's account: what they do with this one is
        done in their office.
        """
        self.ensure_one()
        people = self.env["onestop.person"]
        if not self.share or not people.has_access("read"):
            return people
        return people.search([("partner_id", "=", self.partner_id.id)], limit=1)
