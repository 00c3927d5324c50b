# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Working time used and left."""

from datetime import UTC, datetime

from odoo.tests import tagged

from odoo.addons.onestop_procedure.clock import (
    ClockError,
    Timeliness,
    add_working_seconds,
    remaining,
    timeliness,
    used_share,
    working_seconds,
)

from .clock_common import ClockCase, local

HOUR = 3600


@tagged("post_install", "-at_install")
class TestElapsed(ClockCase):
    def test_working_seconds_over_lunch_and_night(self):
        seconds = working_seconds(
            local(2026, 11, 5, 10), local(2026, 11, 6, 8), self.calendar
        )
        self.assertEqual(seconds, 6 * HOUR)

    def test_a_year_has_its_working_days(self):
        """2026: 261 weekdays, less 14 days off, with 2 swapped Saturdays."""
        seconds = working_seconds(local(2026, 1, 1), local(2027, 1, 1), self.calendar)
        self.assertEqual(seconds, (261 - 14 + 2) * 8 * HOUR)

    def test_remaining_two_days(self):
        left = remaining(local(2026, 11, 5, 16), local(2026, 11, 9, 17), self.calendar)
        self.assertEqual((left.days, left.hours, left.is_late), (2, 1, False))

    def test_remaining_is_negative_when_late(self):
        left = remaining(local(2026, 11, 9, 9), local(2026, 11, 5, 17), self.calendar)
        self.assertEqual((left.days, left.hours, left.is_late), (-1, -2, True))

    def test_late_by_no_working_time(self):
        left = remaining(local(2026, 11, 5, 19), local(2026, 11, 5, 17), self.calendar)
        self.assertEqual((left.seconds, left.is_late), (0, True))

    def test_used_share(self):
        start, due = local(2026, 11, 5, 9), local(2026, 11, 6, 9)
        for now, share in [
            (start, 0.0),
            (local(2026, 11, 5, 15), 0.5),
            (due, 1.0),
            (local(2026, 11, 6, 15), 1.5),
        ]:
            self.assertEqual(used_share(start, now, due, self.calendar), share)

    def test_negative_addition_is_refused(self):
        with self.assertRaises(ClockError):
            add_working_seconds(local(2026, 11, 5), -1, self.calendar)


@tagged("post_install", "-at_install")
class TestTimeliness(ClockCase):
    def test_by_day_not_by_hour(self):
        due = local(2026, 11, 5, 11)
        for finished, expected in [
            (local(2026, 11, 4, 23), Timeliness.EARLY),
            (local(2026, 11, 5, 7), Timeliness.ON_TIME),
            (local(2026, 11, 5, 23, 59), Timeliness.ON_TIME),
            (local(2026, 11, 6), Timeliness.LATE),
        ]:
            self.assertEqual(timeliness(finished, due, self.calendar), expected)

    def test_the_legal_day_is_not_the_utc_day(self):
        finished = datetime(2026, 11, 5, 18, tzinfo=UTC)
        self.assertEqual(
            timeliness(finished, local(2026, 11, 5, 17), self.calendar),
            Timeliness.LATE,
        )
