# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What the container does when it starts: configure, install or upgrade, serve.

The database server is another container's. Its address comes in the variables of
Odoo's official image (HOST, PORT, USER, PASSWORD); a name with _FILE at its end names a
file that holds the value.
"""

import os
import shutil
import time
from pathlib import Path

from . import config, database, odoo_source, rooms, venv
from .cluster import psql
from .messages import Failure, step
from .paths import CONFIG, DATA, make_state, write_private
from .run import DEMO_PASSWORD, is_weak

WAIT = 60  # seconds for PostgreSQL to answer


def setting(name, default=None):
    """Return a variable, or the content of the file that name_FILE points to."""
    file = os.environ.get(name + "_FILE")
    if file:
        return Path(file).read_text().strip()
    return os.environ.get(name) or default


class Server:
    """PostgreSQL in another container, reached as the application's own role."""

    def __init__(self):
        self.connection = {
            "host": setting("HOST", "database"),
            "port": setting("PORT", "5432"),
            "user": setting("USER", "onestop"),
            "password": setting("PASSWORD"),
        }
        if not self.connection["password"]:
            raise Failure(
                "The password of the database is missing: give it in PASSWORD or, "
                "better, in a file named by PASSWORD_FILE."
            )

    def sql(self, statement, name, check=True):
        """Run SQL in a database; see :func:`cluster.psql`."""
        environment = {
            "PATH": os.environ["PATH"],
            **{f"PG{key.upper()}": str(v) for key, v in self.connection.items()},
        }
        arguments = ["-d", name, "-c", statement]
        return psql(shutil.which("psql"), arguments, environment, check)

    def wait(self, name):
        """Wait until the database takes connections."""
        end = time.monotonic() + WAIT
        while not self.sql("SELECT 1", name, check=False):
            if time.monotonic() > end:
                self.sql("SELECT 1", name)  # raises, with the reason
            time.sleep(1)


def main():
    """Bring the database up to date and become Odoo's server."""
    make_state()
    name = setting("ONESTOP_DATABASE", "onestop")
    demo = setting("ONESTOP_DEMO") == "1"
    odoo = odoo_source.find()
    server = Server()
    workers = setting("ONESTOP_WORKERS", "0")
    options = config.settings(
        odoo,
        DATA,
        server.connection,
        http_interface="0.0.0.0",
        http_port=setting("ONESTOP_PORT", "8069"),
        workers=workers,
        proxy_mode=setting("ONESTOP_PROXY") == "1",
        db_name=name,
        dbfilter=f"^{name}$",
    )
    write_private(CONFIG, config.render(options))
    step(f"Waiting for database {name} at {server.connection['host']}")
    server.wait(name)
    prepare(server, odoo, name, demo)
    step("Serving")
    program = str(venv.PYTHON)
    arguments = [program, "-m", "odoo", "server", "-c", str(CONFIG)]
    os.execve(program, arguments, database.environment())


def prepare(server, odoo, name, demo):
    """Install the rooms, or upgrade what the image has newer."""
    wanted = database.wanted_stamp(odoo, list(rooms.find()), demo)
    found = database.read_stamp(server, name)
    if found == wanted:
        return
    if found and found["demo"] != demo:
        raise Failure(
            f"Database {name} was made {'with' if found['demo'] else 'without'} demo "
            "data: set ONESTOP_DEMO as it was, or give another ONESTOP_DATABASE."
        )
    if found:
        step(f"Bringing database {name} up to date")
        install, upgrade = database.changes(found, wanted)
        database.bring(
            server, name, install=install, upgrade=upgrade, stamp=wanted, assets=True
        )
        return
    step(f"Installing {len(wanted['rooms'])} rooms")
    database.bring(
        server,
        name,
        install=[*wanted["rooms"], *wanted["companions"]],
        stamp=wanted,
        demo=demo,
        password=DEMO_PASSWORD if demo else admin_password(),
        production=not demo,
        assets=True,
    )


def admin_password():
    """Return the administrator's password of a new production database."""
    password = setting("ONESTOP_ADMIN_PASSWORD", "")
    if is_weak(password):
        raise Failure(
            "The administrator's password is missing or too weak: give one of 12 "
            "characters or more in a file named by ONESTOP_ADMIN_PASSWORD_FILE."
        )
    return password
