# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import datetime
from textwrap import shorten
from zoneinfo import ZoneInfo

from odoo import api, fields, models

from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

from ..clock.dossier_clock import naive

# A consignment carries no date of the future; clocks differ by less than this.
MINUTES_AHEAD = 5
# Some parts are named by whole sentences of a decree; the list has them in full.
NAME_LENGTH = 60


class OnestopReceptionDesk(models.AbstractModel):
    """What is wrong with an entry: a sentence beside each field."""

    _inherit = "onestop.reception.desk"

    @api.model
    def _problems(self, entry):
        """What keeps even a draft from being kept, by field."""
        problems = {}
        if not self._id(entry.get("person_id")):
            problems["person"] = self.env._("Find or scan the person first (F2).")
        if not self._id(entry.get("procedure_id")):
            problems["procedure"] = self.env._("Choose the procedure (F3).")
        if type(entry.get("copies", 1)) is not int or entry.get("copies", 1) < 1:
            problems["copies"] = self.env._("A dossier has at least one set.")
        if entry.get("channel") == "post":
            problems |= self._post_problems(entry)
        if self._is_proxy(entry):
            problems |= self._authority_problems(entry.get("authorisation") or {})
        return problems

    @api.model
    def _post_problems(self, entry):
        try:
            arrived = self._read_moment(entry.get("arrived_at"))
        except ValueError:
            arrived = None
        ahead = fields.Datetime.add(self._now(), minutes=MINUTES_AHEAD)
        if not arrived or arrived > ahead:
            return {
                "arrived_at": self.env._(
                    "Enter day and time at which the consignment arrived."
                )
            }
        return {}

    @api.model
    def _authority_problems(self, authority):
        if not authority.get("kind"):
            return {
                "authorisation": self.env._(
                    "Say by which paper the submitter acts for the owner."
                )
            }
        try:
            day = self._read_day(authority.get("on"))
        except ValueError:
            return {
                "authorisation": self.env._(
                    "Write the day of the authorisation as 05/02/2026."
                )
            }
        if authority["kind"] != "law" and not (authority.get("number") or day):
            return {
                "authorisation": self.env._(
                    "Enter number or date of the authorisation."
                )
            }
        return {}

    @api.model
    def _missing(self, entry):
        """Which parts keep the dossier from being received."""
        rows = {row.get("id"): row for row in entry.get("parts") or []}
        # sudo: onestop.procedure.part - public content of the procedure
        parts = (
            self.env["onestop.procedure.part"]
            .sudo()
            .browse([part_id for part_id in rows if self._id(part_id)])
        )
        online = entry.get("channel") == "online"
        names = []
        for part in parts.exists():
            row = rows[part.id]
            here = row.get("files") or row.get("reused") or row.get("kept")
            if not online:
                here = here or row.get("received")
            if row.get("finding") in ("missing", "wrong") or (
                part.required and not here
            ):
                names.append(shorten(part.name, NAME_LENGTH, placeholder="…"))
        if not names:
            return {}
        if online:
            return {
                "parts": self.env._(
                    "Filed online, each required part has a file. Scan: %(parts)s",
                    parts="; ".join(names),
                )
            }
        return {
            "parts": self.env._(
                "Missing or not in order: %(parts)s. Give a guidance (F6) or keep a "
                "draft (F8).",
                parts="; ".join(names),
            )
        }

    @api.model
    def _is_proxy(self, entry):
        submitter = self._id(entry.get("submitter_id"))
        return bool(submitter) and submitter != entry.get("person_id")

    @api.model
    def _read_moment(self, text):
        """A day and time of the legal zone, as the browser's field gives it.

        :return: naive UTC, or None.
        :raises ValueError: it is none.
        """
        if not text:
            return None
        return naive(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(LEGAL_ZONE)))
