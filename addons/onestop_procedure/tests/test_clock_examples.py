# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The clock on real days of 2024-2027, with the official calendar."""

from datetime import UTC, datetime, time

from odoo.tests import tagged

from odoo.addons.onestop_procedure.clock import (
    Limit,
    Unit,
    due_at,
    restart,
    shift,
)

from .clock_common import ClockCase, local


@tagged("post_install", "-at_install")
class TestWorkdays(ClockCase):
    def test_three_days_over_national_day(self):
        self.assertDue(local(2024, 8, 29, 9), 3, "workday", local(2024, 9, 5, 17))

    def test_three_days_over_a_swapped_saturday(self):
        self.assertDue(local(2025, 4, 25, 16, 30), 3, "workday", local(2025, 4, 29, 17))

    def test_five_days_over_a_plain_weekend(self):
        self.assertDue(local(2024, 2, 16, 10), 5, "workday", local(2024, 2, 23, 17))

    def test_swapped_day_off_is_skipped(self):
        self.assertDue(local(2025, 12, 31, 8), 1, "workday", local(2026, 1, 5, 17))

    def test_make_up_day_is_skipped(self):
        self.assertDue(local(2026, 4, 24, 8), 1, "workday", local(2026, 4, 28, 17))

    def test_culture_day_counts_from_2026_only(self):
        self.assertDue(local(2025, 11, 21, 8), 2, "workday", local(2025, 11, 25, 17))
        self.assertDue(local(2026, 11, 20, 8), 2, "workday", local(2026, 11, 25, 17))

    def test_after_closing_counts_from_the_next_working_day(self):
        self.assertDue(
            local(2026, 11, 5, 17, 0, 1), 1, "workday", local(2026, 11, 9, 17)
        )

    def test_at_closing_still_counts_from_today(self):
        self.assertDue(local(2026, 11, 5, 17), 1, "workday", local(2026, 11, 6, 17))

    def test_received_on_sunday_counts_from_monday(self):
        self.assertDue(local(2026, 11, 8, 9), 1, "workday", local(2026, 11, 10, 17))

    def test_received_on_a_swapped_saturday_counts_from_it(self):
        self.assertDue(local(2026, 8, 22, 9), 1, "workday", local(2026, 8, 24, 17))

    def test_no_day_is_the_same_day(self):
        self.assertDue(local(2026, 11, 5, 9), 0, "workday", local(2026, 11, 5, 17))

    def test_same_time_instead_of_closing(self):
        self.assertDue(
            local(2026, 11, 5, 9, 20),
            2,
            "workday",
            local(2026, 11, 9, 9, 20),
            appointment="same_time",
        )

    def test_utc_evening_is_the_next_legal_day(self):
        """23:30 UTC on Sunday is half past six on Monday in An Giang."""
        received = datetime(2026, 11, 8, 23, 30, tzinfo=UTC)
        self.assertDue(received, 1, "workday", local(2026, 11, 10, 17))

    def test_remote_area_adds_working_days(self):
        self.assertDue(
            local(2026, 11, 5, 9), 3, "workday", local(2026, 11, 17, 17), extra_days=5
        )

    def test_provisional_tet_of_2027(self):
        self.assertDue(local(2027, 2, 4, 9), 1, "workday", local(2027, 2, 12, 17))


@tagged("post_install", "-at_install")
class TestCutOff(ClockCase):
    def test_same_day_result_before_the_cut_off(self):
        self.assertDue(
            local(2026, 11, 5, 15),
            0,
            "workday",
            local(2026, 11, 5, 17),
            cut_off=time(15),
        )

    def test_after_the_cut_off_the_next_working_day(self):
        self.assertDue(
            local(2026, 11, 6, 15, 0, 1),
            0,
            "workday",
            local(2026, 11, 9, 17),
            cut_off=time(15),
        )

    def test_hours_start_at_the_next_opening(self):
        self.assertDue(
            local(2026, 11, 5, 16, 10),
            4,
            "hour",
            local(2026, 11, 6, 11),
            cut_off=time(16),
        )

    def test_reception_on_a_day_off_is_not_cut_twice(self):
        self.assertDue(
            local(2026, 11, 7, 16),
            0,
            "workday",
            local(2026, 11, 9, 17),
            cut_off=time(15),
        )


