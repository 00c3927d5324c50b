# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Length of a short message, in the parts that are paid for (3GPP TS 23.038)."""

import unicodedata
from dataclasses import dataclass

GSM7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# Two places each, behind an escape.
GSM7_TWO = frozenset("^{}\\[~]|€\f")
# Characters in a message alone, and in each of several joined by a header.
ONE = {"GSM-7": 160, "UCS-2": 70}
EACH = {"GSM-7": 153, "UCS-2": 67}


@dataclass(frozen=True)
class Length:
    """How long a message is on the wire."""

    encoding: str
    characters: int
    segments: int


def length(text: str) -> Length:
    """Encoding, characters and number of parts of a message."""
    if all(sign in GSM7 or sign in GSM7_TWO for sign in text):
        encoding = "GSM-7"
        characters = len(text) + sum(sign in GSM7_TWO for sign in text)
    else:
        encoding, characters = "UCS-2", len(text.encode("utf-16-be")) // 2
    if characters <= ONE[encoding]:
        return Length(encoding, characters, 1 if characters else 0)
    return Length(encoding, characters, -(-characters // EACH[encoding]))


def plain(text: str) -> str:
    """A Vietnamese text without diacritics, for the seven-bit alphabet."""
    text = text.replace("đ", "d").replace("Đ", "D")
    for fine, coarse in (("–", "-"), ("—", "-"), ("…", "..."), ("•", "*")):
        text = text.replace(fine, coarse)
    for fine, coarse in zip("“”‘’", "\"\"''", strict=True):
        text = text.replace(fine, coarse)
    split = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in split if not unicodedata.combining(sign))
