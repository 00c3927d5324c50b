# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from urllib.parse import urlsplit, urlunsplit

from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _onestop_public_url(self):
        """Notices lead to the Centre's own host, where it has one."""
        base = super()._onestop_public_url()
        if not self.onestop_host:
            return base
        parts = urlsplit(base)
        port = f":{parts.port}" if parts.port else ""
        return urlunsplit((parts.scheme, f"{self.onestop_host}{port}", "", "", ""))
