# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What is done at the Centre: shares, the way over the target, pooled counters.

Pure functions without database access.
"""

from .frequency import frequency_class
from .pooling import Counters, Pooling, pool_counters
from .share import Share, Standing, index_share, plan_share
from .shortest import WAYS, shortest_list

__all__ = [
    "WAYS",
    "Counters",
    "Pooling",
    "Share",
    "Standing",
    "frequency_class",
    "index_share",
    "plan_share",
    "pool_counters",
    "shortest_list",
]
