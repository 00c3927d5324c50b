# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What Odoo's log must not hold, and what its test runner wrote there."""

import re
from dataclasses import dataclass

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d+ \d+ "
    r"(?P<level>[A-Z]+) (?P<database>\S+) (?P<logger>\S+): (?P<text>.*)$"
)
BAD = ("WARNING", "ERROR", "CRITICAL")
# Records that are no fault, each with its reason. Kept short: a pattern is only
# added for what we can neither cause nor mend.
EXPECTED = (
    (r"Running as user 'root' is a security risk", "the set-up works as root too"),
)
# The rooms' own tests ask over HTTP for what is forbidden; this is Odoo's note of it.
REFUSED = r"^WARNING odoo\.http: "
# Failed tests are counted from these; they are not counted twice.
TEST_FAILURE = re.compile(r"^(FAIL|ERROR): (?:Subtest )?(\S+)")
TEST_SUMMARY = re.compile(
    r"^(Module \S+: )?\d+ failures?, \d+ errors? of \d+ tests"
    r"|^\d+ failed, \d+ error\(s\) of \d+ tests"
    r"|^At least one test failed when loading the modules"
)
TEST_TOTAL = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
TEST_SKIPPED = re.compile(r"^skipped (\S+).* : (.*)$")


@dataclass
class Record:
    """One record of the log, with the lines that follow it."""

    level: str
    logger: str
    text: str


def read(path):
    """Return the records of a log file."""
    records = []
    if not path.exists():
        return records
    for line in path.read_text(errors="replace").splitlines():
        found = LINE.match(line)
        if found:
            records.append(Record(found["level"], found["logger"], found["text"]))
        elif records:
            records[-1].text += "\n" + line
    return records


def unexpected(records, allowed=()):
    """Return the warnings and errors that nobody expects, as lines.

    :param allowed: patterns that one caller expects beside EXPECTED, to be found in
        "LEVEL logger: text"
    """
    patterns = [*allowed, *(pattern for pattern, _reason in EXPECTED)]
    lines = []
    for record in records:
        if record.level not in BAD or TEST_SUMMARY.match(record.text):
            continue
        if TEST_FAILURE.match(record.text):
            continue
        whole = f"{record.level} {record.logger}: {record.text}"
        if any(re.search(pattern, whole) for pattern in patterns):
            continue
        first, *rest = record.text.strip().splitlines() or [""]
        last = f" … {rest[-1].strip()}" if rest else ""
        lines.append(f"{record.level} {record.logger}: {first}{last}"[:500])
    return list(dict.fromkeys(lines))


def skipped(records):
    """Return the skipped tests with their reasons."""
    found = (TEST_SKIPPED.match(record.text) for record in records)
    return [f"skipped: {one[1]} ({one[2]})" for one in found if one]


def failures(records):
    """Return the failed tests, each with its traceback, as lines."""
    lines = []
    for record in records:
        if record.level == "ERROR" and TEST_FAILURE.match(record.text):
            lines += [*record.text.strip().splitlines(), ""]
    return lines


def total(records):
    """Return tests run and tests failed, by the runner's last count."""
    for record in reversed(records):
        found = TEST_TOTAL.search(record.text)
        if found:
            failed, errors, run = map(int, found.groups())
            return run, failed + errors
    return 0, 0
