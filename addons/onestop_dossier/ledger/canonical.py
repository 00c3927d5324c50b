# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Canonical form and hash of an event (RFC 8785, strings in NFC)."""

import hashlib
import json
import secrets
import unicodedata
from datetime import UTC, datetime

import rfc8785

# Hash that the first event of a chain names as the one before it.
GENESIS = "0" * 64
# Beyond these a number is not the same in all programs (RFC 8785, 3.2.2.3).
LARGEST = 2**53 - 1
_ENCODER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, check_circular=False
)


def normalise(value):
    """Plain JSON values, strings in NFC, instants as UTC in ISO 8601."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, dict):
        return {normalise(key): normalise(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [normalise(item) for item in value]
    return value


def instant(value):
    """An instant as text: UTC, microseconds, ``Z``. Naive values are UTC."""
    if not value:
        return None
    if value.tzinfo:
        value = value.astimezone(UTC).replace(tzinfo=None)
    return value.isoformat(timespec="microseconds") + "Z"


def parse_instant(text):
    """The naive UTC datetime that :func:`instant` wrote, or None."""
    return datetime.fromisoformat(text).replace(tzinfo=None) if text else None


def canonical(body: dict) -> str:
    """The canonical JSON text of an event's body.

    Python's own encoder, which is compiled, writes the same text for all that events
    hold; whatever it might write otherwise goes to the library.
    """
    try:
        return _ENCODER.encode(_plain(body))
    except _Rare:
        return rfc8785.dumps(normalise(body)).decode()


class _Rare(Exception):
    """A value of which Python's encoder may not write the canonical form."""


def _plain(value):
    """The normalised value, if Python's encoder writes its canonical form."""
    kind = type(value)
    if kind is str:
        return value if value.isascii() else _composed(value)
    if value is None or kind is bool:
        return value
    if kind is int and -LARGEST <= value <= LARGEST:
        return value
    if kind is dict and all(type(key) is str and key.isascii() for key in value):
        # Keys in ASCII sort alike by code points and by UTF-16.
        return {key: _plain(item) for key, item in value.items()}
    if kind is list or kind is tuple:
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return instant(value)
    raise _Rare


def _composed(text):
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise _Rare
    return unicodedata.normalize("NFC", text)


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def salted(text: str) -> tuple[str, str]:
    """A fresh salt for an erasable text, and the hash that stays when it goes."""
    salt = secrets.token_hex(16)
    return salt, salted_digest(salt, text)


def salted_digest(salt: str, text: str) -> str:
    """Hash of an erasable text under its salt."""
    return digest(salt + unicodedata.normalize("NFC", text))
