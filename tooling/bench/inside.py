# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Programs of tooling/inside/bench: given an order, they tell what they do as JSON."""

import json
import subprocess

from .. import database, venv
from ..messages import Failure, progress, step
from ..paths import INSIDE, LOGS


def run(name, **order):
    """Run a program in Odoo's Python; return its last JSON line.

    Lines with ``done`` and ``of``, or with ``doing``, are told as progress.
    """
    order["config"] = str(database.CONFIG)
    errors = LOGS / f"bench_{name}.log"
    said = {}
    with errors.open("w") as log:
        process = subprocess.Popen(
            [venv.PYTHON, INSIDE / "bench" / f"{name}.py"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            env=database.environment(),
            text=True,
        )
        process.stdin.write(json.dumps(order))
        process.stdin.close()
        for line in process.stdout:
            said = json.loads(line)
            if "done" in said:
                progress(f"{said['done']:,} of {said['of']:,} dossiers")
            if "doing" in said:
                step(said["doing"])
        if process.wait():
            lines = errors.read_text().strip().splitlines() or ["no message"]
            raise Failure(f"The bench did not come to its end: {lines[-1]} ({errors})")
    return said
