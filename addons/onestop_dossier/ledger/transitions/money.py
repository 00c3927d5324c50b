# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Money: stated, collected, cancelled on the day, refunded later."""

from .actors import ASSESSOR, CASHIER, LEADERS, RETURNER, SYSTEM, TILL
from .row import SAME, rows

UNPAID = (
    "submitted received supplement processing approving payment suspended approved "
    "rejected ready"
)

MONEY = (
    *rows(
        "set_fee",
        UNPAID,
        SAME,
        CASHIER,
        ASSESSOR,
        guards=["reason", "fee_unpaid", "fee_stated"],
    ),
    *rows(
        "collect_fee",
        UNPAID,
        SAME,
        CASHIER,
        RETURNER,
        SYSTEM,  # money that came to the bank or through the gateway
        guards=["fee_due"],
    ),
    # After the return the fees are part of what was done: only a refund is left
    *rows(
        "cancel_receipt",
        f"{UNPAID} withdrawing refused stopped",
        SAME,
        CASHIER,
        RETURNER,
        LEADERS,
        guards=["reason", "receipt_today"],
    ),
    *rows(
        "refund_fee",
        f"{UNPAID} withdrawing refused stopped returned",
        SAME,
        TILL,
        LEADERS,
        SYSTEM,  # through the gateway that the money came by
        guards=["reason", "refundable"],
    ),
)
