# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What is said on the terminal: steps, progress, and failures in one sentence."""

import shutil
import sys
import threading
import time

START = time.monotonic()
# A terminal is rewritten often, a log file gets a line now and then.
TERMINAL_EVERY = 0.1  # seconds
FILE_EVERY = 5  # seconds


class Failure(Exception):
    """What is missing and which command mends it, in one sentence."""


class _Line:
    """The last line of the terminal, rewritten by progress."""

    def __init__(self):
        self.lock = threading.RLock()
        self.width = 0
        self.last = 0.0
        self.terminal = sys.stdout.isatty()

    def clear(self):
        if self.width:
            sys.stdout.write("\r" + " " * self.width + "\r")
            self.width = 0

    def say(self, text, end="\n"):
        with self.lock:
            self.clear()
            print(text, end=end, flush=True)
            self.last = time.monotonic()

    def progress(self, text):
        with self.lock:
            now = time.monotonic()
            if now - self.last < (TERMINAL_EVERY if self.terminal else FILE_EVERY):
                return
            self.last = now
            if self.terminal:
                columns = shutil.get_terminal_size().columns - 1
                text = f"{stamp()}   {text}"[:columns]
                self.clear()
                sys.stdout.write(text)
                sys.stdout.flush()
                self.width = len(text)
            else:
                print(f"{stamp()}   {text}", flush=True)


_line = _Line()


def elapsed():
    """Return the seconds since the command was started."""
    return time.monotonic() - START


def stamp():
    """Return the elapsed time, as it stands before every line."""
    return f"[{elapsed():5.0f} s]"


def step(text):
    """Say which step begins."""
    _line.say(f"{stamp()} {text}")


def say(text=""):
    """Say something that is not a step."""
    _line.say(text)


def progress(text):
    """Show how far a step is; not every call is shown."""
    _line.progress(text)


def complain(text):
    """Say why the command ends without success."""
    _line.say("", end="")
    print(f"onestop: {text}", file=sys.stderr, flush=True)
