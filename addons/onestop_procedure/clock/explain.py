# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A deadline told day by day, for whoever asks "why this day?"."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from .calendar import DayKind, WorkCalendar
from .deadline import start_of
from .elapsed import working_seconds
from .limit import Limit, Unit


class Reason(StrEnum):
    """Why a day is counted or not."""

    WORKING = "working"
    SWAP_WORK = "swap_work"
    CALENDAR_DAY = "calendar_day"
    SAME_DAY = "same_day"
    RECEPTION = "reception"
    AFTER_HOURS = "after_hours"
    CUT_OFF = "cut_off"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    SWAP_OFF = "swap_off"


@dataclass(frozen=True)
class DayLine:
    """One day between reception and due day.

    :param counted: its number in the count, None when it is not counted
    :param reason: see :class:`Reason`
    :param name: name of the holiday, make-up day or swap, if any
    :param provisional: whether the calendar calls the day provisional
    :param seconds: working seconds counted on this day, for limits in hours
    :param is_extra: whether it is one of the days added for a remote area
    :param is_due: whether it is the due day
    """

    date: date
    counted: int | None
    reason: Reason
    name: str = ""
    provisional: bool = False
    seconds: int = 0
    is_extra: bool = False
    is_due: bool = False


def explain(received: datetime, limit: Limit, calendar: WorkCalendar) -> list[DayLine]:
    """All days from reception to due day, in order; empty when there is no limit.

    The last counted line is the due day of :func:`due_at`. A term in days or months
    that ends on a day off gives its last number to the next working day.
    """
    if limit.unit is Unit.NONE:
        return []
    start = start_of(received, limit, calendar)
    lines = list(_before(received, start, limit, calendar))
    lines += _HOW[limit.unit](start, limit, calendar)
    lines += _extra(lines[-1], limit, calendar)
    lines[-1] = replace(lines[-1], is_due=True)
    return lines


def _before(received, start, limit, calendar) -> Iterator[DayLine]:
    """Days from the reception to the one from which the limit counts."""
    day = calendar.local(received).date()
    counts_on = calendar.normalise(received).date()
    while day < start.date():
        if not calendar.is_working(day):
            yield _line(day, calendar)
        elif day == counts_on:
            yield _line(day, calendar, reason=Reason.CUT_OFF)
        else:
            yield _line(day, calendar, reason=Reason.AFTER_HOURS)
        day += timedelta(days=1)


def _first(day: date, limit: Limit, calendar: WorkCalendar) -> DayLine:
    if limit.value:
        return _line(day, calendar, reason=Reason.RECEPTION)
    return _line(day, calendar, counted=0, reason=Reason.SAME_DAY)


def _workdays(start, limit, calendar) -> Iterator[DayLine]:
    day = start.date()
    yield _first(day, limit, calendar)
    yield from _count_working(day, limit.value, 0, calendar)


def _days(start, limit, calendar) -> Iterator[DayLine]:
    last = start.date() + timedelta(days=limit.value)
    yield from _count_all(start.date(), last, limit, calendar)


def _months(start, limit, calendar) -> Iterator[DayLine]:
    last = start.date() + relativedelta(months=limit.value)
    yield from _count_all(start.date(), last, limit, calendar)


def _count_all(day, last, limit, calendar) -> Iterator[DayLine]:
    yield _first(day, limit, calendar)
    total = (last - day).days
    for number in range(1, total):
        yield _line(
            day + timedelta(days=number),
            calendar,
            counted=number,
            reason=Reason.CALENDAR_DAY,
        )
    while total and not calendar.is_working(last):
        yield _line(last, calendar)
        last += timedelta(days=1)
    if total:
        yield _line(last, calendar, counted=total, reason=Reason.CALENDAR_DAY)


def _hours(start, limit, calendar) -> Iterator[DayLine]:
    left = limit.value * 3600
    day, counted = start.date(), 0
    if not left:
        yield _first(day, limit, calendar)
    while left:
        opened = calendar.is_working(day)
        seconds = 0
        if opened:
            low = max(start, calendar.opening(day))
            seconds = min(left, working_seconds(low, calendar.closing(day), calendar))
        if seconds:
            counted += 1
            line = _line(day, calendar, counted=counted)
            yield replace(line, seconds=seconds)
        elif opened:
            yield _line(day, calendar, reason=Reason.RECEPTION)
        else:
            yield _line(day, calendar)
        left -= seconds
        day += timedelta(days=1)


def _extra(last: DayLine, limit: Limit, calendar: WorkCalendar) -> list[DayLine]:
    counted = last.counted or 0
    return [
        replace(line, is_extra=True)
        for line in _count_working(last.date, limit.extra_days, counted, calendar)
    ]


def _count_working(day, number, counted, calendar) -> Iterator[DayLine]:
    while number:
        day += timedelta(days=1)
        if calendar.is_working(day):
            number -= 1
            counted += 1
            yield _line(day, calendar, counted=counted)
        else:
            yield _line(day, calendar)


def _line(day, calendar, *, counted=None, reason=None) -> DayLine:
    named = calendar.names.get(day)
    return DayLine(
        date=day,
        counted=counted,
        reason=reason or _nature(day, calendar),
        name=named.name if named else "",
        provisional=bool(named and named.provisional),
    )


def _nature(day: date, calendar: WorkCalendar) -> Reason:
    if day in calendar.swap_work:
        return Reason.SWAP_WORK
    if calendar.is_working(day):
        return Reason.WORKING
    if day not in calendar.days_off:
        return Reason.WEEKEND
    named = calendar.names.get(day)
    return Reason(named.kind if named else DayKind.HOLIDAY)


_HOW = {
    Unit.HOUR: _hours,
    Unit.WORKDAY: _workdays,
    Unit.DAY: _days,
    Unit.MONTH: _months,
}
