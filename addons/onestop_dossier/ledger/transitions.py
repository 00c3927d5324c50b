# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The one table of transitions: every move that a dossier can make.

A row says: the act, the state it starts from, the state it leads to, who may do it,
which guards it has to pass, and what it does to the clock. The act's name is the
kind of the event it leaves in the ledger. Nothing else changes a state.

``TO`` may be ``SAME`` (an act without a change of state), ``LEFT`` (back to the
state that was left by the pause), or ``BACK`` (to the state before the last act).
"""

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


CITIZEN = Who(Place.CITIZEN)
RECEIVER = Who(Place.CENTRE, ("receiver",))
CASHIER = Who(Place.CENTRE, ("receiver", "cashier"))
RETURNER = Who(Place.CENTRE, ("returner",))
APPRAISER = Who(Place.CHARGE, ("appraiser",))
# Who may decide at all; whether this person may decide this dossier now is the
# question of the guard "authority" (and of the delegation room above).
DECIDER = Who(Place.COMPETENT, ("head", "deputy", "approver"))
RECORDS = Who(Place.COMPETENT, ("records",))
# The agency that is late apologises, also when it is not the one that decides.
LATE = Who(Place.CHARGE, ("head", "deputy", "approver"))
# Who forwarded the dossier; that it was himself is part of the place.
SENDER = Who(Place.SENDER, ("receiver", "appraiser"))
# Head and deputy of the agency that has it, whoever of their people holds it.
HEADS = Who(Place.CHARGE, ("head", "deputy"))
# The physical file is moved by the counter, and by everybody who works where it lies.
PORTER = Who(Place.CENTRE, ("receiver", "returner"))
KEEPER = Who(
    Place.CHARGE,
    ("receiver", "appraiser", "head", "deputy", "approver", "records"),
)
CONSULTED = Who(Place.CONSULTED, ("head", "deputy", "appraiser"))
LEADERS = Who(Place.CENTRE, ("head", "deputy"))
SYSTEM = Who(Place.SYSTEM)


def _rows(name, sources, target, *who, guards=(), effect=Effect.NONE, legal=False):
    return tuple(
        Transition(name, source, target, who, tuple(guards), effect, legal)
        for source in sources.split()
    )


TRANSITIONS = (
    # Before reception
    *_rows("submit", "draft", "submitted", CITIZEN, RECEIVER, guards=["complete"]),
    *_rows(
        "receive",
        "draft submitted",
        "received",
        RECEIVER,
        guards=["complete", "version"],
        effect=Effect.START,
    ),
    *_rows(
        "refuse",
        "draft submitted",
        "refused",
        RECEIVER,
        guards=["reason"],
        effect=Effect.STOP,
    ),
    *_rows(
        "refuse",
        "supplement",
        "refused",
        RECEIVER,
        guards=["reason", "not_received"],
        effect=Effect.STOP,
    ),
    *_rows(
        "expire",
        "supplement payment",
        "refused",
        SYSTEM,
        RECEIVER,
        guards=["not_received", "answer_late"],
        effect=Effect.STOP,
    ),
    # Handling: a step done, the next one opened
    *_rows("forward", "received", "processing", RECEIVER, guards=["next_appraises"]),
    *_rows("forward", "received", "approving", RECEIVER, guards=["next_approves"]),
    *_rows(
        "forward",
        "processing",
        "processing",
        APPRAISER,
        guards=["next_appraises", "appraised"],
    ),
    *_rows(
        "forward",
        "processing",
        "approving",
        APPRAISER,
        guards=["next_approves", "appraised"],
    ),
    *_rows(
        "send_back",
        "approving",
        "processing",
        DECIDER,
        guards=["reason", "step_before"],
    ),
    *_rows(
        "send_back",
        "processing",
        "processing",
        APPRAISER,
        guards=["reason", "step_before"],
    ),
    *_rows("assign", "received", SAME, RECEIVER, guards=["holder"]),
    *_rows("assign", "processing", SAME, APPRAISER, DECIDER, guards=["holder"]),
    *_rows("assign", "approving", SAME, DECIDER, guards=["holder"]),
    # Back to the pool of the step: by the holder, or by head and deputy for him
    *_rows("release", "received", SAME, RECEIVER, HEADS, guards=["held"]),
    *_rows("release", "processing", SAME, APPRAISER, HEADS, guards=["held"]),
    *_rows("release", "approving", SAME, LATE, guards=["held"]),
    # Back to who forwarded it, while the next desk has not seen it
    *_rows("recall", "processing approving", BACK, SENDER, guards=["untouched"]),
    *_rows(
        "move_paper",
        "received processing supplement payment suspended approving withdrawing "
        "approved rejected ready",
        SAME,
        PORTER,
        KEEPER,
        guards=["in_hand", "paper_place"],
    ),
    # Waiting
    *_rows(
        "request_supplement",
        "submitted received",
        "supplement",
        RECEIVER,
        guards=["reason", "supplement_by_law"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *_rows(
        "request_supplement",
        "processing",
        "supplement",
        APPRAISER,
        guards=["reason", "supplement_by_law"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *_rows(
        "request_supplement",
        "approving",
        "supplement",
        DECIDER,
        guards=["reason", "supplement_by_law"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *_rows(
        "request_payment",
        "submitted received",
        "payment",
        CASHIER,
        guards=["reason"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *_rows(
        "request_payment",
        "processing",
        "payment",
        APPRAISER,
        guards=["reason"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *_rows(
        "request_payment",
        "approving",
        "payment",
        DECIDER,
        guards=["reason"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *_rows(
        "request_payment",
        "ready",
        "payment",
        RETURNER,
        guards=["reason"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *_rows(
        "suspend",
        "received",
        "suspended",
        RECEIVER,
        guards=["reason", "legal_basis"],
        effect=Effect.PAUSE_LAW,
    ),
    *_rows(
        "suspend",
        "processing",
        "suspended",
        APPRAISER,
        guards=["reason", "legal_basis"],
        effect=Effect.PAUSE_LAW,
    ),
    *_rows(
        "suspend",
        "approving",
        "suspended",
        DECIDER,
        guards=["reason", "legal_basis"],
        effect=Effect.PAUSE_LAW,
    ),
    *_rows("pass_on", "supplement", SAME, RECEIVER, guards=["to_pass_on"]),
    *_rows("resume", "supplement", LEFT, RECEIVER, effect=Effect.RESUME),
    *_rows("resume", "payment", LEFT, CASHIER, RETURNER, effect=Effect.RESUME),
    *_rows(
        "resume", "suspended", LEFT, RECEIVER, APPRAISER, DECIDER, effect=Effect.RESUME
    ),
    *_rows(
        "extend",
        "received processing approving",
        SAME,
        DECIDER,
        LATE,
        guards=["reason", "authority", "later_due", "extension"],
        effect=Effect.EXTEND,
        legal=True,
    ),
    # A holiday made known late moves a running dossier, by this event alone
    *_rows(
        "recalculate",
        "received processing supplement payment suspended approving",
        SAME,
        LEADERS,
        guards=["in_hand", "reason", "new_calendar"],
        effect=Effect.RECOUNT,
    ),
    # Other agencies
    *_rows("consult", "processing", SAME, APPRAISER, guards=["question"]),
    *_rows("consult", "approving", SAME, DECIDER, guards=["question"]),
    *_rows(
        "answer_consultation",
        "processing supplement payment suspended approving withdrawing",
        SAME,
        CONSULTED,
        guards=["answer"],
    ),
    *_rows("spawn", "processing", SAME, APPRAISER, guards=["spawnable"]),
    *_rows(
        "transfer",
        "received processing supplement payment suspended approving withdrawing "
        "approved rejected ready",
        SAME,
        RECEIVER,
        DECIDER,
        guards=["in_hand", "reason", "other_agency"],
    ),
    *_rows(
        "correct",
        "received processing supplement payment suspended approving",
        SAME,
        RECEIVER,
        guards=["in_hand", "reason", "correction"],
        effect=Effect.RECOUNT,
    ),
    # Deciding
    *_rows(
        "approve",
        "approving",
        "approved",
        DECIDER,
        guards=["children_done", "authority", "seen"],
        legal=True,
    ),
    # Silence is consent where an article says so: what the law did is recorded
    *_rows(
        "record_consent",
        "received processing approving",
        "approved",
        RECEIVER,
        DECIDER,
        guards=["children_done", "silence"],
    ),
    *_rows(
        "reject",
        "processing approving",
        "rejected",
        DECIDER,
        guards=["reason", "authority", "seen"],
        legal=True,
    ),
    *_rows(
        "issue",
        "approved rejected",
        "ready",
        RECORDS,
        RETURNER,
        guards=["result_file"],
        effect=Effect.STOP,
    ),
    *_rows(
        "record_outside",
        "approved rejected",
        "ready",
        RECORDS,
        RETURNER,
        guards=["result_file"],
        effect=Effect.STOP,
    ),
    *_rows("return", "ready", "returned", RETURNER, guards=["receiver", "fees_paid"]),
    *_rows(
        "revoke_decision",
        "approved rejected ready",
        "processing",
        DECIDER,
        guards=["reason", "authority"],
        effect=Effect.REOPEN,
        legal=True,
    ),
    *_rows(
        "revoke_decision",
        "returned",
        SAME,
        DECIDER,
        guards=["reason", "authority"],
        legal=True,
    ),
    # Ending without a result
    *_rows(
        "request_withdrawal",
        "submitted received processing supplement payment",
        "withdrawing",
        CITIZEN,
        RECEIVER,
        guards=["reason", "not_finished"],
    ),
    *_rows("accept_withdrawal", "withdrawing", "stopped", RECEIVER, effect=Effect.STOP),
    *_rows("decline_withdrawal", "withdrawing", LEFT, RECEIVER, guards=["reason"]),
    *_rows(
        "stop",
        "received processing approving suspended",
        "stopped",
        DECIDER,
        guards=["reason", "legal_basis", "authority"],
        effect=Effect.STOP,
        legal=True,
    ),
    *_rows(
        "stop",
        "supplement payment",
        "stopped",
        DECIDER,
        guards=["reason", "legal_basis", "was_received", "authority"],
        effect=Effect.STOP,
        legal=True,
    ),
    # Money: received at the counter, at any time while the dossier is open
    *_rows(
        "collect_fee",
        "submitted received processing approving payment approved rejected ready",
        SAME,
        CASHIER,
        RETURNER,
        guards=["fee_due"],
    ),
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
