# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OnestopNoticeTemplate(models.Model):
    """Occasions of the return of results."""

    _inherit = "onestop.notice.template"

    @api.model
    def _occasions(self):
        return super()._occasions() | {
            "result_waiting": self.env._("Result not collected yet"),
        }
