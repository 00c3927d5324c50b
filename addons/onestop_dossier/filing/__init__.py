# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What a filed document is, judged from its bytes alone: no database, no network.

Everything here reads hostile input. Nothing is unpacked whole into memory, every loop
has an end, and whatever a parser stumbles over is a refusal, never a crash.
"""

from .check import EXTENSIONS, check
from .refusal import Refused

__all__ = ["EXTENSIONS", "Refused", "check"]
