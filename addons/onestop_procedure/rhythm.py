# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Periods of duties that recur: pure functions without database access."""

from collections.abc import Iterator
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "year": 12}


def periods(
    rhythm: str, first: date, last: date, weekday: int = 4
) -> Iterator[tuple[date, date, date]]:
    """Periods that have begun between two days, oldest first.

    :param rhythm: week, month, quarter or year.
    :param first: a day of the first period.
    :param last: periods that begin after this day are left out.
    :param weekday: 0 (Monday) to 6: the day a week's report is due.
    :return: first day, last day, and the day it is due; a week begins on Monday, the
        others with the calendar; all but weeks are due on their last day.
    """
    if rhythm == "week":
        start = first - timedelta(days=first.weekday())
        while start <= last:
            yield start, start + timedelta(days=6), start + timedelta(days=weekday)
            start += timedelta(days=7)
        return
    size = MONTHS[rhythm]
    start = date(first.year, (first.month - 1) // size * size + 1, 1)
    while start <= last:
        following = _add_months(start, size)
        end = following - timedelta(days=1)
        yield start, end, end
        start = following


def _add_months(day: date, number: int) -> date:
    months = day.year * 12 + day.month - 1 + number
    return date(months // 12, months % 12 + 1, 1)
