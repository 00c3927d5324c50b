# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop shell`: Python with Odoo's environment as `env`."""

import subprocess

from . import database, venv
from .messages import Failure
from .setup import base


def existing(cluster, options):
    """Return the database that a command is about; it must be there."""
    name = options.database or "onestop"
    if name not in cluster.databases():
        raise Failure(
            f"There is no database {name}: make it with ./onestop run, or name "
            "another one with --database."
        )
    return name


def main(options):
    """Open the shell, or run the script that is piped in."""
    with base() as here:
        name = existing(here.cluster, options)
        command = [
            *(venv.PYTHON, "-m", "odoo", "shell", "-c", database.CONFIG, "-d", name),
            *("--no-http", "--log-level", "warn"),
        ]
        return subprocess.run(
            command, env=database.environment(), check=False
        ).returncode
