# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.onestop_procedure.identity import search_key


class OnestopProcedure(models.Model):
    """The public catalogue."""

    _inherit = "onestop.procedure"

    @api.model
    def _portal_domain(self, search=None, department=None, sector=None):
        """Procedures that citizens find in the catalogue.

        :param search: words as people type them, in any order, without diacritics.
        :param department: id of the competent agency, or None for all.
        :param sector: id of the sector, or None for all.
        """
        domain = Domain("state", "=", "published")
        for word in search_key(search).split():
            domain &= Domain("search_key", "like", word)
        if department:
            domain &= Domain("department_id", "=", department)
        if sector:
            domain &= Domain("sector_id", "=", sector)
        return domain

    @api.model
    def _portal_procedure(self, code):
        """The published procedure with this code; empty when there is none."""
        return self.search(
            self._portal_domain() & Domain("code", "=", code.strip()), limit=1
        )

    @api.model
    def _portal_choices(self, name):
        """Agencies or sectors with published procedures, for the filters.

        :param name: "department_id" or "sector_id".
        :return: list of (id, name), by name.
        """
        groups = self._read_group(self._portal_domain(), [name])
        found = [(record.id, record.display_name) for [record] in groups]
        return sorted(found, key=lambda choice: search_key(choice[1]))

    def _portal_card(self):
        """Plain values of a procedure in the list."""
        self.ensure_one()
        return {
            "code": self.code,
            "name": self.name,
            "department": self.department_id.name,
            "sector": self.sector_id.name,
            "onsite": self.onsite_mode,
            "url": f"/procedures/{self.code}",
        }

    def _portal_values(self):
        """Plain values of a procedure for its page."""
        version = self.version_id
        modes = dict(self._fields["onsite_mode"]._description_selection(self.env))
        return self._portal_card() | {
            "onsite_label": modes.get(self.onsite_mode, ""),
            "result": version.result_name or "",
            "conditions": version.conditions or "",
            "legal_basis": version.legal_basis or "",
            "valid_from": version.valid_from,
            "cases": [case._portal_values() for case in version.case_ids],
            "file_url": f"/procedures/{self.code}/file",
        }
