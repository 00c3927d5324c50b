# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Originals, certified copies and photocopies: the columns of forms 01 and 02."""

# Parts of a procedure count copies of all kinds; the name says which are meant.
CERTIFIED = "chứng thực"


def split_copies(name: str, copies: int) -> dict[str, int]:
    """Copies that a paper asks for, as certified or plain.

    :return: {"certified": number, "copies": number of photocopies}
    """
    if CERTIFIED in (name or "").lower():
        return {"certified": copies, "copies": 0}
    return {"certified": 0, "copies": copies}
