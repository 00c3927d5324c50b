# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Numbers of legal normative documents, as texts cite them."""

import re

from .text import clean

# Number/year/symbol (NĐ 78/2025/NĐ-CP): 119/2025/TT-BTC, 66.7/2025/NQ-CP, 20/2008/QH12.
LAW_NUMBER = re.compile(
    r"^\d{1,4}[a-z]?(?:\.\d{1,3})?/(?:19|20)\d\d/[A-ZĐ][A-ZĐa-zđ0-9&]*"
    r"(?:[-/][A-ZĐ][A-ZĐa-zđ0-9&]*)*$"
)
# Beginning of the symbol -> (type, who issues such documents, when there is one only).
SYMBOLS = (
    ("UBTVQH", "ordinance", "Ủy ban Thường vụ Quốc hội"),
    ("QH", "assembly", "Quốc hội"),
    ("NĐ-CP", "decree", "Chính phủ"),
    ("NQ-CP", "resolution", "Chính phủ"),
    ("NQ-", "resolution", ""),
    ("QĐ-TTg", "decision", "Thủ tướng Chính phủ"),
    ("QĐ-", "decision", ""),
    ("TTLT", "joint_circular", ""),
    ("TT-", "circular", ""),
)


def read_laws(text):
    """The numbers that a text cites, in their order and once each.

    Nothing is guessed: what is no whole number of a document is given back.

    :param text: such as "119/2025/TT-BTC; 262/2025/NĐ-CP".
    :return: (numbers, pieces that were not understood).

    >>> read_laws("119/2025/TT-BTC; 2017/QH14, 119/2025/TT-BTC")
    (['119/2025/TT-BTC'], ['2017/QH14'])
    """
    numbers, unread = {}, {}
    for piece in re.split(r"[;,\n]", text or ""):
        cited = clean(piece).rstrip(".")
        if not cited:
            continue
        # "59/2023/TT- BTC" is a matter of spacing, not of content.
        number = cited.replace(" ", "")
        found = numbers if LAW_NUMBER.match(number) else unread
        found[number if found is numbers else cited] = True
    return list(numbers), list(unread)


def describe_law(number):
    """What the symbol of a document says of it.

    :return: (type, issuer); the issuer is "" when the symbol leaves it open.

    >>> describe_law("118/2025/NĐ-CP")
    ('decree', 'Chính phủ')
    """
    symbol = number.split("/", 2)[-1]
    for beginning, law_type, issuer in SYMBOLS:
        if symbol.startswith(beginning):
            return law_type, issuer
    return "other", ""
