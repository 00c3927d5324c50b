# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The legal clock: deadlines in working hours, working days, days and months.

Pure functions over a :class:`WorkCalendar`, which is a snapshot of opening hours and
of days off. Nothing here reads a database, a setting or the time of the machine, so
that every computation can be repeated years later from the named revision.

Law: Bộ luật Dân sự 2015, Điều 147-148 (terms); Bộ luật Lao động 2019, Điều 111-112
(rest days and make-up days); NĐ 61/2018 and NĐ 118/2025 (reception and return).
"""

from .calendar import ClockError, DayKind, NamedDay, WorkCalendar
from .deadline import Timeliness, due_at, restart, shift, start_of, timeliness
from .elapsed import (
    Remaining,
    add_working_seconds,
    remaining,
    used_share,
    working_seconds,
)
from .explain import DayLine, Reason, explain
from .limit import SECONDS_PER_WORKDAY, Appointment, Limit, Unit

__all__ = [
    "Appointment",
    "ClockError",
    "DayKind",
    "DayLine",
    "Limit",
    "NamedDay",
    "Reason",
    "Remaining",
    "SECONDS_PER_WORKDAY",
    "Timeliness",
    "Unit",
    "WorkCalendar",
    "add_working_seconds",
    "due_at",
    "explain",
    "remaining",
    "restart",
    "shift",
    "start_of",
    "timeliness",
    "used_share",
    "working_seconds",
]
