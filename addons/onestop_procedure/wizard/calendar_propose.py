# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import re
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

try:
    import holidays
except ImportError:
    holidays = None

# How the package words a make-up day and one side of a swap.
MAKEUP = "(nghỉ bù)"
SWAP = re.compile(r"\(thay cho ngày (\d\d)/(\d\d)/(\d{4})\)")


class OnestopCalendarPropose(models.TransientModel):
    """Proposes the days of a year, for an official to confirm with the notice.

    The package ``holidays`` is no authority: it missed the swap of 2 January 2026.
    """

    _name = "onestop.calendar.propose"
    _description = "Propose the days of a year"

    year = fields.Integer(
        required=True, default=lambda self: fields.Date.context_today(self).year + 1
    )
    line_ids = fields.One2many(
        "onestop.calendar.propose.line",
        "wizard_id",
        string="Days",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("year")
    def _compute_line_ids(self):
        for wizard in self:
            known = self.env["onestop.calendar.day"].search(
                [
                    ("date", ">=", date(wizard.year, 1, 1)),
                    ("date", "<=", date(wizard.year, 12, 31)),
                ]
            )
            known_dates = set(known.mapped("date"))
            wizard.line_ids = [Command.clear()] + [
                Command.create({**values, "is_known": values["date"] in known_dates})
                for values in self._propose(wizard.year)
            ]

    @api.model
    def _propose(self, year):
        """Values of the days that differ from their weekday, in order."""
        if not holidays:
            raise UserError(
                self.env._(
                    "The Python package “holidays” is not installed on the server. "
                    "Enter the days by hand."
                )
            )
        package = holidays.country_holidays("VN", years=year, language="vi")
        swaps = {}
        days = []
        for day, name in sorted(package.items()):
            if day.weekday() >= 5:
                continue
            kind = "makeup" if MAKEUP in name else "holiday"
            if match := SWAP.search(name):
                kind = "swap_off"
                swaps[date(*map(int, reversed(match.groups())))] = day
            days.append({"date": day, "kind": kind, "name": name})
        days += [
            {
                "date": worked,
                "kind": "swap_work",
                "name": self.env._("Makes up for %s", day.strftime("%d/%m/%Y")),
                "replaces_date": day,
            }
            for worked, day in swaps.items()
            if worked.year == year
        ]
        return sorted(days, key=lambda values: values["date"])

    def action_apply(self):
        """Add the proposed days as provisional ones; days that exist are kept.

        :return: the list of the days of that year
        """
        self.ensure_one()
        days = self.env["onestop.calendar.day"]
        known = set(
            days.search([("date", "in", self.line_ids.mapped("date"))]).mapped("date")
        )
        days.create(
            [
                {
                    "date": line.date,
                    "kind": line.kind,
                    "name": line.name,
                    "replaces_date": line.replaces_date,
                    "provisional": True,
                }
                for line in self.line_ids
                if line.date not in known
            ]
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "onestop_procedure.calendar_day_action"
        )
        action["context"] = {"search_default_provisional": 1}
        return action
