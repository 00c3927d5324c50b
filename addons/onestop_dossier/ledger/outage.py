# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What a desk wrote while the network failed: read it, and see that it is untouched.

Pure functions without database access. The desk signs the very text that it keeps
(ECDSA on P-256 with SHA-256, as WebCrypto does it: r and s side by side); nothing is
put into another form before it is verified.
"""

import base64
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils

# Text of an entry without its files; longer is no entry of a desk.
LONGEST = 200_000
# Clocks of desk and server differ by less, once the desk has asked for the time.
AHEAD = timedelta(minutes=5)
TOKEN = re.compile(r"[0-9a-f-]{36}")
HALF = 32


class OutageError(ValueError):
    """No desk writes this; ``problem`` says what is wrong."""

    def __init__(self, problem):
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True)
class Entry:
    """An entry as the desk wrote it."""

    token: str
    code: str
    occurred: datetime
    skew: int
    previous: str
    due: datetime | None
    said: dict


def read_entry(text):
    """Read the text of an entry.

    :param text: JSON with ``token``, ``code``, ``occurred`` (ISO, UTC), ``skew``
        (seconds by which the desk's clock was ahead), ``previous`` (hash of the entry
        before it in the block), ``due`` and ``entry``, what the desk holds.
    :raises OutageError: "entry", "token" or "time".
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        raise OutageError("entry")
    try:
        body = json.loads(text)
    except ValueError as error:
        raise OutageError("entry") from error
    if not isinstance(body, dict) or not isinstance(body.get("entry"), dict):
        raise OutageError("entry")
    if not isinstance(body.get("token"), str) or not TOKEN.fullmatch(body["token"]):
        raise OutageError("token")
    skew, previous = body.get("skew"), body.get("previous")
    return Entry(
        token=body["token"],
        code=str(body.get("code")),
        occurred=_instant(body.get("occurred")),
        skew=skew if type(skew) is int and abs(skew) < 2**31 else 0,
        previous=previous if isinstance(previous, str) else "",
        due=_instant(body["due"]) if body.get("due") else None,
        said=body["entry"],
    )


def _instant(text):
    """A naive UTC datetime of an ISO text with its zone."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise OutageError("time")
        return moment.astimezone(UTC).replace(tzinfo=None)
    except (TypeError, ValueError, OverflowError) as error:
        raise OutageError("time") from error


def read_key(text):
    """The public key of a desk: base64 of its SubjectPublicKeyInfo.

    :raises OutageError: "key".
    """
    try:
        key = serialization.load_der_public_key(base64.b64decode(text, validate=True))
    except (TypeError, ValueError, UnsupportedAlgorithm) as error:
        raise OutageError("key") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise OutageError("key")
    return key


def is_signed(text, signature, public_key):
    """Whether ``signature`` (base64) over ``text`` was made with the desk's key."""
    try:
        raw = base64.b64decode(signature, validate=True)
        if len(raw) != 2 * HALF:
            return False
        pair = utils.encode_dss_signature(
            int.from_bytes(raw[:HALF]), int.from_bytes(raw[HALF:])
        )
        read_key(public_key).verify(pair, text.encode(), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, OutageError, TypeError, ValueError):
        return False
    return True


def is_plausible(occurred, reserved, now, earlier=None, later=None):
    """Whether an entry can have been made at ``occurred`` (all naive UTC).

    :param reserved: when its code was reserved.
    :param earlier: when the entry of the code before it was made, if it is known.
    :param later: when that of the code after it was made, if it is known.
    """
    return (
        reserved <= occurred <= now + AHEAD
        and (earlier is None or earlier <= occurred)
        and (later is None or occurred <= later)
    )
