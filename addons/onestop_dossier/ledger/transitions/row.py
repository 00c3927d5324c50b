# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What a row of the table says."""

from dataclasses import dataclass
from enum import StrEnum

SAME = "same"
LEFT = "left"
BACK = "back"


class Effect(StrEnum):
    """What an act does to the statutory clock."""

    NONE = "none"
    START = "start"  # reception: the limit begins
    PAUSE_CITIZEN = "pause_citizen"  # waiting for the citizen
    PAUSE_LAW = "pause_law"  # suspended on a legal basis
    RESUME = "resume"
    EXTEND = "extend"  # the legal due date moves
    RECOUNT = "recount"  # the limit or the calendar was corrected
    STOP = "stop"  # finished
    REOPEN = "reopen"  # a decision was revoked, the work goes on


class Place(StrEnum):
    """In which agency a role is asked for."""

    CENTRE = "centre"  # the receiving unit
    HELPED = "helped"  # the unit that helped to file it for another Centre
    COMPETENT = "competent"  # the agency that decides
    CHARGE = "charge"  # the agency of the running step
    SENDER = "sender"  # the agency in which this very user forwarded it
    CONSULTED = "consulted"  # an agency whose opinion was asked for
    SYSTEM = "system"  # a time-out, by the system itself
    CITIZEN = "citizen"  # the owner or submitter himself


@dataclass(frozen=True)
class Who:
    """Roles that may act, and the agency in which they must hold."""

    place: Place
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Transition:
    """A row of the table."""

    name: str
    source: str
    target: str
    who: tuple[Who, ...]
    guards: tuple[str, ...] = ()
    effect: Effect = Effect.NONE
    legal: bool = False  # an act of state: identity check and legal ground


def rows(name, sources, target, *who, guards=(), effect=Effect.NONE, legal=False):
    """The rows of an act that differ in where they start only."""
    return tuple(
        Transition(name, source, target, who, tuple(guards), effect, legal)
        for source in sources.split()
    )
