# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Texts that officials edit: plain text with names from a fixed list.

No expression is ever evaluated. What is not in the list is refused when the text is
saved, and values are put in as plain text.
"""

import re

from markupsafe import Markup, escape

PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
# What would be code in another template language, or a placeholder badly written.
CODE = re.compile(r"\{\{|\}\}|\{%|%\}|\$\{|<\s*/?\s*t\b|\bt-(?:out|esc|raw|call|set)\b")
URL = re.compile(r"https?://[^\s<>\"]+")
# 9 and 12 digits are identity card numbers (domain: CMND, CCCD).
IDENTITY = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

# Texts of people: cut in a short message, where identity numbers are masked.
FREE = ("reason", "items", "legal_basis")
NAMES = (
    "code",
    "procedure",
    "owner",
    "centre",
    "agency",
    "received",
    "due",
    "until",
    "appointment",
    "reason",
    "items",
    "legal_basis",
    "result_by",
    "amount",
    "receipt",
    "tracking",
    "contact",
    "link",
)


def problems(text: str) -> list[str]:
    """What keeps a text from being saved: unknown names, then pieces of code."""
    text = text or ""
    unknown = [name for name in PLACE.findall(text) if name not in NAMES]
    rest = PLACE.sub("", text)
    return unknown + sorted(set(CODE.findall(rest)))


def fill(text: str, values: dict[str, str]) -> str:
    """The text with its placeholders filled in, once: values are never read again."""
    filled = PLACE.sub(lambda found: values.get(found[1]) or "", text or "")
    return CONTROL.sub("", filled).strip()


def fill_line(text: str, values: dict[str, str]) -> str:
    """As :func:`fill`, on one line: a subject."""
    return " ".join(fill(text, values).split())


def as_html(text: str) -> Markup:
    """A plain text as HTML: everything escaped, lines kept, addresses as links."""
    pieces, last = [], 0
    for found in URL.finditer(text):
        address = found[0].rstrip(".,;:!?)")
        pieces += [
            escape(text[last : found.start()]),
            Markup('<a href="%s">%s</a>') % (address, address),
        ]
        last = found.start() + len(address)
    pieces.append(escape(text[last:]))
    lines = Markup("").join(pieces).split("\n")
    return Markup("<p>%s</p>") % Markup("<br/>").join(lines)


def short_values(values: dict[str, str], longest: int) -> dict[str, str]:
    """Values for a short message: free texts cut, identity numbers masked."""
    short = dict(values)
    for name in FREE:
        text = " ".join(IDENTITY.sub("•••", values.get(name) or "").split())
        short[name] = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return short
