# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models

from ...forms import Form


class OnestopDossier(models.Model):
    """The printed notice that a result is ready before its day."""

    _inherit = "onestop.dossier"

    def _form_table(self):
        return super()._form_table() | {
            "early_notice": Form(
                self.env._("Notice of an early result"),
                "onestop_dossier.dossier_early_report",
                lambda dossier: dossier._early_to_print(),
            ),
        }

    def _early_to_print(self):
        if self.state != "ready" or self.timeliness != "early":
            return self.env._("The result is not ready before its day.")
        return self

    def _early_values(self):
        """What the notice says besides the dossier's own fields."""
        self.ensure_one()
        # sudo: onestop.department, res.company - names and address of the Centre
        unit, company = self.support_department_id.sudo(), self.company_id.sudo()
        return {
            "unit": unit,
            "centre": company,
            "place": company.state_id.name or company.city,
            "day": self._legal_day(self._moment()),
            "receiver": self.submitter_id or self.person_id,
        }
