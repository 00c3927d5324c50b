# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ..catalogue.laws import describe_law


class OnestopDecision(models.Model):
    """Laws that procedures cite, found or recorded by their number."""

    _inherit = "onestop.decision"

    @api.model
    def _get_or_create_laws(self, numbers):
        """The records of legal documents by number, in two queries for any count.

        :param numbers: as :func:`~..catalogue.laws.read_laws` gives them.
        :return: dictionary number -> record. Those not on record are created as laws
            in force whose dates nobody has recorded yet.
        """
        numbers = list(dict.fromkeys(numbers))
        # sudo: onestop.decision - laws may be cited by whoever imports the catalogue
        laws = self.sudo().search(
            [("kind", "=", "law"), ("number", "in", numbers)],
            order="issuer_id, id desc",
        )
        found = {law.number: law for law in laws}
        missing = [number for number in numbers if number not in found]
        created = laws.with_context(tracking_disable=True).create(
            [self._law_values(number) for number in missing]
        )
        found.update(zip(missing, created, strict=True))
        return {number: self.browse(found[number].id) for number in numbers}

    @api.model
    def _law_values(self, number):
        law_type, issuer = describe_law(number)
        return {
            "number": number,
            "kind": "law",
            "law_type": law_type,
            "issuer_name": issuer or False,
            "state": "in_force",
        }
