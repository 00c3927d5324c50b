# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.tools import urls


class OnestopNotice(models.Model):
    """Mails tell where their reader stops them."""

    _inherit = "onestop.notice"

    def _stop_url(self):
        centre = self.company_id._onestop_public_url()
        token = self.person_id._notice_stop_token()
        return urls.urljoin(centre, f"/notices/stop/{self.person_id.id}/{token}")
