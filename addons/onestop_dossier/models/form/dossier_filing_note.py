# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.tools import urls

from odoo.addons.onestop_procedure.phone import to_local

from ...forms import Form


class OnestopDossier(models.Model):
    """What a citizen takes home who was helped to file for another Centre."""

    _inherit = "onestop.dossier"

    def _form_table(self):
        return super()._form_table() | {
            "filing": Form(
                self.env._("Confirmation of online filing"),
                "onestop_dossier.dossier_filing_report",
                lambda dossier: dossier._filing_to_print(),
            ),
        }

    def _filing_to_print(self):
        if not self.helped_department_id or not self.submitted_at:
            return self.env._("It was not filed with our help for another Centre.")
        return self

    def _three_agencies(self):
        """Place of support, place of reception, and who decides (NĐ 118/2025/NĐ-CP).

        :return: names by "support", "reception" and "competent".
        """
        self.ensure_one()
        # sudo: onestop.dossier, onestop.department - names of agencies
        dossier = self.sudo()
        unit = dossier.support_department_id
        competent = (
            dossier.department_id or dossier.procedure_id.department_id._current()
        )
        return {
            "support": (dossier.helped_department_id or unit).name,
            "reception": unit.name,
            "competent": competent.name,
        }

    def _filing_values(self):
        """What the confirmation says besides the dossier's own fields."""
        self.ensure_one()
        person, submitter = self.person_id, self.submitter_id or self.person_id
        (person | submitter)._log_reading(["identity_number", "street"])
        # sudo: onestop.department, res.company - names of the agencies
        helper, centre = self.helped_department_id.sudo(), self.company_id.sudo()
        # sudo: res.company - where the unit that helped is
        own = centre.search([("onestop_department_id", "=", helper.id)], limit=1)
        return {
            "unit": helper,
            "place": own.state_id.name or own.city,
            "day": self._legal_day(self.submitted_at),
            "submitter": submitter,
            "phone": to_local(submitter.phone),
            "authority": self._authority_text(),
            "agencies": self._three_agencies(),
            "hours": centre.onestop_answer_hours,
            "track_url": urls.urljoin(self.get_base_url(), f"/track?code={self.code}"),
            # sudo: res.users - only the name of who filed it for the citizen
            "assisted_by": self.assisted_by_id.sudo().name,
        }
