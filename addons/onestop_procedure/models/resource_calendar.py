# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import datetime, time, timedelta

from pytz import timezone, utc

from odoo import models
from odoo.fields import Domain
from odoo.tools.date_utils import float_to_time
from odoo.tools.intervals import Intervals


class ResourceCalendar(models.Model):
    """Odoo's own planning on the working time of a Centre."""

    _inherit = "resource.calendar"

    def _mirror_legal_days(self, clock):
        """Make the public time off of this calendar follow a published calendar.

        :param clock: the :class:`WorkCalendar` in force
        """
        self.ensure_one()
        # sudo: resource.calendar.leaves - time off of everybody is the system's to keep
        leaves = self.env["resource.calendar.leaves"].sudo()
        mirrored = leaves.search(
            [("calendar_id", "=", self.id), ("onestop_date", "!=", False)]
        )
        wanted = {day: self._prepare_legal_leave(day, clock) for day in clock.days_off}
        for leave in mirrored:
            values = wanted.pop(leave.onestop_date, None)
            if not values:
                leave.unlink()
            elif any(leave[name] != values[name] for name in ("name", "date_from")):
                leave.write(values)
        leaves.create(list(wanted.values()))

    def _prepare_legal_leave(self, day, clock):
        first, last = (
            clock.at(day, moment).astimezone(utc).replace(tzinfo=None)
            for moment in (time.min, time(23, 59, 59))
        )
        return {
            "name": clock.names[day].name,
            "onestop_date": day,
            "calendar_id": self.id,
            "date_from": first,
            "date_to": last,
        }

    def _attendance_intervals_batch(
        self, start_dt, end_dt, resources=None, domain=None, tz=None, lunch=False
    ):
        result = super()._attendance_intervals_batch(
            start_dt, end_dt, resources, domain, tz, lunch
        )
        low, high = (
            (start_dt - timedelta(days=1)).date(),
            (end_dt + timedelta(days=1)).date(),
        )
        swaps = {
            day: weekday
            for day, weekday in self._swapped_days().items()
            if low <= day <= high
        }
        if not swaps or self.flexible_hours:
            return result
        resources = {resource.id: resource for resource in resources or ()}
        for key, intervals in result.items():
            resource = resources.get(key, self.env["resource.resource"])
            if resource and resource._is_fully_flexible():
                continue
            zone = tz or timezone((resource or self).tz)
            extra = self._swapped_intervals(swaps, zone, domain, lunch)
            kept = [item for item in intervals if item[0].date() not in swaps]
            cut = (
                (
                    max(start, start_dt.astimezone(zone)),
                    min(end, end_dt.astimezone(zone)),
                    line,
                )
                for start, end, line in extra
            )
            kept += [item for item in cut if item[0] < item[1]]
            result[key] = Intervals(kept, keep_distinct=True)
        return result

    def _swapped_days(self):
        """Swapped working days in force, with the weekday whose hours apply."""
        # sudo: res.company - whose opening hours these are is no secret
        company = self.env["res.company"].sudo()
        company = company.search([("resource_calendar_id", "=", self.id)], limit=1)
        revisions = self.env["onestop.calendar.revision"].sudo()
        revision = revisions.search([("company_id", "in", company.ids)], limit=1)
        return revision._clock().swap_work if revision else {}

    def _swapped_intervals(self, swaps, zone, domain, lunch):
        lines = self.attendance_ids.filtered_domain(
            Domain(domain or Domain.TRUE)
            & Domain("display_type", "=", False)
            & Domain("day_period", "=" if lunch else "!=", "lunch")
        )
        return [
            tuple(
                zone.localize(datetime.combine(day, float_to_time(hour)))
                for hour in (line.hour_from, line.hour_to)
            )
            + (line,)
            for day, weekday in swaps.items()
            for line in lines
            if int(line.dayofweek) == weekday
        ]
