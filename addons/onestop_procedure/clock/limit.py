# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""How long an act may take."""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from .calendar import ClockError

# 8 working hours are one working day (NĐ 45/2020, Điều 11 khoản 4 counts in hours).
SECONDS_PER_WORKDAY = 8 * 3600


class Unit(StrEnum):
    """Units of a time limit in the national procedure catalogue."""

    HOUR = "hour"
    WORKDAY = "workday"
    DAY = "day"
    MONTH = "month"
    NONE = "none"


class Appointment(StrEnum):
    """At which time of the last day the result is promised."""

    CLOSING = "closing"
    SAME_TIME = "same_time"


@dataclass(frozen=True)
class Limit:
    """A time limit.

    :param value: number of units; 0 working days means the same day
    :param unit: see :class:`Unit`; working hours, not hours of the day
    :param extra_days: working days added for remote areas, whatever the unit
    :param cut_off: local time after which a reception counts as received at the
        opening of the next working day
    :param appointment: for working days, closing or the clock time of reception. Days
        and months always end with the day (BLDS 2015, Điều 148), hours when they
        have passed
    """

    value: int
    unit: Unit
    extra_days: int = 0
    cut_off: time | None = None
    appointment: Appointment = Appointment.CLOSING

    def __post_init__(self):
        try:
            object.__setattr__(self, "unit", Unit(self.unit))
            object.__setattr__(self, "appointment", Appointment(self.appointment))
        except ValueError as error:
            raise ClockError(str(error)) from error
        if self.value < 0 or self.extra_days < 0:
            raise ClockError("A time limit cannot be negative.")
