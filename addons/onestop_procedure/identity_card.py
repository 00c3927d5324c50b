# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What the QR code of a citizen identity card says.

Seven fields split by ``|``: number, old number, name, birth date, gender, address,
day of issue; days as ddMMyyyy. Scanners add and drop things: line ends, control
characters, the empty field of a missing old number, a second reading of the same card.

Pure functions without database access.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from .identity import check_citizen_number

SEPARATOR = "|"
FIELDS = 7
GENDERS = {"nam": "male", "nữ": "female", "nu": "female"}


class CardError(ValueError):
    """It looks like a card, but cannot be believed; ``problem`` says why."""

    def __init__(self, problem):
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Card:
    """A citizen identity card as read."""

    number: str
    old_number: str | None
    name: str
    birth_date: date | None
    gender: str | None
    address: str
    issued_on: date | None


def looks_like_card(text):
    """Whether a scan is meant as a card, whole or not."""
    return (text or "").count(SEPARATOR) >= 2


def parse_card(text):
    """Read the QR code of a citizen identity card.

    :return: the :class:`Card`.
    :raises CardError: "card_fields", or a problem of
        :func:`~.identity.check_citizen_number`: number, birth date and gender have to
        agree, since a scan that lost a character would make another person.
    """
    fields = _fields(text)
    number, old, name, born, gender, address, issued = fields
    card = Card(
        number=number,
        old_number=old or None,
        name=name,
        birth_date=_day(born),
        gender=GENDERS.get(gender.lower()),
        address=address,
        issued_on=_day(issued),
    )
    problem = check_citizen_number(card.number, card.birth_date, card.gender)
    if problem:
        raise CardError(problem)
    if not card.name or (card.old_number and not re.fullmatch(r"\d{9}", old)):
        raise CardError("card_fields")
    return card


def _fields(text):
    # Cards are printed in composed letters; some readers send them decomposed.
    clean = unicodedata.normalize("NFC", text or "")
    clean = "".join(c for c in clean if unicodedata.category(c)[0] != "C")
    fields = [" ".join(field.split()) for field in clean.split(SEPARATOR)]
    if not fields[0]:
        fields = fields[1:]
    # The reader left out the empty field of a card that replaced no old one.
    if len(fields) >= 3 and not re.fullmatch(r"\d{9}|", fields[1]):
        fields.insert(1, "")
    if len(fields) < FIELDS:
        raise CardError("card_fields")
    fields = fields[:FIELDS]
    # A second reading, or what newer cards add, follows the day of issue.
    fields[-1] = fields[-1][:8]
    return fields


def _day(text):
    if not re.fullmatch(r"\d{8}", text):
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        # Some were born on a day nobody wrote down: 00001950.
        return None
