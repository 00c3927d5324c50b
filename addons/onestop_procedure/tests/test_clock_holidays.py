# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The carried calendar against the package ``holidays``, where that one is right."""

from datetime import date, timedelta

import holidays

from odoo.tests import BaseCase, tagged

from odoo.addons.onestop_procedure.clock import DayKind

from .clock_common import official_calendar

# Swap decreed by 9441/TB-BNV (2 January 2026 for Saturday 10 January) and by
# 3383/BNV-CVL (31 August for 22 August): the package may not know them.
DECREED_SWAPS = {
    date(2026, 1, 2),
    date(2026, 1, 10),
    date(2026, 8, 31),
    date(2026, 8, 22),
}


@tagged("post_install", "-at_install")
class TestOfficialDays(BaseCase):
    def test_days_off_of_decreed_years(self):
        calendar = official_calendar()
        for year in (2024, 2025, 2026):
            package = holidays.country_holidays("VN", years=year)
            day = date(year, 1, 1)
            while day.year == year:
                if day.weekday() < 5 and day not in DECREED_SWAPS:
                    self.assertEqual(
                        calendar.is_working(day), day not in package, str(day)
                    )
                day += timedelta(days=1)

    def test_fixed_days_of_2027(self):
        calendar = official_calendar()
        package = holidays.country_holidays("VN", years=2027)
        for month, day in [(1, 1), (4, 16), (4, 30), (5, 3), (9, 2)]:
            self.assertIn(date(2027, month, day), package)
            self.assertFalse(calendar.is_working(date(2027, month, day)))

    def test_tet_of_2027_is_provisional(self):
        calendar = official_calendar()
        for day in (5, 8, 9, 10, 11):
            self.assertTrue(calendar.names[date(2027, 2, day)].provisional)

    def test_a_swap_has_two_sides(self):
        kinds = [named.kind for named in official_calendar().names.values()]
        self.assertEqual(kinds.count(DayKind.SWAP_OFF), kinds.count(DayKind.SWAP_WORK))

    def test_swapped_days_work_on_saturdays(self):
        calendar = official_calendar()
        for day, weekday in calendar.swap_work.items():
            self.assertEqual(day.weekday(), 5)
            self.assertTrue(calendar.is_working(day))
            self.assertIn(weekday, range(5))

    def test_every_day_off_falls_on_a_weekday(self):
        for day in official_calendar().days_off:
            self.assertLess(day.weekday(), 5, str(day))
