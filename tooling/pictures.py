# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop pictures`: a picture of each printed form for the documentation."""

import json
import subprocess

from . import database, venv
from .messages import Failure, say, step
from .paths import INSIDE, ROOT
from .setup import base
from .shell import existing

FOLDER = ROOT / "docs" / "images" / "forms"


def main(options):
    """Print each form of the demo database, and keep its picture."""
    with base() as here:
        name = existing(here.cluster, options)
        step(f"Printing the forms of database {name}")
        made = ask(name)
    for picture, size in sorted(made.items()):
        say(f"{picture}: {size / 1000:.0f} kB")
    say(f"{len(made)} pictures in {FOLDER}. Look at each of them.")


def ask(name):
    """Have the pictures made; return their sizes in bytes by file name."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    answer = subprocess.run(
        [venv.PYTHON, INSIDE / "pictures.py", database.CONFIG, name, FOLDER],
        capture_output=True,
        env=database.environment(),
        text=True,
        check=False,
    )
    if answer.returncode:
        lines = answer.stderr.strip().splitlines() or ["no message"]
        raise Failure(f"The forms could not be printed: {lines[-1]}")
    return json.loads(answer.stdout.splitlines()[-1])