@tagged("post_install", "-at_install")
class TestHours(ClockCase):
    def test_eight_hours_of_an_online_dossier(self):
        """NĐ 45/2020, Điều 11: answer within 8 working hours."""
        self.assertDue(local(2026, 11, 5, 9), 8, "hour", local(2026, 11, 6, 9))

    def test_lunch_break_does_not_count(self):
        self.assertDue(local(2026, 11, 5, 11), 1, "hour", local(2026, 11, 5, 14))

    def test_received_in_the_lunch_break(self):
        self.assertDue(local(2026, 11, 5, 12), 1, "hour", local(2026, 11, 5, 14, 30))

    def test_received_before_opening(self):
        self.assertDue(local(2026, 11, 5, 5), 2, "hour", local(2026, 11, 5, 9))

    def test_over_the_weekend(self):
        self.assertDue(local(2026, 11, 6, 16), 2, "hour", local(2026, 11, 9, 8))

    def test_full_day_ends_at_closing(self):
        self.assertDue(local(2026, 11, 6, 7), 8, "hour", local(2026, 11, 6, 17))


@tagged("post_install", "-at_install")
class TestDaysAndMonths(ClockCase):
    def test_calendar_days_count_weekends(self):
        self.assertDue(local(2026, 11, 5, 9), 5, "day", local(2026, 11, 10, 17))

    def test_last_day_off_moves_on(self):
        self.assertDue(local(2026, 11, 5, 9), 2, "day", local(2026, 11, 9, 17))

    def test_last_day_in_tet_moves_behind_it(self):
        self.assertDue(local(2026, 2, 6, 9), 10, "day", local(2026, 2, 23, 17))

    def test_swapped_saturday_is_a_good_last_day(self):
        self.assertDue(local(2026, 8, 19, 9), 3, "day", local(2026, 8, 22, 17))

    def test_month_keeps_the_day(self):
        self.assertDue(local(2026, 11, 5, 9), 1, "month", local(2026, 12, 7, 17))

    def test_month_end_is_clipped(self):
        self.assertDue(local(2024, 1, 31, 9), 1, "month", local(2024, 2, 29, 17))
        self.assertDue(local(2025, 10, 31, 9), 1, "month", local(2025, 12, 1, 17))

    def test_no_limit(self):
        self.assertIsNone(
            due_at(local(2026, 11, 5, 9), Limit(0, Unit.NONE), self.calendar)
        )


@tagged("post_install", "-at_install")
class TestPauses(ClockCase):
    def test_shift_moves_by_the_pause(self):
        due = shift(
            local(2026, 11, 10, 17),
            local(2026, 11, 5, 9),
            local(2026, 11, 6, 9),
            self.calendar,
        )
        self.assertEqual(due, local(2026, 11, 11, 17))

    def test_shift_lands_on_a_working_moment(self):
        due = shift(
            local(2026, 11, 6, 17),
            local(2026, 11, 5, 9),
            local(2026, 11, 5, 10),
            self.calendar,
        )
        self.assertEqual(due, local(2026, 11, 9, 7))

    def test_shift_never_goes_back(self):
        due = local(2026, 11, 6, 17)
        self.assertEqual(
            shift(due, local(2026, 11, 5, 9), local(2026, 11, 4, 9), self.calendar),
            due,
        )

    def test_restart_counts_from_zero(self):
        due = restart(local(2026, 11, 9, 9), Limit(3, "workday"), self.calendar)
        self.assertEqual(due, local(2026, 11, 12, 17))
