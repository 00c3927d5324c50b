# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop verify`: compute every ledger anew."""

import json
import subprocess

from . import database, venv
from .messages import Failure, say, step
from .paths import INSIDE
from .setup import base
from .shell import existing


def main(options):
    """Say how many rows are sound, or name the first that is not."""
    with base() as here:
        name = existing(here.cluster, options)
        step(f"Verifying the ledgers of database {name}")
        return report(ask(name))


def ask(name):
    """Return what the ledgers of a database say: rows checked and findings."""
    answer = subprocess.run(
        [venv.PYTHON, INSIDE / "verify.py", database.CONFIG, name],
        capture_output=True,
        env=database.environment(),
        text=True,
        check=False,
    )
    if answer.returncode:
        lines = answer.stderr.strip().splitlines() or ["no message"]
        raise Failure(f"The ledgers could not be verified: {lines[-1]}")
    return json.loads(answer.stdout.splitlines()[-1])


def report(answer):
    """Print the answer; return the exit code."""
    findings = answer["findings"]
    if not findings:
        say(f"{answer['checked']} rows verified, nothing was changed.")
        return 0
    first = findings[0]
    say(f"TAMPERED: {first['ledger']}, row {first['row']}: {first['reason']}")
    if len(findings) > 1:
        say(f"and {len(findings) - 1} more of {answer['checked']} rows.")
    return 1
