# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""One request to an SMS or messaging gateway over HTTP."""

import ipaddress
import json
import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import requests
from urllib3.exceptions import HTTPError

PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
NAMES = ("phone", "text", "key", "secret", "template", "data")
# To connect, and between two bytes of the answer; seconds.
TIMEOUT = 10
LARGEST_ANSWER = 20_000
# How much of an answer is kept.
KEPT = 300
# A gateway that says so takes the message later: once it is less busy, or once the
# Centre's account is in order (401, 402, 403, 407).
LATER = frozenset({401, 402, 403, 407, 408, 425, 429})


class Refused(Exception):
    """The gateway will never take this message."""


class Failed(Exception):
    """Not taken now; the same message is tried again."""


class Unreachable(Failed):
    """Nobody answers; others over the same way will fare no better now."""


@dataclass(frozen=True)
class Request:
    """What a gateway wants to be asked, with placeholders."""

    url: str
    method: str = "POST"
    kind: str = "json"
    headers: str = ""
    body: str = ""
    statuses: str = "200-299"
    path: str = ""
    expected: str = ""
    secrets: tuple = field(default=(), repr=False)


def problems(text: str) -> list[str]:
    """Placeholders that a gateway has not got, and braces that are none."""
    unknown = [name for name in PLACE.findall(text or "") if name not in NAMES]
    rest = PLACE.sub("", text or "")
    return unknown + [sign for sign in ("{{", "}}") if sign in rest and unknown]


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_safe(url: str) -> bool:
    """Whether an address may be asked: over TLS, or on this machine."""
    parts = urlsplit(url or "")
    if parts.username or not parts.hostname:
        return False
    local = parts.scheme == "http" and is_loopback(parts.hostname)
    return parts.scheme == "https" or local


def has_fixed_host(url: str) -> bool:
    """Whether the host is written out: no text of a notice chooses it."""
    parts = urlsplit(url or "")
    return not set("{}") & set(parts.scheme + parts.netloc)


def send(request: Request, values: dict[str, str]) -> str:
    """Send one message.

    :param values: phone, text, key, secret, template, and data (a dictionary).
    :return: the beginning of the answer, without the secret.
    :raises Refused: it will never be taken.
    :raises Failed: not now; :class:`Unreachable` when nobody answers.
    """
    if not is_safe(request.url):
        raise Failed("the gateway has no address over TLS")
    url = _fill(request.url, values, lambda text: quote(text, safe=""))
    headers = dict(_headers(request.headers, values))
    body = None
    if request.method != "GET":
        if request.kind == "json":
            headers.setdefault("Content-Type", "application/json; charset=utf-8")
            body = _fill(request.body, values, lambda text: json.dumps(text)[1:-1])
        else:
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
            body = _fill(request.body, values, lambda text: quote(text, safe=""))
        body = body.encode()
    try:
        with (
            requests.Session() as session,
            session.request(
                request.method,
                url,
                data=body,
                headers=headers,
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
            ) as answer,
        ):
            text = answer.raw.read(LARGEST_ANSWER, decode_content=True)
            status = answer.status_code
    except (requests.ConnectionError, requests.Timeout) as error:
        raise Unreachable(type(error).__name__) from error
    except (requests.RequestException, HTTPError, OSError) as error:
        raise Failed(type(error).__name__) from error
    return _judge(request, status, text.decode(errors="replace"), values)


def _judge(request, status, text, values):
    kept = f"{status} {' '.join(text.split())}"
    secret = values.get("secret")
    for form in (secret, secret and quote(secret, safe="")):
        kept = kept.replace(form, "•••") if form else kept
    kept = kept[:KEPT]
    if not _within(status, request.statuses):
        if 400 <= status < 500 and status not in LATER:
            raise Refused(kept)
        raise Failed(kept)
    if request.path:
        said = _at(text, request.path)
        if said != request.expected.strip():
            raise Refused(kept)
    return kept


def _within(status, statuses):
    for part in re.split(r"[,\s]+", statuses.strip() or "200-299"):
        low, _dash, high = part.partition("-")
        if low.isdigit() and int(low) <= status <= int(high or low):
            return True
    return False


def _at(text, path):
    """What stands at ``a.b.0`` of an answer in JSON, as text; None for nothing."""
    try:
        value = json.loads(text)
        for key in path.strip().split("."):
            value = value[int(key)] if isinstance(value, list) else value[key]
    except (ValueError, KeyError, IndexError, TypeError):
        return None
    return value if isinstance(value, str) else json.dumps(value)


def _fill(text, values, escaped):
    def put(found):
        value = values.get(found[1])
        if isinstance(value, dict):
            return json.dumps(value, ensure_ascii=False)
        return escaped(str(value or ""))

    return PLACE.sub(put, text or "")


def _headers(lines, values):
    for line in (lines or "").splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip():
            value = _fill(value, values, lambda text: " ".join(text.split()))
            # Python's HTTP client takes Latin-1 and nothing else in a header.
            yield (
                name.strip(),
                value.strip().encode("latin-1", "ignore").decode("latin-1"),
            )
