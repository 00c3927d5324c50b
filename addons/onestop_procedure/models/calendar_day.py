# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import csv
import io
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import file_open

CSV_COLUMNS = {"date", "kind", "name", "source", "provisional"}


class OnestopCalendarDay(models.Model):
    """A day that does not follow its weekday: a holiday, a make-up day, a swap.

    Days apply to every Centre. They take effect when a Centre publishes its calendar:
    deadlines are computed from published revisions, never from these rows.
    """

    _name = "onestop.calendar.day"
    _description = "Calendar day"
    _order = "date"

    date = fields.Date(required=True)
    kind = fields.Selection(
        [
            ("holiday", "Public holiday"),
            ("makeup", "Make-up day off"),
            ("swap_off", "Swapped day off"),
            ("swap_work", "Swapped working day"),
        ],
        required=True,
        default="holiday",
    )
    name = fields.Char(required=True)
    source = fields.Char(
        help="Number of the notice or law that decrees this day, "
        "such as 9441/TB-BNV. Needed to confirm a provisional day."
    )
    provisional = fields.Boolean(
        default=True, help="Expected, but no notice has decreed it yet."
    )
    replaces_date = fields.Date(
        string="Hours of",
        help="For a swapped working day: the day whose opening hours apply. Left "
        "empty, the hours of the last weekday before it.",
    )

    _date_unique = models.UniqueIndex("(date)", "This day is in the calendar already.")
    _confirmed_by = models.Constraint(
        "CHECK (provisional OR coalesce(source, '') <> '')",
        "A confirmed day needs the number of the notice that decrees it.",
    )
    _replaces = models.Constraint(
        "CHECK (replaces_date IS NULL OR kind = 'swap_work')",
        "Only a swapped working day borrows the hours of another day.",
    )

    @api.depends("date", "name")
    def _compute_display_name(self):
        for day in self:
            text = day.date.strftime("%d/%m/%Y") if day.date else ""
            day.display_name = " · ".join(filter(None, (text, day.name)))

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_confirm(self):
        """Take the days as decreed.

        :raise UserError: when a day names no notice
        """
        if unnamed := self.filtered(lambda day: not day.source):
            raise UserError(
                self.env._(
                    "Enter the number of the notice first: %(days)s",
                    days=", ".join(unnamed.mapped("display_name")),
                )
            )
        self.write({"provisional": False})

    def action_publish(self):
        """Publish the calendar of every Centre the user works in.

        :return: a notification of what was published
        :raise AccessError: unless the user may change the calendar
        """
        return self.env.companies.action_publish_calendar()

    @api.model
    def _check_may_publish(self):
        if not self.env.su and not self.has_access("write"):
            raise AccessError(
                self.env._("Only the manager of the catalogue publishes the calendar.")
            )

    # ------------------------------------------------------------
    # Loading
    # ------------------------------------------------------------

    @api.model
    def _load_csv(self, text):
        """Create or update days from CSV text; running it twice changes nothing.

        :param text: lines of date, kind, name, source, provisional (yes or no) and, if
            wanted, replaces_date, under a line with these names
        :return: the days of the text
        :raise UserError: naming the first line that cannot be read
        """
        reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
        if missing := CSV_COLUMNS - set(reader.fieldnames or ()):
            raise UserError(
                self.env._(
                    "The file lacks these columns: %(columns)s",
                    columns=", ".join(sorted(missing)),
                )
            )
        rows = [self._read_csv_row(reader.line_num, row) for row in reader]
        known = self.search([("date", "in", [row["date"] for row in rows])])
        by_date = known.grouped("date")
        for row in rows:
            day = by_date.get(row["date"])
            if not day:
                by_date[row["date"]] = self.create(row)
            elif any(day[name] != value for name, value in row.items()):
                day.write(row)
        return self.union(*(by_date[row["date"]] for row in rows))

    @api.model
    def _read_csv_row(self, line, row):
        kinds = dict(self._fields["kind"].selection)
        try:
            if row["kind"] not in kinds or row["provisional"] not in ("yes", "no"):
                raise ValueError(row)
            return {
                "date": date.fromisoformat(row["date"]),
                "kind": row["kind"],
                "name": row["name"],
                "source": row["source"],
                "provisional": row["provisional"] == "yes",
                "replaces_date": bool(row.get("replaces_date"))
                and date.fromisoformat(row["replaces_date"]),
            }
        except (TypeError, ValueError) as error:
            raise UserError(
                self.env._("Line %(line)s is not a calendar day.", line=line)
            ) from error

    @api.model
    def _load_csv_file(self, path):
        """Load days from a file of an add-on, and publish them everywhere.

        :param path: such as onestop_procedure/demo/calendar_days.csv
        """
        with file_open(path, "r") as source:
            self._load_csv(source.read())
        self.env["res.company"].search(Domain.TRUE)._publish_calendar()
