# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What a merger of agencies does with the records of the old agency."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Handover:
    """Some records of an agency that ends, and what becomes of them.

    ``key`` names the method of ``onestop.merger.line`` that moves them:
    ``_move_<key>(records)``, the part of the key before a colon; it returns the
    changes it made (see ``onestop.merger.line._change``), so that they can be undone.
    ``outcome`` is "moves", or "stays" for what is only counted.
    """

    key: str
    name: str
    records: Any
    outcome: str = "moves"
    # Of what stays only the number is kept when there may be millions.
    count: int = 0

    @property
    def number(self) -> int:
        """How many records there are."""
        return self.count or len(self.records)

    @property
    def method(self) -> str:
        """Name of the method that moves the records."""
        return f"_move_{self.key.partition(':')[0]}"
