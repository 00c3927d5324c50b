# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What a check found, and the summing up of many."""

import traceback
from dataclasses import dataclass, field
from threading import Lock

from .messages import Failure, say, step

SHOWN = 200  # lines of details on the terminal


@dataclass
class Result:
    """How one check or one run of tests ended."""

    name: str
    passed: int = 0
    failed: int = 0
    details: list = field(default_factory=list)


class Report:
    """The results of a command, told as they come in."""

    def __init__(self):
        self.results = []
        self._lock = Lock()

    def add(self, result):
        """Tell one result; a thread may call it at any time."""
        with self._lock:
            self.results.append(result)
            mark = "FAILED" if result.failed else "ok    "
            count = f" ({result.passed})" if result.passed > 1 else ""
            step(f"{mark} {result.name}{count}")
            for line in result.details[:SHOWN]:
                say(f"          {line}")
            if len(result.details) > SHOWN:
                say(f"          and {len(result.details) - SHOWN} lines more")

    def run(self, name, check, *arguments):
        """Run a check that returns what is wrong, as lines; nothing is well."""
        try:
            details = check(*arguments)
        except Failure as failure:
            details = [str(failure)]
        failed = bool(details)
        self.add(Result(name, not failed, int(failed), details))

    def lane(self, jobs):
        """Run jobs, given with their names, one after the other."""
        for name, job, *arguments in jobs:
            try:
                job(*arguments, self)
            except Failure as failure:
                self.add(Result(name, 0, 1, [str(failure)]))
            except Exception:  # no test may be lost by a fault of ours
                self.add(Result(name, 0, 1, traceback.format_exc().splitlines()))

    @property
    def passed(self):
        """How many tests and checks passed."""
        return sum(result.passed for result in self.results)

    @property
    def failed(self):
        """How many tests and checks failed."""
        return sum(result.failed for result in self.results)

    def finish(self):
        """Print the true totals as the last line; return the exit code."""
        bad = [result.name for result in self.results if result.failed]
        if bad:
            say("Failed: " + ", ".join(bad))
        say(f"{self.passed} passed, {self.failed} failed")
        return 1 if self.failed or not self.passed else 0
