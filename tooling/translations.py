# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Is every term of every room translated into Vietnamese?"""

import json
import subprocess

from . import database, rooms, venv
from .messages import Failure
from .odoo_tests import all_rooms
from .paths import ADDONS, INSIDE


def check(here, report):
    """Check the translation of each room."""
    names = list(rooms.find())
    terms = export(all_rooms(here), names)
    for name in names:
        report.run(f"{name} is translated", missing, name, terms[name])


def export(name, names):
    """Return the terms of rooms as Odoo exports them: room → list of terms."""
    answer = subprocess.run(
        [venv.PYTHON, INSIDE / "terms.py", database.CONFIG, name, *names],
        capture_output=True,
        env=database.environment(),
        text=True,
        check=False,
    )
    if answer.returncode:
        lines = answer.stderr.strip().splitlines() or ["no message"]
        raise Failure(f"The terms could not be exported: {lines[-1]}")
    return json.loads(answer.stdout.splitlines()[-1])


def missing(name, terms):
    """Return the terms of a room that its vi.po does not translate, as lines."""
    file = ADDONS / name / "i18n/vi.po"
    if not terms:
        return []
    if not file.exists():
        return [f"{file.relative_to(ADDONS.parent)} is missing ({len(terms)} terms)"]
    translated = subprocess.run(
        [venv.PYTHON, INSIDE / "translated.py", file],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    known = set(json.loads(translated.stdout))
    return [f"not translated: {term!r}" for term in terms if term not in known]
