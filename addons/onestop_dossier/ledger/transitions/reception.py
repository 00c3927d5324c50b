# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Before reception, and reception itself."""

from .actors import CITIZEN, HELPER, RECEIVER, SYSTEM
from .row import Effect, rows

RECEPTION = (
    *rows(
        "submit",
        "draft",
        "submitted",
        CITIZEN,
        RECEIVER,
        HELPER,
        guards=["complete"],
    ),
    *rows(
        "receive",
        "draft submitted",
        "received",
        RECEIVER,
        guards=["complete", "version"],
        effect=Effect.START,
    ),
    *rows(
        "refuse",
        "draft submitted",
        "refused",
        RECEIVER,
        guards=["reason"],
        effect=Effect.STOP,
    ),
    *rows(
        "refuse",
        "supplement",
        "refused",
        RECEIVER,
        guards=["reason", "not_received"],
        effect=Effect.STOP,
    ),
    *rows(
        "expire",
        "supplement payment",
        "refused",
        SYSTEM,
        RECEIVER,
        guards=["not_received", "answer_late"],
        effect=Effect.STOP,
    ),
)
