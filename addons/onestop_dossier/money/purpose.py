# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The purpose of a transfer: a dossier's code, made to survive a bank.

Banks drop punctuation, change the case, and write words of their own before and
behind. The purpose is ``HS``, the code without dots and dashes, and two check digits
(ISO 7064, modulo 97) that a mistyped code does not pass.
"""

import re
from dataclasses import dataclass

from stdnum.iso7064 import mod_97_10

MARK = "HS"
# A code ends in day (yyMMdd) and number; a unit of 1 to 14 characters comes before.
TAIL = re.compile(r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}")
SHORTEST_UNIT, LONGEST_UNIT = 2, 14


@dataclass(frozen=True)
class Mention:
    """A code that may be meant in what a bank wrote."""

    code: str  # squeezed, see :func:`squeeze`
    checked: bool  # its check digits are right


def squeeze(text: str) -> str:
    """Letters and digits of ``text``, in capitals."""
    return "".join(
        char for char in (text or "").upper() if char.isascii() and char.isalnum()
    )


def purpose(code: str) -> str:
    """The purpose of a transfer for the dossier with this code."""
    plain = squeeze(code)
    return f"{MARK}{plain}{mod_97_10.calc_check_digits(plain)}"


def mentions(text: str) -> list[Mention]:
    """The codes that a description may mean, those with right check digits first.

    A code behind the mark whose check digits are wrong is not among them: it was
    mistyped, and the nearest dossier would be somebody else's.
    """
    plain = squeeze(text)
    checked, typed = {}, {}
    for tail in _tails(plain):
        end = tail + 10
        for size in range(SHORTEST_UNIT, LONGEST_UNIT + 1):
            start = tail - size
            if start < 0:
                break
            code = plain[start:end]
            if not any(char.isalpha() for char in code):
                continue
            marked = plain[max(start - len(MARK), 0) : start] == MARK
            digits = plain[end : end + 2]
            right = (
                len(digits) == 2
                and digits.isdigit()
                and mod_97_10.is_valid(code + digits)
            )
            if marked and right:
                checked[code] = True
            elif not marked:
                typed[code] = True
    return [Mention(code, True) for code in checked] + [
        Mention(code, False) for code in typed if code not in checked
    ]


def _tails(plain):
    """Where a day and a number begin; they may overlap."""
    return [
        position for position in range(len(plain) - 9) if TAIL.match(plain, position)
    ]
