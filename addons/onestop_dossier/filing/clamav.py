# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""ClamAV over its socket (clamd's INSTREAM).

Own code, though rules prefer a library: ``clamd`` on PyPI has had no release in
years, has no deadline over a whole scan, and takes any answer that it does not know
for a clean one. The protocol is a command, lengths and an answer of one line.
"""

import re
import socket
import struct
import time
from contextlib import suppress
from typing import NamedTuple

CHUNK = 1024 * 1024
LONGEST_ANSWER = 4096
INFECTED = re.compile(r"stream: (.{1,500}) FOUND")
# Said of what was too large or too deep to be looked through: no verdict at all.
LIMITS = "Heuristics.Limits.Exceeded"


class ScannerError(Exception):
    """No verdict: ``unreachable``, ``slow``, ``limit`` or ``nonsense``."""

    def __init__(self, reason, detail=""):
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class Verdict(NamedTuple):
    """What the scanner found; ``threat`` is empty when it found nothing."""

    threat: str

    @property
    def state(self):
        return "infected" if self.threat else "clean"


class Scanner:
    """A clamd at an address: ``unix:/path`` or ``tcp:host:port``."""

    def __init__(self, address):
        """Read the address.

        :raises ValueError: it is none.
        """
        kind, _colon, rest = address.strip().partition(":")
        if kind == "unix" and rest.startswith("/"):
            self.family, self.target = socket.AF_UNIX, rest
            return
        host, _colon, port = rest.rpartition(":")
        if kind != "tcp" or not host or not port.isdecimal():
            raise ValueError(f"not unix:/path or tcp:host:port: {address!r}")
        self.family, self.target = None, (host.strip("[]"), int(port))

    def scan(self, content, seconds):
        """Have bytes looked through.

        :param seconds: for all of it: connection, sending and answer.
        :return: the :class:`Verdict`.
        :raises ScannerError: there is none; the file stays unknown.
        """
        answer = self._ask(b"zINSTREAM\0", seconds, content)
        if answer == "stream: OK":
            return Verdict("")
        found = INFECTED.fullmatch(answer)
        if found and found[1].startswith(LIMITS):
            raise ScannerError("limit", found[1])
        if found:
            return Verdict(found[1])
        if "size limit exceeded" in answer:
            raise ScannerError("limit", answer)
        raise ScannerError("nonsense", answer[:100])

    def version(self, seconds):
        """Engine and date of the signatures, as the scanner tells them.

        :raises ScannerError: it does not answer.
        """
        answer = self._ask(b"zVERSION\0", seconds)
        if not answer.startswith("ClamAV "):
            raise ScannerError("nonsense", answer[:100])
        return answer

    def _ask(self, command, seconds, content=None):
        until = time.monotonic() + seconds
        try:
            with self._connect(until) as line:
                # It hangs up on what is too large, and says so first.
                with suppress(BrokenPipeError, ConnectionResetError):
                    self._send(line, command, content, until)
                return self._hear(line, until)
        except TimeoutError as error:
            raise ScannerError("slow") from error
        except OSError as error:
            raise ScannerError("unreachable", str(error)) from error

    def _connect(self, until):
        if self.family is None:
            return socket.create_connection(self.target, timeout=_left(until))
        line = socket.socket(self.family, socket.SOCK_STREAM)
        try:
            line.settimeout(_left(until))
            line.connect(self.target)
        except BaseException:
            line.close()
            raise
        return line

    def _send(self, line, command, content, until):
        line.sendall(command)
        if content is None:
            return
        view = memoryview(content)
        for start in range(0, len(view), CHUNK):
            piece = view[start : start + CHUNK]
            line.settimeout(_left(until))
            line.sendall(struct.pack("!L", len(piece)))
            line.sendall(piece)
        line.sendall(struct.pack("!L", 0))

    def _hear(self, line, until):
        answer = b""
        while len(answer) < LONGEST_ANSWER:
            line.settimeout(_left(until))
            piece = line.recv(LONGEST_ANSWER)
            answer += piece
            if not piece or piece.endswith(b"\0"):
                break
        return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _left(until):
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
