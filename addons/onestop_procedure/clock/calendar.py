# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Which moments are working time: opening hours, days off, swapped Saturdays."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Self
from zoneinfo import ZoneInfo

# Longest stretch without any working day that is still believed to be meant.
MAX_CLOSED_DAYS = 400

Hours = tuple[tuple[time, time], ...]


class ClockError(ValueError):
    """The calendar or the question put to the clock makes no sense."""


class DayKind(StrEnum):
    """Kinds of a calendar day that differs from its weekday."""

    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    SWAP_OFF = "swap_off"
    SWAP_WORK = "swap_work"


@dataclass(frozen=True)
class NamedDay:
    """What the calendar says about one day, for people to read."""

    kind: DayKind
    name: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class WorkCalendar:
    """A snapshot of working time in one time zone.

    :param zone: zone in which days and hours are legal days and hours
    :param hours: weekday (0 is Monday) to its opening intervals, in order
    :param days_off: days off that would work by their weekday
    :param swap_work: days that work although their weekday rests, with the weekday
        whose hours apply; wins over ``days_off``
    :param revision: name of the published revision this snapshot was read from
    :param names: what to call the days of both lists in explanations
    """

    zone: ZoneInfo
    hours: Mapping[int, Hours] = field(hash=False)
    days_off: frozenset[date] = frozenset()
    swap_work: Mapping[date, int] = field(default_factory=dict, hash=False)
    revision: str = ""
    names: Mapping[date, NamedDay] = field(default_factory=dict, hash=False)

    def __post_init__(self):
        hours = {
            weekday: tuple((start, end) for start, end in intervals)
            for weekday, intervals in self.hours.items()
            if intervals
        }
        freeze = object.__setattr__
        freeze(self, "hours", MappingProxyType(hours))
        freeze(self, "days_off", frozenset(self.days_off))
        freeze(self, "swap_work", MappingProxyType(dict(self.swap_work)))
        freeze(self, "names", MappingProxyType(dict(self.names)))
        self._validate()

    def __reduce__(self):
        return (type(self).from_snapshot, (self.to_snapshot(),))

    def _validate(self):
        if not self.hours:
            raise ClockError("The calendar has no opening hours.")
        for weekday, intervals in self.hours.items():
            if weekday not in range(7):
                raise ClockError(f"{weekday} is not a weekday.")
            if any(start >= end for start, end in intervals):
                raise ClockError("An opening interval must end after it starts.")
            if any(one[1] > two[0] for one, two in pairwise(intervals)):
                raise ClockError("Opening intervals must be in order and apart.")
        for day, weekday in self.swap_work.items():
            if weekday not in self.hours:
                raise ClockError(f"{day} borrows the hours of a day without hours.")

    @classmethod
    def from_days(
        cls,
        zone: ZoneInfo,
        hours: Mapping[int, Hours],
        days: Iterable[tuple[date, NamedDay, date | None]],
        revision: str = "",
    ) -> Self:
        """Build a calendar from a list of days that differ from their weekday.

        :param days: date, what it is, and for a swapped working day the day whose hours
            apply; without one it has the hours of the last weekday before it that
            works
        """
        days = list(days)
        names = {day: named for day, named, _replaces in days}
        swap_work = {
            day: _borrowed(replaces or day, hours)
            for day, named, replaces in days
            if named.kind is DayKind.SWAP_WORK
        }
        return cls(zone, hours, names.keys() - swap_work, swap_work, revision, names)

    # ------------------------------------------------------------
    # Snapshot
    # ------------------------------------------------------------

    @classmethod
    def from_snapshot(cls, data: Mapping[str, Any]) -> Self:
        """Build a calendar from the plain JSON values of :meth:`to_snapshot`.

        :raise ClockError: when the values do not form a calendar
        """
        try:
            return cls(
                zone=ZoneInfo(data["zone"]),
                hours={
                    int(weekday): tuple(
                        (time.fromisoformat(start), time.fromisoformat(end))
                        for start, end in intervals
                    )
                    for weekday, intervals in data["hours"].items()
                },
                days_off=frozenset(map(date.fromisoformat, data.get("days_off", ()))),
                swap_work={
                    date.fromisoformat(day): weekday
                    for day, weekday in data.get("swap_work", {}).items()
                },
                revision=data.get("revision", ""),
                names={
                    date.fromisoformat(day): NamedDay(
                        DayKind(value["kind"]),
                        value.get("name", ""),
                        value.get("provisional", False),
                    )
                    for day, value in data.get("names", {}).items()
                },
            )
        except ClockError:
            raise
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise ClockError(f"Not a calendar snapshot: {error}") from error

    def to_snapshot(self) -> dict[str, Any]:
        """Plain JSON values, equal for equal calendars.

        ``revision`` is left out when empty: content is hashed before it is named.
        """
        data = {
            "zone": self.zone.key,
            "hours": {
                str(weekday): [[_text(start), _text(end)] for start, end in intervals]
                for weekday, intervals in sorted(self.hours.items())
            },
            "days_off": sorted(day.isoformat() for day in self.days_off),
            "swap_work": {
                day.isoformat(): weekday
                for day, weekday in sorted(self.swap_work.items())
            },
            "names": {
                day.isoformat(): {
                    "kind": str(named.kind),
                    "name": named.name,
                    "provisional": named.provisional,
                }
                for day, named in sorted(self.names.items())
            },
        }
        if self.revision:
            data["revision"] = self.revision
        return data

    # ------------------------------------------------------------
    # Days
    # ------------------------------------------------------------

    def intervals(self, day: date) -> Hours:
        """Opening intervals of a day, as local times in order; empty when closed."""
        if day in self.swap_work:
            return self.hours[self.swap_work[day]]
        if day in self.days_off:
            return ()
        return self.hours.get(day.weekday(), ())

    def is_working(self, day: date) -> bool:
        """Whether the day has opening hours."""
        return bool(self.intervals(day))

    def next_working_day(self, day: date) -> date:
        """First working day strictly after ``day``."""
        return self._step(day, 1)

    def previous_working_day(self, day: date) -> date:
        """Last working day strictly before ``day``."""
        return self._step(day, -1)

    def working_day_from(self, day: date) -> date:
        """``day`` itself when it works, else the next working day."""
        return day if self.is_working(day) else self.next_working_day(day)

    def _step(self, day: date, sign: int) -> date:
        for distance in range(1, MAX_CLOSED_DAYS + 1):
            candidate = day + timedelta(days=sign * distance)
            if self.is_working(candidate):
                return candidate
        raise ClockError(f"No working day within {MAX_CLOSED_DAYS} days of {day}.")

    # ------------------------------------------------------------
    # Instants
    # ------------------------------------------------------------

    def local(self, instant: datetime) -> datetime:
        """The instant in the calendar's zone, to the second.

        :raise ClockError: when the instant is naive, hence ambiguous
        """
        if instant.tzinfo is None:
            raise ClockError("The clock takes aware datetimes only.")
        return instant.astimezone(self.zone).replace(microsecond=0)

    def at(self, day: date, clock_time: time) -> datetime:
        """The instant of a local clock time on a day."""
        return datetime.combine(day, clock_time, tzinfo=self.zone)

    def opening(self, day: date) -> datetime:
        """Opening of a working day."""
        return self.at(day, self._open(day)[0][0])

    def closing(self, day: date) -> datetime:
        """End of the last interval of a working day."""
        return self.at(day, self._open(day)[-1][1])

    def snap(self, day: date, clock_time: time) -> datetime:
        """First working moment of a working day from a clock time on, else closing."""
        for start, end in self._open(day):
            if clock_time <= end:
                return self.at(day, max(start, clock_time))
        return self.closing(day)

    def normalise(self, instant: datetime) -> datetime:
        """The working moment from which an event at ``instant`` counts.

        Within hours the instant itself, bounds included; before opening the opening;
        in the lunch break the end of the break; after closing or on a day off the
        opening of the next working day.
        """
        moment = self.local(instant)
        day = moment.date()
        intervals = self.intervals(day)
        if intervals and moment.time() <= intervals[-1][1]:
            return self.snap(day, moment.time())
        return self.opening(self.next_working_day(day))

    def spans_from(self, instant: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working intervals from an instant on, without end, the first one cut."""
        moment = self.local(instant)
        day = self.working_day_from(moment.date())
        while True:
            for start, end in self.intervals(day):
                low, high = self.at(day, start), self.at(day, end)
                if high > moment:
                    yield max(low, moment), high
            day = self.next_working_day(day)

    def _open(self, day: date) -> Hours:
        intervals = self.intervals(day)
        if not intervals:
            raise ClockError(f"{day} is not a working day.")
        return intervals


def _text(clock_time: time) -> str:
    return clock_time.isoformat("seconds" if clock_time.second else "minutes")


def _borrowed(day: date, hours: Mapping[int, Hours]) -> int:
    weekdays = ((day.weekday() - back) % 7 for back in range(7))
    return next((weekday for weekday in weekdays if hours.get(weekday)), 0)
