# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Money: received at the counter, at any time while the dossier is open."""

from .actors import CASHIER, RETURNER, SYSTEM
from .row import SAME, rows

MONEY = (
    *rows(
        "collect_fee",
        "submitted received supplement processing approving payment suspended "
        "approved rejected ready",
        SAME,
        CASHIER,
        RETURNER,
        SYSTEM,  # money that came to the bank or through the gateway
        guards=["fee_due"],
    ),
)
