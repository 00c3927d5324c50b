# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Ending without a result."""

from .actors import CITIZEN, DECIDER, RECEIVER, RETURNER
from .row import LEFT, SAME, Effect, rows

ENDING = (
    *rows(
        "request_withdrawal",
        "submitted received processing supplement payment",
        "withdrawing",
        CITIZEN,
        RECEIVER,
        guards=["reason", "not_finished"],
    ),
    *rows("accept_withdrawal", "withdrawing", "stopped", RECEIVER, effect=Effect.STOP),
    *rows("decline_withdrawal", "withdrawing", LEFT, RECEIVER, guards=["reason"]),
    *rows(
        "stop",
        "received processing approving suspended",
        "stopped",
        DECIDER,
        guards=["reason", "legal_basis", "authority"],
        effect=Effect.STOP,
        legal=True,
    ),
    *rows(
        "stop",
        "supplement payment",
        "stopped",
        DECIDER,
        guards=["reason", "legal_basis", "was_received", "authority"],
        effect=Effect.STOP,
        legal=True,
    ),
    # What the citizen handed in goes back to him, with or without a result
    *rows(
        "give_back",
        "refused stopped returned",
        SAME,
        RETURNER,
        RECEIVER,
        guards=["receiver", "something", "originals"],
    ),
)
