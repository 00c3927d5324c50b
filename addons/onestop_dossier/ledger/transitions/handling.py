# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Handling: a step done, the next one opened."""

from .actors import APPRAISER, DECIDER, HEADS, KEEPER, LATE, PORTER, RECEIVER, SENDER
from .row import BACK, SAME, rows

HANDLING = (
    *rows(
        "forward",
        "received",
        "processing",
        RECEIVER,
        guards=["next_appraises", "fees_first"],
    ),
    *rows(
        "forward",
        "received",
        "approving",
        RECEIVER,
        guards=["next_approves", "fees_first"],
    ),
    *rows(
        "forward",
        "processing",
        "processing",
        APPRAISER,
        guards=["next_appraises", "appraised", "fees_first"],
    ),
    *rows(
        "forward",
        "processing",
        "approving",
        APPRAISER,
        guards=["next_approves", "appraised", "fees_first"],
    ),
    *rows(
        "send_back",
        "approving",
        "processing",
        DECIDER,
        guards=["reason", "step_before"],
    ),
    *rows(
        "send_back",
        "processing",
        "processing",
        APPRAISER,
        guards=["reason", "step_before"],
    ),
    *rows("assign", "received", SAME, RECEIVER, guards=["holder"]),
    *rows("assign", "processing", SAME, APPRAISER, DECIDER, guards=["holder"]),
    *rows("assign", "approving", SAME, DECIDER, guards=["holder"]),
    # Back to the pool of the step: by the holder, or by head and deputy for him
    *rows("release", "received", SAME, RECEIVER, HEADS, guards=["held"]),
    *rows("release", "processing", SAME, APPRAISER, HEADS, guards=["held"]),
    *rows("release", "approving", SAME, LATE, guards=["held"]),
    # Back to who forwarded it, while the next desk has not seen it
    *rows("recall", "processing approving", BACK, SENDER, guards=["untouched"]),
    *rows(
        "move_paper",
        "received processing supplement payment suspended approving withdrawing "
        "approved rejected ready",
        SAME,
        PORTER,
        KEEPER,
        guards=["in_hand", "paper_place"],
    ),
)
