# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Calendars, strategies and a naive second opinion for the tests of the clock."""

import csv
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.onestop_procedure.clock import (
    DayKind,
    Limit,
    NamedDay,
    Unit,
    WorkCalendar,
    due_at,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CALENDAR_CSV = Path(__file__).parents[1] / "demo" / "calendar_days.csv"
MORNING = (time(7), time(11, 30))
AFTERNOON = (time(13, 30), time(17))
OFFICE_HOURS = {weekday: (MORNING, AFTERNOON) for weekday in range(5)}

reproducible = settings(
    deadline=None, derandomize=True, database=None, max_examples=120
)


def local(year, month, day, hour=0, minute=0, second=0):
    """An instant in the Centre's zone."""
    return datetime(year, month, day, hour, minute, second, tzinfo=ZONE)


@cache
def official_calendar():
    """Days off and swaps of 2024-2027 with the opening hours of a Centre."""
    with CALENDAR_CSV.open(encoding="utf-8", newline="") as source:
        days = [
            (
                date.fromisoformat(row["date"]),
                NamedDay(
                    DayKind(row["kind"]), row["name"], row["provisional"] == "yes"
                ),
                date.fromisoformat(row["replaces_date"])
                if row["replaces_date"]
                else None,
            )
            for row in csv.DictReader(source)
        ]
    return WorkCalendar.from_days(ZONE, OFFICE_HOURS, days, "2024-2027")


class ClockCase(BaseCase):
    def setUp(self):
        super().setUp()
        self.calendar = official_calendar()

    def assertDue(self, received, value, unit, expected, **options):
        due = due_at(received, Limit(value, unit, **options), self.calendar)
        self.assertEqual(due, expected)
        self.assertEqual(due.tzinfo, ZONE)


# ------------------------------------------------------------
# Strategies
# ------------------------------------------------------------

dates = st.dates(date(2024, 2, 1), date(2027, 6, 30))
instants = st.builds(
    lambda moment, zone: moment.replace(tzinfo=ZoneInfo(zone)),
    st.datetimes(datetime(2024, 2, 1), datetime(2027, 6, 30)),
    st.sampled_from(["Asia/Ho_Chi_Minh", "UTC", "America/New_York"]),
).map(lambda moment: moment.astimezone(ZoneInfo("UTC")))
day_hours = st.sampled_from(
    [
        (MORNING, AFTERNOON),
        (MORNING,),
        ((time(8), time(12)), (time(13), time(17))),
        ((time(7, 15), time(10)), (time(10, 30), time(12)), (time(14), time(18))),
    ]
)
weeks = st.dictionaries(st.integers(0, 6), day_hours, min_size=1)


@st.composite
def calendars(draw):
    """The official calendar, or one nobody would decree."""
    if draw(st.booleans()):
        return official_calendar()
    hours = draw(weeks)
    swaps = draw(st.dictionaries(dates, st.sampled_from(sorted(hours)), max_size=5))
    return WorkCalendar(ZONE, hours, draw(st.frozensets(dates, max_size=30)), swaps)


limits = st.builds(
    Limit,
    value=st.integers(0, 45),
    unit=st.sampled_from([Unit.HOUR, Unit.WORKDAY, Unit.DAY]),
    extra_days=st.integers(0, 5),
    cut_off=st.sampled_from([None, None, time(15), time(16), time(10)]),
    appointment=st.sampled_from(["closing", "same_time"]),
) | st.builds(
    Limit,
    value=st.integers(0, 6),
    unit=st.just(Unit.MONTH),
    extra_days=st.integers(0, 5),
)


# ------------------------------------------------------------
# The second opinion: minute by minute and day by day
# ------------------------------------------------------------


def naive_intervals(day, calendar):
    """Opening intervals of a day, from the wording of the rule."""
    if day in calendar.swap_work:
        return calendar.hours[calendar.swap_work[day]]
    if day in calendar.days_off or day.weekday() not in calendar.hours:
        return ()
    return calendar.hours[day.weekday()]


def naive_start(received, calendar):
    """Step a minute at a time until the doors are open."""
    moment = received.astimezone(ZONE).replace(microsecond=0)
    while True:
        for start, end in naive_intervals(moment.date(), calendar):
            if start <= moment.time() <= end:
                return moment
        moment = moment.replace(second=0) + timedelta(minutes=1)


def naive_due(received, limit, calendar):
    """Due moment by plain counting; no extra days, no cut-off, due at closing."""
    moment = naive_start(received, calendar)
    if limit.unit is Unit.HOUR:
        left = limit.value * 60
        while left:
            moment += timedelta(minutes=1)
            left -= any(
                start < moment.time() <= end
                for start, end in naive_intervals(moment.date(), calendar)
            )
        return moment
    day = moment.date()
    if limit.unit is Unit.WORKDAY:
        counted = 0
        while counted < limit.value:
            day += timedelta(days=1)
            counted += bool(naive_intervals(day, calendar))
    elif limit.unit is Unit.DAY:
        day = date.fromordinal(day.toordinal() + limit.value)
    else:
        year, month = divmod(day.year * 12 + day.month - 1 + limit.value, 12)
        wanted = day.day
        day = None
        while day is None:
            try:
                day = date(year, month + 1, wanted)
            except ValueError:
                wanted -= 1
    while not naive_intervals(day, calendar):
        day += timedelta(days=1)
    return datetime.combine(day, naive_intervals(day, calendar)[-1][1], tzinfo=ZONE)
