# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What people read about a deadline, and the calendar it was read from."""

from datetime import date, datetime, time, timedelta

from odoo.tests import tagged

from odoo.addons.onestop_procedure.clock import (
    ClockError,
    Limit,
    Reason,
    WorkCalendar,
    explain,
)

from .clock_common import AFTERNOON, MORNING, OFFICE_HOURS, ZONE, ClockCase, local

HOUR = 3600


@tagged("post_install", "-at_install")
class TestExplain(ClockCase):
    def told(self, received, limit):
        return [
            (line.date.strftime("%d/%m"), line.counted, line.reason)
            for line in explain(received, limit, self.calendar)
        ]

    def test_holidays_have_names(self):
        lines = explain(local(2024, 8, 29, 9), Limit(3, "workday"), self.calendar)
        self.assertEqual(
            [(line.date.day, line.counted, line.reason) for line in lines],
            [
                (29, None, Reason.RECEPTION),
                (30, 1, Reason.WORKING),
                (31, None, Reason.WEEKEND),
                (1, None, Reason.WEEKEND),
                (2, None, Reason.HOLIDAY),
                (3, None, Reason.HOLIDAY),
                (4, 2, Reason.WORKING),
                (5, 3, Reason.WORKING),
            ],
        )
        self.assertEqual(lines[4].name, "Quốc khánh")
        self.assertEqual([line.is_due for line in lines], [False] * 7 + [True])

    def test_swaps_and_make_up_days(self):
        self.assertEqual(
            self.told(local(2025, 4, 25, 18), Limit(3, "workday")),
            [
                ("25/04", None, Reason.AFTER_HOURS),
                ("26/04", None, Reason.RECEPTION),
                ("27/04", None, Reason.WEEKEND),
                ("28/04", 1, Reason.WORKING),
                ("29/04", 2, Reason.WORKING),
                ("30/04", None, Reason.HOLIDAY),
                ("01/05", None, Reason.HOLIDAY),
                ("02/05", None, Reason.SWAP_OFF),
                ("03/05", None, Reason.WEEKEND),
                ("04/05", None, Reason.WEEKEND),
                ("05/05", 3, Reason.WORKING),
            ],
        )
        self.assertIn(
            ("26/04", 1, Reason.SWAP_WORK),
            self.told(local(2025, 4, 25, 9), Limit(1, "workday")),
        )
        self.assertIn(
            ("27/04", None, Reason.MAKEUP),
            self.told(local(2026, 4, 24, 9), Limit(1, "workday")),
        )

    def test_rolled_last_day_gives_its_number_on(self):
        self.assertEqual(
            self.told(local(2026, 11, 5, 9), Limit(2, "day")),
            [
                ("05/11", None, Reason.RECEPTION),
                ("06/11", 1, Reason.CALENDAR_DAY),
                ("07/11", None, Reason.WEEKEND),
                ("08/11", None, Reason.WEEKEND),
                ("09/11", 2, Reason.CALENDAR_DAY),
            ],
        )

    def test_cut_off(self):
        self.assertEqual(
            self.told(local(2026, 11, 6, 16), Limit(0, "workday", cut_off=time(15))),
            [
                ("06/11", None, Reason.CUT_OFF),
                ("07/11", None, Reason.WEEKEND),
                ("08/11", None, Reason.WEEKEND),
                ("09/11", 0, Reason.SAME_DAY),
            ],
        )

    def test_hours_of_each_day(self):
        lines = explain(local(2026, 11, 5, 9), Limit(12, "hour"), self.calendar)
        self.assertEqual(
            [(line.counted, line.seconds) for line in lines],
            [(1, 6 * HOUR), (2, 6 * HOUR)],
        )

    def test_extra_days_are_marked(self):
        lines = explain(
            local(2026, 11, 5, 9), Limit(1, "workday", extra_days=1), self.calendar
        )
        self.assertEqual(
            [(line.counted, line.is_extra) for line in lines],
            [(None, False), (1, False), (None, True), (None, True), (2, True)],
        )

    def test_provisional_days_say_so(self):
        lines = explain(local(2027, 2, 4, 9), Limit(1, "workday"), self.calendar)
        self.assertTrue(lines[1].provisional)
        self.assertFalse(lines[-1].provisional)

    def test_no_limit_needs_no_explanation(self):
        self.assertEqual(self.told(local(2026, 11, 5, 9), Limit(0, "none")), [])


@tagged("post_install", "-at_install")
class TestWorkCalendar(ClockCase):
    def test_swapped_day_borrows_hours(self):
        saturday, friday = date(2026, 1, 10), 4
        calendar = WorkCalendar(
            ZONE,
            {**OFFICE_HOURS, friday: (MORNING,)},
            swap_work={saturday: friday},
        )
        self.assertEqual(calendar.intervals(saturday), (MORNING,))
        self.assertEqual(self.calendar.intervals(saturday), (MORNING, AFTERNOON))

    def test_snapshot_survives_json(self):
        self.assertEqual(
            WorkCalendar.from_snapshot(self.calendar.to_snapshot()), self.calendar
        )

    def test_nonsense_is_refused(self):
        for hours, swap_work in [
            ({}, {}),
            ({0: ()}, {}),
            ({7: (MORNING,)}, {}),
            ({0: (AFTERNOON, MORNING)}, {}),
            ({0: ((time(9), time(9)),)}, {}),
            ({0: (MORNING,)}, {date(2026, 1, 10): 4}),
        ]:
            with self.subTest(hours=hours), self.assertRaises(ClockError):
                WorkCalendar(ZONE, hours, swap_work=swap_work)
        for snapshot in ({}, {"zone": "Nowhere", "hours": {}}, {"zone": 3}):
            with self.subTest(snapshot=snapshot), self.assertRaises(ClockError):
                WorkCalendar.from_snapshot(snapshot)
        with self.assertRaises(ClockError):
            Limit(-1, "day")
        with self.assertRaises(ClockError):
            Limit(1, "fortnight")

    def test_naive_instants_are_refused(self):
        with self.assertRaises(ClockError):
            self.calendar.normalise(datetime(2026, 11, 5, 9))

    def test_a_calendar_closed_for_ever_is_an_error(self):
        start = date(2026, 1, 1)
        closed = WorkCalendar(
            ZONE, OFFICE_HOURS, {start + timedelta(days=n) for n in range(600)}
        )
        with self.assertRaises(ClockError):
            closed.next_working_day(start)
