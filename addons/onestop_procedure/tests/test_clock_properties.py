# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What must hold for any calendar, any reception and any limit."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.onestop_procedure.clock import (
    Unit,
    WorkCalendar,
    add_working_seconds,
    due_at,
    explain,
    shift,
    timeliness,
    working_seconds,
)

from .clock_common import (
    calendars,
    dates,
    instants,
    limits,
    naive_due,
    naive_start,
    reproducible,
)


@tagged("post_install", "-at_install")
class TestClockProperties(BaseCase):
    @reproducible
    @given(instants, calendars())
    def test_normalise_is_idempotent_and_never_earlier(self, received, calendar):
        start = calendar.normalise(received)
        self.assertEqual(calendar.normalise(start), start)
        self.assertGreaterEqual(start, calendar.local(received))
        self.assertEqual(start, naive_start(received, calendar))

    @reproducible
    @given(instants, limits, calendars())
    def test_due_is_a_working_moment(self, received, limit, calendar):
        due = due_at(received, limit, calendar)
        self.assertEqual(calendar.normalise(due), due)
        self.assertGreaterEqual(due, calendar.local(received))

    @reproducible
    @given(instants, instants, limits, calendars())
    def test_due_is_monotone_in_reception(self, one, two, limit, calendar):
        one, two = sorted([one, two])
        self.assertLessEqual(due_at(one, limit, calendar), due_at(two, limit, calendar))

    @reproducible
    @given(instants, st.integers(0, 3 * 86400), limits, calendars())
    def test_due_is_monotone_in_close_receptions(self, one, gap, limit, calendar):
        two = one + timedelta(seconds=gap)
        self.assertLessEqual(due_at(one, limit, calendar), due_at(two, limit, calendar))

    @reproducible
    @given(instants, limits, st.integers(0, 20), st.integers(0, 5), calendars())
    def test_due_is_monotone_in_value(self, received, limit, more, extra, calendar):
        longer = replace(
            limit, value=limit.value + more, extra_days=limit.extra_days + extra
        )
        self.assertLessEqual(
            due_at(received, limit, calendar), due_at(received, longer, calendar)
        )

    @reproducible
    @given(instants, limits, dates, st.integers(0, 20), calendars())
    def test_a_holiday_never_makes_it_earlier(
        self, received, limit, day, near, calendar
    ):
        near_day = calendar.local(received).date() + timedelta(days=near)
        stricter = WorkCalendar(
            calendar.zone,
            calendar.hours,
            calendar.days_off | {day, near_day},
            calendar.swap_work,
        )
        self.assertLessEqual(
            due_at(received, limit, calendar), due_at(received, limit, stricter)
        )

    @reproducible
    @given(instants, limits, calendars())
    def test_due_agrees_with_plain_counting(self, received, limit, calendar):
        plain = replace(limit, extra_days=0, cut_off=None, appointment="closing")
        self.assertEqual(
            due_at(received, plain, calendar), naive_due(received, plain, calendar)
        )

    @reproducible
    @given(instants, st.integers(0, 60 * 8 * 3600), calendars())
    def test_add_is_the_inverse_of_working_seconds(self, start, seconds, calendar):
        end = add_working_seconds(start, seconds, calendar)
        self.assertEqual(working_seconds(start, end, calendar), seconds)
        self.assertEqual(calendar.normalise(end), end)

    @reproducible
    @given(instants, st.integers(0, 30 * 86400), calendars())
    def test_working_seconds_lead_back(self, start, gap, calendar):
        end = calendar.normalise(start + timedelta(seconds=gap))
        seconds = working_seconds(start, end, calendar)
        reached = add_working_seconds(start, seconds, calendar)
        self.assertLessEqual(reached, end)
        self.assertEqual(working_seconds(reached, end, calendar), 0)

    @reproducible
    @given(st.lists(instants, min_size=3, max_size=3), calendars())
    def test_working_seconds_add_up(self, moments, calendar):
        one, two, three = moments
        self.assertEqual(
            working_seconds(one, two, calendar) + working_seconds(two, three, calendar),
            working_seconds(one, three, calendar),
        )

    @reproducible
    @given(instants, limits, calendars())
    def test_explanation_ends_on_the_due_day(self, received, limit, calendar):
        lines = explain(received, limit, calendar)
        due = due_at(received, limit, calendar).date()
        counted = [line for line in lines if line.counted is not None]
        self.assertEqual(counted[-1].date, due)
        self.assertEqual([line.date for line in lines if line.is_due], [due])
        first = calendar.local(received).date()
        self.assertEqual(
            [line.date for line in lines],
            [first + timedelta(days=n) for n in range((due - first).days + 1)],
        )

    @reproducible
    @given(instants, limits, calendars())
    def test_explanation_counts_without_gaps(self, received, limit, calendar):
        lines = explain(received, limit, calendar)
        numbers = [line.counted for line in lines if line.counted]
        self.assertEqual(numbers, list(range(1, len(numbers) + 1)))
        if limit.unit in (Unit.WORKDAY, Unit.DAY):
            self.assertEqual(len(numbers), limit.value + limit.extra_days)
        if limit.unit is Unit.HOUR:
            self.assertEqual(sum(line.seconds for line in lines), limit.value * 3600)

    @reproducible
    @given(instants, limits, instants, st.integers(0, 40 * 86400), calendars())
    def test_a_pause_never_shortens(self, received, limit, paused, length, calendar):
        due = due_at(received, limit, calendar)
        moved = shift(due, paused, paused + timedelta(seconds=length), calendar)
        self.assertGreaterEqual(moved, due)
        self.assertEqual(calendar.normalise(moved), moved)

    @reproducible
    @given(instants, instants, calendars())
    def test_timeliness_follows_the_local_date(self, finished, due, calendar):
        days = calendar.local(finished).date() - calendar.local(due).date()
        verdict = timeliness(finished, due, calendar)
        self.assertEqual(
            verdict,
            ("early", "on_time", "late")[(days > timedelta()) + (days >= timedelta())],
        )

    @reproducible
    @given(calendars())
    def test_snapshot_round_trip(self, calendar):
        again = WorkCalendar.from_snapshot(calendar.to_snapshot())
        self.assertEqual(again, calendar)
        self.assertEqual(hash(again), hash(calendar))

    @reproducible
    @given(dates, calendars())
    def test_next_and_previous_working_day_meet(self, day, calendar):
        assume(calendar.is_working(day))
        # assume() does return, when it is true.
        self.assertEqual(  # pylint: disable=unreachable
            calendar.previous_working_day(calendar.next_working_day(day)), day
        )
