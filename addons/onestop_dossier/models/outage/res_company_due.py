# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import time, timedelta

from odoo import models

from odoo.addons.onestop_procedure import clock

from ..clock.dossier_clock import aware, naive

# Nobody is received outside these hours.
FIRST, LAST = 6, 20
# Minutes between two looks at a limit in hours, which ends at another time each minute.
EACH = 5


class ResCompany(models.Model):
    """Due dates computed beforehand, for a desk that cannot ask."""

    _inherit = "res.company"

    def _outage_days(self, day):
        """The legal day, and the next one on which the Centre works."""
        return [day, self._onestop_clock().next_working_day(day)]

    def _outage_due(self, limits, days):
        """When a dossier received on ``days`` is due, for each limit.

        :param limits: :class:`clock.Limit`; for hours the table is exact to 5 minutes.
        :return: for each limit {day: [[minute of the day, due as ISO, in words], …]},
            each line from its minute on until the next.
        """
        calendar = self._onestop_clock()
        return [
            {
                day.isoformat(): self._due_lines(limit, day, calendar)
                for day in days
                if limit.unit is not clock.Unit.NONE
            }
            for limit in limits
        ]

    def _due_lines(self, limit, day, calendar):
        desk = self.env["onestop.reception.desk"]
        lines, last = [], None
        for minute in self._due_minutes(limit, day, calendar):
            moment = calendar.at(day, time(*divmod(minute, 60)))
            due = naive(clock.due_at(moment, limit, calendar))
            if due != last:
                lines.append([minute, f"{due.isoformat()}Z", desk._when(due)])
                last = due
        return lines

    def _due_minutes(self, limit, day, calendar):
        """Minutes of the day at which the due date may change."""
        moving = limit.unit is clock.Unit.HOUR or (
            limit.unit is clock.Unit.WORKDAY
            and limit.appointment is clock.Appointment.SAME_TIME
        )
        if moving:
            return range(FIRST * 60, LAST * 60, EACH)
        edges = {0}
        for interval in calendar.intervals(day):
            for edge in interval:
                minute = edge.hour * 60 + edge.minute
                edges |= {minute, minute + 1}
        if limit.cut_off:
            edges.add(limit.cut_off.hour * 60 + limit.cut_off.minute + 1)
        return sorted(minute for minute in edges if minute < 24 * 60)

    def _outage_closes_soon(self, now):
        """Whether the Centre closes within two hours (``now`` naive UTC)."""
        calendar = self._onestop_clock()
        local = calendar.local(aware(now))
        if not calendar.is_working(local.date()):
            return True
        return local >= calendar.closing(local.date()) - timedelta(hours=2)
