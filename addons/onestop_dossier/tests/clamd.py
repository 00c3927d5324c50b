# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A real clamd of the test's own: its socket, its one signature, no network."""

import socket
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

# The test pattern of EICAR, as a signature of the body at any offset. In two halves:
# a scanner on the developer's machine must not take this file for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
START_SECONDS = 60


def eicar_pdf(make_pdf):
    """A PDF that a scanner finds something in."""
    return make_pdf(
        b"<</Length %d>>stream\n%b\nendstream" % (len(EICAR), EICAR),
    )


class Clamd:
    """clamd in a folder of its own; a context manager."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="clamd")
        self.path = Path(self.folder.name)
        self.socket = self.path / "clamd.sock"
        self.address = f"unix:{self.socket}"
        self.process = None

    def __enter__(self):
        (self.path / "db").mkdir()
        (self.path / "db" / "test.ndb").write_text(f"Eicar-Test:0:*:{EICAR.hex()}\n")
        settings = self.path / "clamd.conf"
        settings.write_text(
            f"""\
LocalSocket {self.socket}
DatabaseDirectory {self.path / "db"}
Foreground yes
SelfCheck 3600
StreamMaxLength 30M
"""
        )
        self.process = subprocess.Popen(
            ["clamd", "--config-file", str(settings)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > until:
                self.__exit__()
                raise RuntimeError("clamd does not start; is clamav-daemon installed?")
            time.sleep(0.05)
        return self

    def _answers(self):
        with suppress(OSError), socket.socket(socket.AF_UNIX) as line:
            line.connect(str(self.socket))
            line.sendall(b"zPING\0")
            return line.recv(10).startswith(b"PONG")
        return False

    def __exit__(self, *_error):
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=30)
        self.folder.cleanup()


@contextmanager
def false_clamd(answer=b"", hang=False):
    """Something on a socket that is no scanner.

    :param answer: what it says to everything.
    :param hang: it says nothing and keeps the line open.
    """
    done = threading.Event()
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/s"
        server = socket.socket(socket.AF_UNIX)
        server.bind(path)
        server.listen(4)

        def serve():
            with suppress(OSError):
                while True:
                    line, _address = server.accept()
                    with line, suppress(OSError):
                        if hang:
                            done.wait(30)
                            continue
                        line.settimeout(0.2)
                        with suppress(TimeoutError):
                            while line.recv(65536):
                                pass
                        line.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"unix:{path}"
        finally:
            done.set()
            server.shutdown(socket.SHUT_RDWR)
            server.close()
            thread.join(timeout=5)
