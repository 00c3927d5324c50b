# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import re
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from odoo.addons.onestop_procedure.identity import check_citizen_number, check_tax_code
from odoo.addons.onestop_procedure.identity_card import (
    CardError,
    looks_like_card,
    parse_card,
)
from odoo.addons.onestop_procedure.phone import to_e164, to_local

from ...ledger.transitions import CLOSED

FOUND = 8
OLD_CARD = re.compile(r"\d{9}")
# What the form of a new person may set.
ENTERED = frozenset(
    "name kind identity_kind identity_number identity_issued_on tax_code birth_date "
    "gender street phone email".split()
)
DAYS = ("birth_date", "identity_issued_on")


class OnestopReceptionDesk(models.AbstractModel):
    """Who is at the counter: found, scanned, or entered anew."""

    _inherit = "onestop.reception.desk"

    @api.model
    def find_person(self, text):
        """Find a person by card, number, telephone or name without diacritics.

        :param text: what was typed or scanned; a citizen card has seven fields split
            by ``|``.
        :return: {"people": rows, "new": values for a new person or None, "problem":
            a sentence or None, "card": whether it was a card}.
        """
        self._centre()
        text = (text or "").strip()
        if looks_like_card(text):
            return self._find_by_card(text)
        number = re.sub(r"[\s.]", "", text)
        if not re.fullmatch(r"[\d+-]{6,}", number):
            return self._found(self._search_people(text), name=text)
        people = self._by_number(number) or self._by_phone(number)
        new, problem = self._new_by_number(number) if not people else (None, None)
        return self._found(people, new=new, problem=problem)

    @api.model
    def person_summary(self, person_id):
        """What the desk shows of a person: never the whole number.

        :return: name, masked number, telephone, how many dossiers the user can see.
        """
        self._centre()
        person = self._person(person_id)
        counts = dict(
            self.env["onestop.dossier"]._read_group(
                [("person_id", "=", person.id)], ["state"], ["__count"]
            )
        )
        return {
            **self._person_row(person),
            "phone": to_local(person.phone),
            "total": sum(counts.values()),
            "open": sum(n for state, n in counts.items() if state not in CLOSED),
        }

    @api.model
    def create_person(self, values):
        """Enter a new person at the counter.

        :param values: fields of the form; days as dd/MM/yyyy or yyyy-MM-dd.
        :return: {"person": :meth:`person_summary`} or {"problems": {field: sentence}};
            somebody on record with the same number is taken as he is ("existed").
        """
        self._centre()
        values, problems = self._read_person(values)
        if problems:
            return {"problems": problems}
        known = self._by_number(values.get("identity_number") or values.get("tax_code"))
        if known:
            return {"person": self.person_summary(known.id), "existed": True}
        person = self.env["onestop.person"].create(values)
        return {"person": self.person_summary(person.id)}

    @api.model
    def renew_identity(self, person_id, scan):
        """Put the number of a scanned card in the place of the old nine digits.

        :param scan: the text of the card, which names the old number.
        :return: :meth:`person_summary`.
        :raises ValidationError: the card is not that of this person.
        """
        self._centre()
        person = self._person(person_id)
        try:
            card = parse_card(scan)
        except CardError as error:
            raise ValidationError(self._card_problem(error.problem)) from error
        if person.identity_kind != "cmnd" or person.identity_number != card.old_number:
            raise ValidationError(
                self.env._("This card names another old number than the person has.")
            )
        person.write(self._card_values(card))
        return self.person_summary(person.id)

    # ------------------------------------------------------------
    # Finding
    # ------------------------------------------------------------

    @api.model
    def _find_by_card(self, text):
        try:
            card = parse_card(text)
        except CardError as error:
            return self._found(
                self.env["onestop.person"], problem=self._card_problem(error.problem)
            )
        people = self._by_number(card.number)
        if people:
            return {**self._found(people), "card": True}
        old = card.old_number and self._by_number(card.old_number)
        values = self._card_values(card)
        for name in DAYS:
            day = values.get(name)
            values[name] = f"{day:%d/%m/%Y}" if day else ""
        return {
            **self._found(old or self.env["onestop.person"], new=values),
            "card": True,
            "renew": bool(old),
        }

    @api.model
    def _card_values(self, card):
        return {
            "name": card.name,
            "kind": "citizen",
            "identity_kind": "cccd",
            "identity_number": card.number,
            "birth_date": card.birth_date or False,
            "gender": card.gender or False,
            "street": card.address,
            "identity_issued_on": card.issued_on or False,
        }

    @api.model
    def _found(self, people, new=None, problem=None, name=None):
        rows = [self._person_row(person) for person in people]
        if name and not rows:
            new = {"name": name, "kind": "citizen", "identity_kind": "cccd"}
        return {"people": rows, "new": new, "problem": problem, "card": False}

    @api.model
    def _person_row(self, person):
        kinds = dict(person._fields["kind"]._description_selection(self.env))
        return {
            "id": person.id,
            "name": person.name,
            # sudo: onestop.person - the masked number is no identity data
            "masked": person.sudo().identity_masked,
            "kind": person.kind,
            "kind_label": kinds[person.kind],
        }

    @api.model
    def _search_people(self, text):
        persons = self.env["onestop.person"]
        if len(text) < 2:
            return persons
        return persons.search(persons._search_display_name("ilike", text), limit=FOUND)

    @api.model
    def _by_number(self, number):
        persons = self.env["onestop.person"]
        if not number:
            return persons
        return persons.search(
            Domain("identity_number", "=", number) | Domain("tax_code", "=", number),
            limit=FOUND,
        )

    @api.model
    def _by_phone(self, number):
        persons = self.env["onestop.person"]
        kept = to_e164(number)
        if not kept:
            return persons
        return persons.search([("phone", "in", (kept, number))], limit=FOUND)

    @api.model
    def _new_by_number(self, number):
        """Values for somebody who is not on record yet, and what is wrong with them."""
        if to_e164(number) and check_tax_code(number):
            return {"phone": number, "kind": "citizen", "identity_kind": "cccd"}, None
        problem = None
        if len(number) in (10, 14) or "-" in number:
            problem = check_tax_code(number)
            new = {"kind": "business", "tax_code": number}
        elif OLD_CARD.fullmatch(number):
            new = {"kind": "citizen", "identity_kind": "cmnd"}
            new["identity_number"] = number
        else:
            problem = check_citizen_number(number)
            new = {"kind": "citizen", "identity_kind": "cccd"}
            new["identity_number"] = number
        if problem:
            return None, self._card_problem(problem)
        return new, None

    @api.model
    def _card_problem(self, problem):
        if problem == "card_fields":
            return self.env._(
                "The card was not read whole. Scan it again, or type the 12 digits."
            )
        return self.env["onestop.person"]._identity_problem(problem)

    # ------------------------------------------------------------
    # A new person
    # ------------------------------------------------------------

    @api.model
    def _read_person(self, entered):
        """Values for the record, and what is wrong, by field."""
        values, problems = {}, {}
        for name in ENTERED.intersection(entered or {}):
            value = entered[name]
            values[name] = value.strip() if isinstance(value, str) else False
        values["kind"] = values.get("kind") or "citizen"
        if not values.get("name"):
            problems["name"] = self.env._("Enter the name as on the paper.")
        for name in DAYS:
            try:
                values[name] = self._read_day(values.get(name))
            except ValueError:
                values[name] = False
                problems[name] = self.env._("Write the day as 05/02/1990.")
        if values.get("phone"):
            values["phone"], given = to_e164(values["phone"]), values["phone"]
            if not values["phone"]:
                problems["phone"] = self.env._(
                    "%(number)s is no telephone number: mobile numbers have 10 digits "
                    "and begin with 03, 05, 07, 08 or 09.",
                    number=given,
                )
        if values.get("email") and "@" not in values["email"]:
            problems["email"] = self.env._("An e-mail address has an @.")
        problems |= self._number_problems(values)
        return {n: value or False for n, value in values.items()}, problems

    @api.model
    def _number_problems(self, values):
        """Numbers of a citizen (12 digits) or an organisation (tax code)."""
        if values["kind"] != "citizen":
            values.update(identity_kind=False, identity_number=False)
            values.update(birth_date=False, gender=False)
            code = values.get("tax_code")
            if not code or check_tax_code(code):
                return {"tax_code": self._card_problem("tax_code")}
            return {}
        values["identity_kind"] = values.get("identity_kind") or "cccd"
        number = values.get("identity_number")
        if not number:
            return {
                "identity_number": self.env._(
                    "Enter the number of the identity paper: the slip is given to it."
                )
            }
        if values["identity_kind"] == "cmnd" and not OLD_CARD.fullmatch(number):
            return {
                "identity_number": self.env._("The old identity card has 9 digits.")
            }
        if values["identity_kind"] != "cccd":
            return {}
        problem = check_citizen_number(
            number, values.get("birth_date") or None, values.get("gender") or None
        )
        if not problem:
            return {}
        field = {"citizen_birth": "birth_date", "citizen_gender": "gender"}
        return {field.get(problem, "identity_number"): self._card_problem(problem)}

    @api.model
    def _read_day(self, text):
        """A day as typed.

        :raises ValueError: it is none, or lies in the future.
        """
        if not text:
            return False
        try:
            day = datetime.strptime(text, "%d/%m/%Y").date()
        except ValueError:
            day = fields.Date.to_date(text)
        if day > self.env["onestop.membership"]._today():
            raise ValueError(text)
        return day
