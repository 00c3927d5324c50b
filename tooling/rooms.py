# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The rooms of the suite: the add-ons of `addons/`, lowest first."""

import ast
import hashlib

from .messages import Failure
from .paths import ADDONS

# Files that change nothing in a database.
NOT_STORED = ("tests", "readme", "__pycache__")  # nor folders with a dot


def find():
    """Return the manifests of all rooms by name, each after what it stands on."""
    manifests = {}
    for path in sorted(ADDONS.glob("onestop_*/__manifest__.py")):
        try:
            manifests[path.parent.name] = ast.literal_eval(path.read_text())
        except (SyntaxError, ValueError) as error:
            raise Failure(f"{path} cannot be read: {error}") from error
    ordered = {}

    def add(name, waiting=()):
        if name in waiting:
            raise Failure(f"The rooms stand on each other in a circle at {name}.")
        for lower in manifests[name].get("depends", []):
            if lower in manifests:
                add(lower, (*waiting, name))
        ordered.setdefault(name, manifests[name])

    for name in manifests:
        add(name)
    return ordered


def below(name, manifests):
    """Return the rooms that a room stands on, directly or not."""
    found = set()
    for lower in manifests[name].get("depends", []):
        if lower in manifests:
            found |= {lower} | below(lower, manifests)
    return found


def foreign(manifests):
    """Return Odoo's own modules that the rooms name in their manifests."""
    named = {lower for one in manifests.values() for lower in one.get("depends", [])}
    return sorted(named - set(manifests))


def fingerprint(name):
    """Return a hash of all that a room brings into a database."""
    digest = hashlib.sha256()
    folder = ADDONS / name
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part in NOT_STORED or part.startswith(".") for part in parts):
            continue
        if path.is_file():
            digest.update("/".join(parts).encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def fingerprints(names):
    """Return the fingerprints of rooms by name."""
    return {name: fingerprint(name) for name in names}
