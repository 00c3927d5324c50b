# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What a common counter for rare procedures frees (plan of 2019, III.2).

An agency keeps as many counters, for what is not pooled, as its part of the dossiers
asks of those it has now, rounded up. The common counters are enough for the dossiers
that are pooled, all agencies together.
"""

from dataclasses import dataclass
from math import ceil, factorial

# A counter is open 8 hours on 250 working days a year.
MINUTES_PER_YEAR = 8 * 60 * 250
# A queue stays short while the counters are not busy for longer than this.
BUSY = 0.7


@dataclass(frozen=True)
class Counters:
    """Present counters and staff of an agency at the Centre, dossiers of a year.

    ``kept`` procedures stay at the agency's own counters; ``kept_arrivals`` and
    ``pooled_arrivals`` are dossiers of twelve months.
    """

    counters: int
    staff: int
    kept: int
    kept_arrivals: int
    pooled_arrivals: int

    @property
    def counters_after(self) -> int:
        if not self.kept:
            return 0
        arrivals = self.kept_arrivals + self.pooled_arrivals
        if not arrivals or not self.counters:
            return self.counters
        return max(1, -(-self.counters * self.kept_arrivals // arrivals))

    @property
    def staff_after(self) -> int:
        if not self.counters:
            return self.staff if self.kept else 0
        return -(-self.staff * self.counters_after // self.counters)


@dataclass(frozen=True)
class Pooling:
    """What pooling frees, and what the common counters are in for.

    ``wait`` is the mean waiting time there in minutes, if dossiers come by chance and
    take a time of chance (M/M/c, Erlang C).
    """

    common_counters: int
    counters_freed: int
    staff_freed: int
    busy: float
    wait: float


def pool_counters(agencies: list[Counters], minutes: float) -> Pooling:
    """Common counters needed, and counters and staff that become free.

    A common counter takes one member of staff.

    :param minutes: working minutes that the reception of a dossier takes.
    """
    arrivals = sum(agency.pooled_arrivals for agency in agencies)
    load = arrivals * minutes / MINUTES_PER_YEAR
    freed = sum(agency.counters - agency.counters_after for agency in agencies)
    staff = sum(agency.staff - agency.staff_after for agency in agencies)
    common = max(ceil(load / BUSY), 1) if arrivals or freed else 0
    return Pooling(
        common_counters=common,
        counters_freed=freed - common,
        staff_freed=staff - common,
        busy=load / common if common else 0.0,
        wait=waiting_minutes(load, common, minutes) if common else 0.0,
    )


def waiting_minutes(load: float, counters: int, minutes: float) -> float:
    """Mean waiting time by Erlang's formula C.

    :param load: counters that would be busy all the time; less than ``counters``.
    """
    busy_all = load**counters / factorial(counters) * counters / (counters - load)
    idle = sum(load**number / factorial(number) for number in range(counters))
    return busy_all / (idle + busy_all) * minutes / (counters - load)
