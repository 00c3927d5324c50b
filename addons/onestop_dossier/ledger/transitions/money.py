# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Money: received at the counter, at any time while the dossier is open."""

from .actors import CASHIER, RETURNER
from .row import SAME, rows

MONEY = (
    *rows(
        "collect_fee",
        "submitted received processing approving payment approved rejected ready",
        SAME,
        CASHIER,
        RETURNER,
        guards=["fee_due"],
    ),
)
