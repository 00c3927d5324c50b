# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The one table of transitions: every move that a dossier can make.

A row says: the act, the state it starts from, the state it leads to, who may do it,
which guards it has to pass, and what it does to the clock. The act's name is the
kind of the event it leaves in the ledger. Nothing else changes a state.

``TO`` may be ``SAME`` (an act without a change of state), ``LEFT`` (back to the
state that was left by the pause), or ``BACK`` (to the state before the last act).
"""

from .agencies import AGENCIES
from .deciding import DECIDING
from .ending import ENDING
from .handling import HANDLING
from .money import MONEY
from .reception import RECEPTION
from .waiting import WAITING
from .row import BACK, LEFT, SAME, Effect, Place, Transition, Who

__all__ = ["BACK", "LEFT", "SAME", "Effect", "Place", "Transition", "Who"]

TRANSITIONS = (
    *RECEPTION,
    *HANDLING,
    *WAITING,
    *AGENCIES,
    *DECIDING,
    *ENDING,
    *MONEY,
)

STATES = (
    "draft",
    "submitted",
    "refused",
    "received",
    "processing",
    "supplement",
    "payment",
    "suspended",
    "approving",
    "approved",
    "rejected",
    "ready",
    "returned",
    "withdrawing",
    "stopped",
)
PAUSES = ("supplement", "payment", "suspended")
CLOSED = ("refused", "returned", "stopped")
OPEN = tuple(state for state in STATES if state not in CLOSED)
NAMES = tuple(dict.fromkeys(row.name for row in TRANSITIONS))
LEGAL_ACTS = tuple(dict.fromkeys(row.name for row in TRANSITIONS if row.legal))


def rows_for(name: str, state: str) -> tuple[Transition, ...]:
    """The rows of an act that start from a state; more than one where guards decide."""
    return tuple(r for r in TRANSITIONS if r.name == name and r.source == state)


def rows_from(state: str) -> tuple[Transition, ...]:
    """Every row that starts from a state."""
    return tuple(r for r in TRANSITIONS if r.source == state)
