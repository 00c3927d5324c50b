# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The shortest list of procedures that brings the share over the target."""

from collections import Counter
from collections.abc import Collection, Iterable
from fractions import Fraction

from .share import Standing, index_share, plan_share

WAYS = ("plan", "index")


def preference(standing: Standing):
    """Which of two procedures to bring first, where the number does not decide.

    First those that no law hinders, then those with the fewest obstacles, then with
    the fewest stages to bring, then those with the most dossiers.
    """
    return (
        standing.law,
        standing.obstacles,
        standing.missing,
        -standing.arrivals,
        standing.key,
    )


def shortest_list(
    standings: Iterable[Standing], target: Fraction, ways: Collection[str] = WAYS
) -> list[int] | None:
    """The fewest procedures that bring every way of counting to the target.

    Of lists of the same length it is the first by :func:`preference`. A procedure
    outside both ways of counting never helps and is never named.

    :param target: such as ``Fraction(20, 100)``.
    :param ways: "plan", "index" or both.
    :return: keys in the order of preference; None when it cannot be reached.
    """
    standings = list(standings)
    need = _Need(standings, target, ways)
    candidates = sorted(
        (s for s in standings if not s.full and need.kind(s)), key=preference
    )
    left = Counter(need.kind(s) for s in candidates)
    for length in range(len(candidates) + 1):
        if need.is_met(Counter(), left, length):
            break
    else:
        return None
    chosen, taken = [], Counter()
    for candidate in candidates:
        if len(chosen) == length:
            break
        kind = need.kind(candidate)
        left[kind] -= 1
        taken[kind] += 1
        if need.is_met(taken, left, length - len(chosen) - 1):
            chosen.append(candidate.key)
        else:
            taken[kind] -= 1
    return chosen


class _Need:
    """Whether some procedures, told by kind, are enough.

    A procedure is of kind "both", "regular" (it regularly arises, but is not in the
    list: it makes the list longer by itself) or "listed".
    """

    def __init__(self, standings, target, ways):
        self.target = target
        self.ways = ways
        self.plan = plan_share(standings)
        self.index = index_share(standings)

    def kind(self, standing):
        regular = standing.regular and "plan" in self.ways
        listed = standing.listed and "index" in self.ways
        if regular and (listed or "index" not in self.ways):
            return "both"
        return "regular" if regular else "listed" if listed else None

    def is_met(self, taken, left, more):
        """Whether ``more`` procedures of those left can complete what is taken."""
        # One of both kinds does whatever one of the others does.
        both = min(more, left["both"])
        rest = more - both
        fewest = max(0, rest - left["listed"])
        for regular in range(fewest, min(rest, left["regular"]) + 1):
            if self._reaches(
                taken["both"] + both,
                taken["regular"] + regular,
                taken["listed"] + rest - regular,
            ):
                return True
        return False

    def _reaches(self, both, regular, listed):
        plan, index = self.plan, self.index
        return (
            "plan" not in self.ways
            or plan.part + both + regular >= self.target * plan.whole
        ) and (
            "index" not in self.ways
            or index.part + both + regular + listed
            >= self.target * (index.whole + regular)
        )
