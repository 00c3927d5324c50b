# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import re

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.onestop_procedure.identity import search_key

# A citizen number or a tax code: looked up as a whole, never in part.
IDENTITY = re.compile(r"\d{9,13}|\d{10}-\d{3}")


class OnestopDossier(models.Model):
    """One field to search in for everything that a clerk remembers."""

    _inherit = "onestop.dossier"

    search_ids = fields.One2many(
        "onestop.dossier.search",
        "dossier_id",
        readonly=True,
        groups="base.group_user",
    )
    find = fields.Char(
        string="Anything",
        compute="_compute_find",
        search="_search_find",
        groups="base.group_user",
        help="Part of the code, name with or without diacritics, telephone, number "
        "of the result, identity number or tax code.",
    )

    @api.depends("code")
    def _compute_find(self):
        for dossier in self:
            dossier.find = dossier.code

    @api.model
    def _search_display_name(self, operator, value):
        if operator == "ilike" and self.env.user._is_internal():
            return self._search_find(operator, value)
        return super()._search_display_name(operator, value)

    @api.model
    def _search_find(self, operator, value):
        """Dossiers in which all words are found.

        The words may stand in any order and be parts of words; a telephone number
        may have spaces or the country's code, a code may lack its dashes. Who is
        looked for by his identity number is found by the whole number only.
        """
        # Odoo asks for access to a stored field in a domain, not to one like this.
        self._check_field_access(self._fields["find"], "read")
        if operator == "in":
            return Domain.OR(self._search_find("ilike", text) for text in value)
        if operator not in ("ilike", "like", "="):
            return NotImplemented
        words = self._find_words(value)
        if not words:
            return Domain.FALSE if (value or "").strip() else Domain.TRUE
        number = re.sub(r"\s", "", value)
        people = IDENTITY.fullmatch(number) and self._people_of_number(number)
        if people:
            return Domain("person_id", "in", people) | Domain(
                "submitter_id", "in", people
            )
        return Domain(
            "search_ids",
            "any!",
            Domain.AND(Domain("key", "like", word) for word in words),
        )

    @api.model
    def _find_words(self, text):
        """The words to look for; of a number in groups, the whole number."""
        text = (text or "").strip()
        digits = re.sub(r"[\s.()-]", "", text)
        if re.fullmatch(r"(\+84|0084)\d{9,10}", digits):
            return ["0" + re.sub(r"^(\+84|0084)0?", "", digits)]
        if re.fullmatch(r"\d{7,}", digits):
            return [digits]
        return search_key(text).split()

    @api.model
    def _people_of_number(self, number):
        """Ids of the people who have this identity number or tax code."""
        people = Domain("identity_number", "=", number) | Domain(
            "tax_code", "=", number
        )
        # sudo: onestop.person - by the whole number, among dossiers the user sees
        return self.env["onestop.person"].sudo().search(people).ids
