# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Deciding, issuing, returning."""

from .actors import CITIZEN, DECIDER, RECEIVER, RECORDS, RETURNER
from .row import SAME, Effect, rows

DECIDING = (
    *rows(
        "approve",
        "approving",
        "approved",
        DECIDER,
        guards=["children_done", "authority", "seen", "fees_first"],
        legal=True,
    ),
    # Silence is consent where an article says so: what the law did is recorded
    *rows(
        "record_consent",
        "received processing approving",
        "approved",
        RECEIVER,
        DECIDER,
        guards=["children_done", "silence"],
    ),
    *rows(
        "reject",
        "processing approving",
        "rejected",
        DECIDER,
        guards=["reason", "authority", "seen"],
        legal=True,
    ),
    *rows(
        "issue",
        "approved rejected",
        "ready",
        RECORDS,
        RETURNER,
        guards=["result_file", "fees_first"],
        effect=Effect.STOP,
    ),
    *rows(
        "record_outside",
        "approved rejected",
        "ready",
        RECORDS,
        RETURNER,
        guards=["result_file", "fees_first"],
        effect=Effect.STOP,
    ),
    *rows(
        "return",
        "ready",
        "returned",
        RETURNER,
        guards=["not_in_post", "receiver", "originals", "fees_paid"],
    ),
    # The citizen downloads an electronic result himself
    *rows(
        "collect_online",
        "ready",
        "returned",
        CITIZEN,
        guards=["electronic", "fees_paid"],
    ),
    # By post: on the way it is not returned yet; delivery is the act "return"
    *rows(
        "send_parcel",
        "ready",
        SAME,
        RETURNER,
        guards=["not_in_post", "fees_paid", "address"],
    ),
    *rows(
        "record_undelivered",
        "processing approving approved rejected ready",
        SAME,
        RETURNER,
        guards=["reason", "in_post"],
    ),
    *rows(
        "revoke_decision",
        "approved rejected ready",
        "processing",
        DECIDER,
        guards=["reason", "authority"],
        effect=Effect.REOPEN,
        legal=True,
    ),
    *rows(
        "revoke_decision",
        "returned",
        SAME,
        DECIDER,
        guards=["reason", "authority"],
        legal=True,
    ),
)
