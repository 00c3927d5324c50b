# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Working time between two moments, and how much of it is left."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .calendar import ClockError, WorkCalendar
from .limit import SECONDS_PER_WORKDAY


def working_seconds(start: datetime, end: datetime, calendar: WorkCalendar) -> int:
    """Working seconds from ``start`` to ``end``, negative when ``end`` is earlier."""
    start, end = calendar.local(start), calendar.local(end)
    if end < start:
        return -working_seconds(end, start, calendar)
    total = timedelta()
    for low, high in calendar.spans_from(start):
        if low >= end:
            break
        total += min(high, end) - low
    return int(total.total_seconds())


def add_working_seconds(
    start: datetime, seconds: int, calendar: WorkCalendar
) -> datetime:
    """The first moment at which ``seconds`` of working time have passed.

    :param seconds: whole seconds of working time, 0 or more
    :raise ClockError: when ``seconds`` is negative
    """
    if seconds < 0:
        raise ClockError("Working time can only be added.")
    if not seconds:
        return calendar.normalise(start)
    left = timedelta(seconds=seconds)
    for low, high in calendar.spans_from(start):
        if high - low >= left:
            return low + left
        left -= high - low
    raise AssertionError("working intervals do not end")


@dataclass(frozen=True)
class Remaining:
    """Working time left until a due moment; negative when late.

    :param seconds: signed working seconds
    :param is_late: whether the due moment has passed; right after closing a dossier is
        late by no working time at all
    """

    seconds: int
    is_late: bool

    @property
    def days(self) -> int:
        """Whole working days of 8 hours, with the sign of ``seconds``."""
        return self._split()[0]

    @property
    def hours(self) -> int:
        """Whole working hours beside :attr:`days`, with the same sign."""
        return self._split()[1]

    def _split(self) -> tuple[int, int]:
        days, rest = divmod(abs(self.seconds), SECONDS_PER_WORKDAY)
        sign = -1 if self.seconds < 0 else 1
        return sign * days, sign * (rest // 3600)


def remaining(now: datetime, due: datetime, calendar: WorkCalendar) -> Remaining:
    """Working time from ``now`` to ``due``."""
    return Remaining(working_seconds(now, due, calendar), now > due)


def used_share(
    start: datetime, now: datetime, due: datetime, calendar: WorkCalendar
) -> float:
    """Share of the working time allowed that is used: 0 at the start, above 1 late.

    For the alarms at 50, 80 and 100 %.
    """
    allowed = working_seconds(start, due, calendar)
    used = working_seconds(start, max(start, now), calendar)
    if allowed <= 0:
        return 1.0 if now >= due else 0.0
    return used / allowed
