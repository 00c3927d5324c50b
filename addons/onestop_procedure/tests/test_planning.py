# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Odoo's own planning says what the clock says."""

from datetime import date, datetime, timedelta

import psycopg2
from pytz import utc

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.onestop_procedure.clock import add_working_seconds

from .calendar_common import CalendarCase
from .clock_common import OFFICE_HOURS, ZONE, local


@tagged("post_install", "-at_install")
class TestPlanning(CalendarCase):
    def assertPlansAlike(self, start, hours):
        calendar = self.centre.resource_calendar_id
        planned = calendar.plan_hours(hours, start.astimezone(utc), compute_leaves=True)
        clock = self.centre._onestop_clock()
        due = add_working_seconds(start, hours * 3600, clock)
        self.assertEqual(planned, due)

    def test_over_holidays_swaps_and_weekends(self):
        self.publish()
        for start, hours in [
            (local(2024, 8, 29, 9), 24),
            (local(2025, 4, 25, 16, 30), 9),
            (local(2026, 1, 1, 8), 30),
            (local(2026, 1, 9, 16), 5),
            (local(2026, 8, 21, 12), 12),
            (local(2026, 8, 22, 9, 30), 40),
            (local(2027, 2, 4, 16), 3),
        ]:
            with self.subTest(start=start, hours=hours):
                self.assertPlansAlike(start, hours)

    def test_through_a_whole_year(self):
        self.publish()
        start = datetime(2026, 1, 1, 6, tzinfo=ZONE)
        for step in range(0, 365, 13):
            moment = start + timedelta(days=step, hours=step % 11)
            with self.subTest(moment=moment):
                self.assertPlansAlike(moment, 1 + step % 17)

    def test_a_borrowed_friday_is_as_short_as_friday(self):
        lines = self.centre.resource_calendar_id.attendance_ids
        lines.filtered(
            lambda line: line.dayofweek == "4" and line.day_period == "afternoon"
        ).unlink()
        self.publish()
        self.assertEqual(
            self.centre._onestop_clock().intervals(date(2026, 1, 10)),
            (OFFICE_HOURS[0][0],),
        )
        self.assertPlansAlike(local(2026, 1, 10, 7), 10)

    def test_a_worked_saturday_is_replaced_not_doubled(self):
        calendar = self.centre.resource_calendar_id
        calendar.attendance_ids = [
            Command.create(
                {
                    "name": "Saturday",
                    "dayofweek": "5",
                    "day_period": "morning",
                    "hour_from": 7,
                    "hour_to": 10,
                }
            )
        ]
        self.publish()
        self.assertPlansAlike(local(2026, 1, 9, 16), 8)

    def test_unpublished_days_do_not_plan(self):
        self.publish()
        self.days.create({"date": "2026-11-06", "name": "Feast"})
        self.assertPlansAlike(local(2026, 11, 5, 16), 5)

    def test_a_day_that_is_taken_back(self):
        day = self.days.create({"date": "2026-11-06", "name": "Feast"})
        self.publish()
        self.assertPlansAlike(local(2026, 11, 5, 16), 5)
        day.unlink()
        self.publish()
        self.assertPlansAlike(local(2026, 11, 5, 16), 5)

    def test_another_calendar_stays_as_it_is(self):
        self.publish()
        other = self.env["resource.calendar"].create(
            {"name": "Shift", "tz": ZONE.key, "company_id": self.centre.id}
        )
        saturday = local(2026, 1, 10).astimezone(utc)
        intervals = other._attendance_intervals_batch(
            saturday, saturday + timedelta(days=1)
        )
        self.assertFalse(list(intervals[False]))

    def test_bad_dates_of_replacement(self):
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
        ):
            self.days.create(
                {"date": "2031-03-03", "name": "F", "replaces_date": "2031-03-04"}
            )
