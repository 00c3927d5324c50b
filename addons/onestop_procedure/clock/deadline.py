# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""When an act is due, and whether it was done in time."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from .calendar import WorkCalendar
from .elapsed import add_working_seconds
from .limit import Appointment, Limit, Unit


class Timeliness(StrEnum):
    """How the finishing day stands to the due day (forms II.06)."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


def start_of(received: datetime, limit: Limit, calendar: WorkCalendar) -> datetime:
    """The working moment from which a limit counts.

    A reception outside hours counts from the next working moment; one after the
    cut-off of its procedure from the opening of the next working day.
    """
    start = calendar.normalise(received)
    if limit.cut_off is not None and start.time() > limit.cut_off:
        return calendar.opening(calendar.next_working_day(start.date()))
    return start


def due_at(received: datetime, limit: Limit, calendar: WorkCalendar) -> datetime | None:
    """The moment at which a limit expires, in the calendar's zone.

    The day of reception is not counted (BLDS 2015, Điều 147). Working days skip
    days off and count swapped Saturdays; a term of days or months whose last day does
    not work ends with the next working day (Điều 148). Days added for remote areas are
    working days after that.

    :param received: aware datetime of the reception
    :return: a working moment, or None when the procedure has no limit
    """
    if limit.unit is Unit.NONE:
        return None
    start = start_of(received, limit, calendar)
    if limit.unit is Unit.HOUR:
        due = add_working_seconds(start, limit.value * 3600, calendar)
        if not limit.extra_days:
            return due
        day = _add_workdays(due.date(), limit.extra_days, calendar)
        return calendar.snap(day, due.time())
    day = _add_workdays(
        _last_day(start.date(), limit, calendar), limit.extra_days, calendar
    )
    if limit.unit is Unit.WORKDAY and limit.appointment is Appointment.SAME_TIME:
        return calendar.snap(day, start.time())
    return calendar.closing(day)


def restart(
    resumed_at: datetime, limit: Limit, calendar: WorkCalendar
) -> datetime | None:
    """Due moment after a supplement when the limit starts again from zero.

    The wording of the one-stop rules on supplements: counted from the full dossier.
    """
    return due_at(resumed_at, limit, calendar)


def shift(
    due: datetime,
    paused_from: datetime,
    resumed_at: datetime,
    calendar: WorkCalendar,
) -> datetime:
    """Due moment after a pause when the limit moves by the length of the pause.

    The pause is measured by the clock on the wall, then the new due moment is moved to
    the next working moment. A pause that ends before it began moves nothing.
    """
    pause = max(calendar.local(resumed_at) - calendar.local(paused_from), timedelta())
    return calendar.normalise(due + pause)


def timeliness(finished: datetime, due: datetime, calendar: WorkCalendar) -> Timeliness:
    """Early, on time or late by legal day, not by hour (forms II.06)."""
    finished_on = calendar.local(finished).date()
    due_on = calendar.local(due).date()
    if finished_on < due_on:
        return Timeliness.EARLY
    return Timeliness.ON_TIME if finished_on == due_on else Timeliness.LATE


def _last_day(start: date, limit: Limit, calendar: WorkCalendar) -> date:
    if limit.unit is Unit.WORKDAY:
        return _add_workdays(start, limit.value, calendar)
    if limit.unit is Unit.DAY:
        return calendar.working_day_from(start + timedelta(days=limit.value))
    return calendar.working_day_from(start + relativedelta(months=limit.value))


def _add_workdays(day: date, number: int, calendar: WorkCalendar) -> date:
    for _each in range(number):
        day = calendar.next_working_day(day)
    return day
