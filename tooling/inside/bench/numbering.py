# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Numbers of the loaded dossiers: codes by unit and day, places in the register."""

from datetime import UTC, date
from zoneinfo import ZoneInfo

from odoo.addons.onestop_dossier.models.ledger.dossier_number import REGISTER
from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

ZONE = ZoneInfo(LEGAL_ZONE)


class Books:
    """Registers of the units by year, counted by all processes together."""

    def __init__(self, starts, units, now, context):
        """Prepare a number for each book.

        :param starts: {(series, day): last number drawn so far}
        :param now: naive UTC; nothing is received later, and nothing two years before
        :param context: of the processes, which inherit the numbers
        """
        self._last = {
            (unit["code"], year): context.Value(
                "i", starts.get(series_of(unit["code"], year), 0)
            )
            for unit in units
            for year in (now.year - 1, now.year, now.year + 1)
        }

    def draw(self, unit, year):
        """The next number of a book."""
        last = self._last[unit["code"], year]
        with last.get_lock():
            last.value += 1
            return last.value


class Numbers:
    """What one chunk draws; codes are its own, for it has whole days."""

    def __init__(self, starts, books):
        self._starts, self._books = starts, books
        self.last = {}

    def code(self, unit, day):
        """The next code of a unit and legal day."""
        key = (unit["code"], day)
        self.last[key] = self.last.get(key, self._starts.get(key, 0)) + 1
        return f"{unit['code']}-{day:%y%m%d}-{self.last[key]:04d}"

    def place(self, unit, moment):
        """Book and number in the register, as reception draws them.

        :param moment: naive UTC instant of the reception
        """
        year = moment.replace(tzinfo=UTC).astimezone(ZONE).year
        number = self._books.draw(unit, year)
        self.last[series_of(unit["code"], year)] = number
        return {"register_book": f"{unit['code']}/{year}", "register_number": number}


def series_of(code, year):
    """Under which unit and day the counters keep a book."""
    return f"{code}/{REGISTER}", date(year, 1, 1)
