# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop update`: upgrade all rooms of an existing database."""

from . import database, rooms
from .messages import Failure, step
from .setup import base
from .shell import existing


def main(options):
    """Upgrade all rooms, changed or not, and install new ones."""
    with base() as here:
        name = existing(here.cluster, options)
        found = database.read_stamp(here.cluster, name)
        if not found:
            raise Failure(
                f"Database {name} was not made by ./onestop: choose another name with "
                "--database."
            )
        wanted = database.wanted_stamp(here.odoo, list(rooms.find()), found["demo"])
        new, _changed = database.changes(found, wanted)
        old = [room for room in wanted["rooms"] if room not in new]
        if found["odoo"] != wanted["odoo"]:
            old = ["base"]
        step(f"Upgrading database {name}")
        database.bring(
            here.cluster, name, install=new, upgrade=old, stamp=wanted, assets=True
        )
        if new:
            step("Installed: " + ", ".join(new))
        step("Upgraded: " + ", ".join(old))
