# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import hashlib
import json
import unicodedata

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date, groupby, ormcache

from ..clock import WorkCalendar


class OnestopCalendarRevision(models.Model):
    """A snapshot of days and hours, published once and never changed.

    Every computation of the clock names the revision it used, so that a due date can
    be explained and repeated years later. All Centres read all revisions: a dossier
    received elsewhere must be explained here too.
    """

    _name = "onestop.calendar.revision"
    _description = "Calendar revision"
    _order = "company_id.id, number desc"
    # Rows are written once: columns that tell of a later change would lie.
    _log_access = False

    company_id = fields.Many2one(
        "res.company", string="Centre", required=True, ondelete="restrict"
    )
    number = fields.Integer(required=True, aggregator=None)
    name = fields.Char(required=True, index=True)
    snapshot = fields.Text(required=True, export_string_translation=False)
    sha256 = fields.Char("SHA-256", size=64, required=True)
    published_at = fields.Datetime(required=True)
    published_by = fields.Many2one("res.users", required=True, ondelete="restrict")
    content = fields.Html(compute="_compute_content", sanitize=False)

    _number_unique = models.UniqueIndex(
        "(company_id, number)", "This number of the calendar is published already."
    )
    _name_unique = models.UniqueIndex("(name)", "This revision is published already.")
    _hash_true = models.Constraint(
        "CHECK (sha256 = encode(sha256(convert_to(snapshot, 'UTF8')), 'hex'))",
        "The hash of a calendar revision must be that of its content.",
    )

    def init(self):
        self.env["onestop.database.guard"]._append_only(self._table)

    @api.depends("name", "published_at")
    def _compute_display_name(self):
        for revision in self:
            day = fields.Datetime.context_timestamp(
                revision, revision.published_at or fields.Datetime.now()
            )
            revision.display_name = f"{revision.name} · {day:%d/%m/%Y}"

    @api.depends("snapshot")
    @api.depends_context("lang")
    def _compute_content(self):
        for revision in self:
            revision.content = revision._render_content() if revision.snapshot else ""

    # ------------------------------------------------------------
    # Clock
    # ------------------------------------------------------------

    @ormcache("self.id")
    def _clock(self):
        """The :class:`WorkCalendar` of this revision, named after it.

        Kept in the registry: the row cannot change any more.
        """
        self.ensure_one()
        # sudo: onestop.calendar.revision - the clock serves whoever sees the dossier
        revision = self.sudo()
        return WorkCalendar.from_snapshot(
            {**json.loads(revision.snapshot), "revision": revision.name}
        )

    @api.model
    def _publish(self, company, calendar):
        """The revision of ``company`` for a calendar, made when its content is new.

        :param calendar: a :class:`WorkCalendar`
        :return: (revision, whether it is new)
        """
        snapshot = self._canonical(calendar)
        digest = hashlib.sha256(snapshot.encode()).hexdigest()
        last = self.search([("company_id", "=", company.id)], limit=1)
        if last.sha256 == digest:
            return last, False
        # Two who publish at once both write this row: the second is retried by Odoo
        # and then sees the revision of the first, which a mere lock would hide.
        self.env.cr.execute(
            "UPDATE res_company SET write_date = write_date WHERE id = %s",
            (company.id,),
        )
        number = last.number + 1
        revision = self.create(
            {
                "company_id": company.id,
                "number": number,
                "name": f"C{company.id}-{number}",
                "snapshot": snapshot,
                "sha256": digest,
                "published_at": fields.Datetime.now(),
                "published_by": self.env.uid,
            }
        )
        return revision, True

    @api.model
    def _canonical(self, calendar):
        """RFC 8785 text of a snapshot: it holds strings, numbers and booleans only."""
        snapshot = {**calendar.to_snapshot(), "revision": ""}
        del snapshot["revision"]
        text = json.dumps(
            snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        return unicodedata.normalize("NFC", text)

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    def _render_content(self):
        clock = self._clock()
        kinds = dict(
            self.env["onestop.calendar.day"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        weekdays = dict(
            self.env["resource.calendar.attendance"]
            ._fields["dayofweek"]
            ._description_selection(self.env)
        )
        hours = Markup("").join(
            Markup("<tr><td>%s</td><td>%s</td></tr>")
            % (
                weekdays[str(weekday)],
                ", ".join(f"{start:%H:%M}–{end:%H:%M}" for start, end in intervals),
            )
            for weekday, intervals in sorted(clock.hours.items())
        )
        years = Markup("").join(
            Markup("<h3>%s</h3><table class='table table-sm'>%s</table>")
            % (year, Markup("").join(self._render_day(*day, kinds) for day in days))
            for year, days in groupby(
                sorted(clock.names.items(), key=_newest_year_first),
                lambda item: item[0].year,
            )
        )
        return (
            Markup("<h3>%s (%s)</h3><table class='table table-sm'>%s</table>%s")
        ) % (self.env._("Opening hours"), clock.zone.key, hours, years)

    def _render_day(self, day, named, kinds):
        provisional = self.env._("provisional") if named.provisional else ""
        return Markup(
            "<tr><td>%s</td><td>%s</td><td>%s</td><td><i>%s</i></td></tr>"
        ) % (
            format_date(self.env, day, date_format="EEE dd/MM/yyyy"),
            kinds[named.kind],
            named.name,
            provisional,
        )


def _newest_year_first(item):
    day = item[0]
    return (-day.year, day)
