# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Waiting for the citizen or for a ground in law; more time."""

from .actors import (
    APPRAISER,
    CASHIER,
    DECIDER,
    LATE,
    LEADERS,
    RECEIVER,
    RETURNER,
    SYSTEM,
)
from .row import LEFT, SAME, Effect, rows

WAITING = (
    *rows(
        "request_supplement",
        "submitted received",
        "supplement",
        RECEIVER,
        guards=["reason", "supplement_by_law"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *rows(
        "request_supplement",
        "processing",
        "supplement",
        APPRAISER,
        guards=["reason", "supplement_by_law"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *rows(
        "request_supplement",
        "approving",
        "supplement",
        DECIDER,
        guards=["reason", "supplement_by_law"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *rows(
        "request_payment",
        "submitted received",
        "payment",
        CASHIER,
        guards=["reason"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *rows(
        "request_payment",
        "processing",
        "payment",
        APPRAISER,
        guards=["reason"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *rows(
        "request_payment",
        "approving",
        "payment",
        DECIDER,
        guards=["reason"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *rows(
        "request_payment",
        "ready",
        "payment",
        RETURNER,
        guards=["reason"],
        effect=Effect.PAUSE_CITIZEN,
    ),
    *rows(
        "suspend",
        "received",
        "suspended",
        RECEIVER,
        guards=["reason", "legal_basis"],
        effect=Effect.PAUSE_LAW,
    ),
    *rows(
        "suspend",
        "processing",
        "suspended",
        APPRAISER,
        guards=["reason", "legal_basis"],
        effect=Effect.PAUSE_LAW,
    ),
    *rows(
        "suspend",
        "approving",
        "suspended",
        DECIDER,
        guards=["reason", "legal_basis"],
        effect=Effect.PAUSE_LAW,
    ),
    *rows("pass_on", "supplement", SAME, RECEIVER, guards=["to_pass_on"]),
    *rows("resume", "supplement", LEFT, RECEIVER, effect=Effect.RESUME),
    # By the system when the fees that were asked for are paid at a bank or online
    *rows("resume", "payment", LEFT, CASHIER, RETURNER, SYSTEM, effect=Effect.RESUME),
    *rows(
        "resume", "suspended", LEFT, RECEIVER, APPRAISER, DECIDER, effect=Effect.RESUME
    ),
    *rows(
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
    *rows(
        "recalculate",
        "received processing supplement payment suspended approving",
        SAME,
        LEADERS,
        guards=["in_hand", "reason", "new_calendar"],
        effect=Effect.RECOUNT,
    ),
)
