# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import time
from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools.date_utils import float_to_time

from ..clock import (
    ClockError,
    DayKind,
    NamedDay,
    WorkCalendar,
)

LEGAL_ZONE = "Asia/Ho_Chi_Minh"
# Hours of a Centre that has not set its own: (day period, from, to).
DEFAULT_HOURS = (
    ("morning", 7.0, 11.5),
    ("lunch", 11.5, 13.5),
    ("afternoon", 13.5, 17.0),
)
ODOO_HOURS = {(8.0, 12.0), (13.0, 17.0)}


class ResCompany(models.Model):
    """The working calendar of a Centre."""

    _inherit = "res.company"

    # ------------------------------------------------------------
    # Default hours
    # ------------------------------------------------------------

    def _prepare_resource_calendar_values(self):
        return {
            **super()._prepare_resource_calendar_values(),
            **self._prepare_onestop_hours(),
        }

    @api.model
    def _prepare_onestop_hours(self):
        weekdays = self.env["resource.calendar.attendance"]._fields["dayofweek"]
        labels = dict(weekdays._description_selection(self.env))
        return {
            "name": self.env._("Opening hours of the Centre"),
            "tz": LEGAL_ZONE,
            "attendance_ids": [Command.clear()]
            + [
                Command.create(
                    {
                        "name": labels[str(weekday)],
                        "dayofweek": str(weekday),
                        "day_period": period,
                        "hour_from": start,
                        "hour_to": end,
                    }
                )
                for weekday in range(5)
                for period, start, end in DEFAULT_HOURS
            ],
        }

    @api.model
    def _init_onestop_calendars(self):
        """Give Centres their hours at installation, and publish first revisions.

        Hours that differ from what Odoo gives to a new company were set by somebody
        and stay.
        """
        companies = self.search(Domain.TRUE)
        for calendar in companies.resource_calendar_id:
            lines = calendar._get_global_attendances()
            if {(line.hour_from, line.hour_to) for line in lines} == ODOO_HOURS:
                calendar.write(self._prepare_onestop_hours())
        companies._publish_calendar()

    # ------------------------------------------------------------
    # Calendar
    # ------------------------------------------------------------

    def _onestop_calendar(self):
        """The calendar revision in force, which new computations name.

        A Centre that never published counts from a first revision made now.
        """
        self.ensure_one()
        # sudo: onestop.calendar.revision - the clock serves whoever sees the dossier
        revisions = self.env["onestop.calendar.revision"].sudo()
        revision = revisions.search([("company_id", "=", self.id)], limit=1)
        if not revision:
            # sudo: res.company - no right to publish is needed for the first time
            revision = self.sudo()._publish_calendar()
        return revision.sudo(False)

    def _onestop_clock(self):
        """The :class:`WorkCalendar` in force at this Centre."""
        return self._onestop_calendar()._clock()

    def action_publish_calendar(self):
        """Publish days and hours as they stand now.

        Nothing is published for a Centre where nothing changed.

        :return: a notification that names what was published
        :raise AccessError: unless the user may change the calendar
        :raise UserError: when the hours cannot be understood
        """
        self.env["onestop.calendar.day"]._check_may_publish()
        before = {company: company._onestop_calendar() for company in self}
        # sudo: onestop.calendar.revision - nobody may write them but this method
        after = self.sudo()._publish_calendar()
        new = [revision.name for revision in after if revision not in before.values()]
        message = (
            self.env._("Published: %(names)s", names=", ".join(new))
            if new
            else self.env._("Nothing has changed since the last publication.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": "success" if new else "info"},
        }

    def _publish_calendar(self):
        """Publish days and hours; return the revisions in force afterwards."""
        revisions = self.env["onestop.calendar.revision"]
        for company in self:
            revision, is_new = revisions._publish(company, company._current_calendar())
            company.resource_calendar_id._mirror_legal_days(revision._clock())
            if is_new:
                company._calendar_published(revision)
            revisions |= revision
        return revisions

    def _calendar_published(self, revision):
        """Hook: a new calendar revision is in force at this Centre.

        Upper rooms override it to ask what becomes of running dossiers: a change of
        the calendar moves their due dates only by an event of their own.

        :param revision: the new ``onestop.calendar.revision``
        """

    def _current_calendar(self):
        """The days and hours of this moment as a :class:`WorkCalendar`."""
        self.ensure_one()
        source = self.resource_calendar_id
        if not source or source.two_weeks_calendar or source.flexible_hours:
            raise UserError(
                self.env._(
                    "The opening hours of %(centre)s must be fixed hours, the same "
                    "every week.",
                    centre=self.display_name,
                )
            )
        hours = {}
        for line in source._get_global_attendances().sorted("hour_from"):
            hours.setdefault(int(line.dayofweek), []).append(
                (_clock_time(line.hour_from), _clock_time(line.hour_to))
            )
        days = [
            (
                day.date,
                NamedDay(DayKind(day.kind), day.name, day.provisional),
                day.replaces_date or None,
            )
            for day in self.env["onestop.calendar.day"].search([])
        ]
        try:
            return WorkCalendar.from_days(ZoneInfo(source.tz), hours, days)
        except ClockError as error:
            raise UserError(
                self.env._(
                    "The opening hours of %(centre)s cannot be used: %(reason)s",
                    centre=self.display_name,
                    reason=error,
                )
            ) from error

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        # sudo: res.company - a Centre has a calendar from its first second on
        companies.sudo()._publish_calendar()
        return companies


def _clock_time(hour: float) -> time:
    return float_to_time(hour).replace(microsecond=0)
