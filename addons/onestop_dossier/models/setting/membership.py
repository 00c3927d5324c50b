# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

ROLES = ("receiver", "appraiser", "approver", "records", "returner", "cashier")


class OnestopMembership(models.Model):
    _inherit = "onestop.membership"

    role = fields.Selection(
        selection_add=[
            ("receiver", "Receiver"),
            ("appraiser", "Appraiser"),
            ("approver", "Approver"),
            ("records", "Records clerk"),
            ("returner", "Returner of results"),
            ("cashier", "Cashier"),
        ],
        ondelete={role: "cascade" for role in ROLES},
    )

    @api.model
    def _role_groups(self):
        own = {role: f"onestop_dossier.group_{role}" for role in ROLES}
        return super()._role_groups() | own
