# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The share of procedures done fully at the Centre, in the two ways of counting.

The plan of 2019 (II.1) counts among the procedures whose dossiers regularly arise;
index 5 of NĐ 61/2018, Điều 31 counts among those in the Chair's list.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Standing:
    """How one procedure stands in a round.

    ``full``: the four stages are at the Centre. ``listed``: it is in the Chair's list,
    or comes into it by a proposal. ``missing``: stages that are not at the Centre yet.
    """

    key: int
    regular: bool
    listed: bool
    full: bool
    arrivals: int = 0
    missing: int = 0
    obstacles: int = 0
    law: bool = False


@dataclass(frozen=True)
class Share:
    """``part`` of ``whole`` procedures."""

    part: int
    whole: int

    @property
    def ratio(self) -> float | None:
        """Between 0 and 1; None when there is nothing to take a share of."""
        return self.part / self.whole if self.whole else None

    def reaches(self, target: Fraction) -> bool:
        """At least the target; nothing to take a share of leaves nothing to do."""
        return self.part >= target * self.whole


def plan_share(
    standings: Iterable[Standing], chosen: Collection[int] = frozenset()
) -> Share:
    """Full among those that regularly arise.

    :param chosen: keys of procedures to count as if they were full.
    """
    regular = [s for s in standings if s.regular]
    return Share(sum(s.full or s.key in chosen for s in regular), len(regular))


def index_share(
    standings: Iterable[Standing], chosen: Collection[int] = frozenset()
) -> Share:
    """Full among those in the Chair's list; a chosen one comes into the list."""
    listed = [s for s in standings if s.listed or s.key in chosen]
    return Share(sum(s.full or s.key in chosen for s in listed), len(listed))
