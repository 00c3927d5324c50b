# Part of One-Stop. See LICENSE file for full copyright and licensing details.
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """Something in a row that a person has to look at.

    The reason is a key with values; the sentence, in the reader's language, is
    made where it is shown.
    """

    file: str
    """"departments", "procedures" or "parts"."""
    line: int
    """Row in the file; the header is row 1."""
    reason: str
    values: dict = field(default_factory=dict)
    code: str = ""
    blocking: bool = True
    """False for a remark: the row is imported all the same."""
