# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Other agencies, and what an entry of theirs changes."""

from .actors import APPRAISER, CONSULTED, DECIDER, RECEIVER, SYSTEM
from .row import SAME, Effect, rows

AGENCIES = (
    *rows("consult", "processing", SAME, APPRAISER, guards=["question"]),
    *rows("consult", "approving", SAME, DECIDER, guards=["question"]),
    *rows(
        "answer_consultation",
        "processing supplement payment suspended approving withdrawing",
        SAME,
        CONSULTED,
        guards=["answer"],
    ),
    *rows("spawn", "processing", SAME, APPRAISER, guards=["spawnable"]),
    *rows(
        "transfer",
        "received processing supplement payment suspended approving withdrawing "
        "approved rejected ready",
        SAME,
        RECEIVER,
        DECIDER,
        SYSTEM,  # its agency was merged into another
        guards=["in_hand", "reason", "other_agency"],
    ),
    *rows(
        "correct",
        "received processing supplement payment suspended approving",
        SAME,
        RECEIVER,
        guards=["in_hand", "reason", "correction"],
        effect=Effect.RECOUNT,
    ),
)
