# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Databases of the suite: made, brought up to date, copied, dropped."""

import json
import os
import re
import shutil
import subprocess

from . import config, rooms, venv
from .cluster import PORT, ROLE
from .machine import no_space
from .messages import Failure, progress
from .paths import CONFIG, DATA, INSIDE, LOGS, write_private

LANGUAGE = "vi_VN"
STAMP = "onestop.setup"
NEW = "_new"  # suffix of a database that is not finished yet
PROGRESS = (
    (r"Loading module (\S+) \((\d+)/(\d+)\)", "module {1} of {2}: {0}"),
    (r"Module (\S+): loading demo", "demo data of {0}"),
    (r"making the web client's files", "files of the web client"),
)


def write_config(odoo, cluster):
    """Write the configuration file that all of Odoo's programs here read."""
    DATA.mkdir(parents=True, exist_ok=True)
    connection = {
        "host": cluster.socket,
        "port": PORT,
        "user": ROLE,
        "password": cluster.password(),
    }
    options = config.settings(odoo, DATA, connection)
    write_private(CONFIG, config.render(options))


def environment():
    """Return the environment of Odoo's programs."""
    foreign = ("PYTHONPATH", "PYTHONHOME")
    kept = {k: v for k, v in os.environ.items() if k not in foreign}
    # Odoo reads no other configuration, and none of the caller's PG variables.
    kept = {k: v for k, v in kept.items() if not k.startswith("PG")}
    kept.pop("ODOO_RC", None)
    return kept


# ------------------------------------------------------------
# What a database holds
# ------------------------------------------------------------


def wanted_stamp(odoo, names, demo):
    """Return what a database that is up to date says of itself."""
    return {
        "rooms": rooms.fingerprints(names),
        "companions": [*config.COMPANIONS, *(config.REHEARSAL if demo else ())],
        "odoo": f"{odoo.version} {odoo.origin}",
        "lock": venv.lock_hash(),
        "demo": demo,
    }


def read_stamp(cluster, name):
    """Return what a database says of itself; nothing if it is not ours."""
    rows = cluster.sql(
        f"SELECT value FROM ir_config_parameter WHERE key = '{STAMP}'",
        name,
        check=False,
    )
    try:
        return json.loads("\n".join(rows))
    except ValueError:
        return None


def changes(found, wanted):
    """Return which rooms must be installed and which modules upgraded."""
    new = [name for name in wanted["rooms"] if name not in found["rooms"]]
    new += sorted(set(wanted["companions"]) - set(found.get("companions", ())))
    if found["odoo"] != wanted["odoo"]:
        return new, ["base"]
    old = found["rooms"]
    changed = [n for n, mark in wanted["rooms"].items() if n in old and old[n] != mark]
    return new, changed


# ------------------------------------------------------------
# Making and bringing up to date
# ------------------------------------------------------------


def make(cluster, name, stamp, **options):
    """Make a database under another name, and give it its own when it is done.

    Returns the log file.
    """
    temporary = name + NEW
    drop(cluster, temporary)
    cluster.create(temporary)
    modules = [*stamp["rooms"], *stamp["companions"]]
    log = bring(cluster, temporary, install=modules, stamp=stamp, **options)
    drop(cluster, name)
    rename(cluster, temporary, name)
    return log


def bring(cluster, name, *, install=(), upgrade=(), stamp=None, **options):
    """Install and upgrade modules in a database.

    Raises Failure with Odoo's own last error when that fails.
    """
    log = LOGS / f"{name}.log"
    log.unlink(missing_ok=True)
    order = {
        "config": str(CONFIG),
        "log": str(log),
        "database": name,
        "install": list(install),
        "upgrade": list(upgrade),
        "language": LANGUAGE,
        "demo": False,
        "password": None,
        "production": False,
        "assets": False,
        "stamp": stamp,
        **options,
    }
    process = subprocess.Popen(
        [venv.PYTHON, INSIDE / "install.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
        text=True,
    )
    process.stdin.write(json.dumps(order))
    process.stdin.close()
    follow(process, log)
    output = process.stderr.read()
    if process.returncode:
        raise Failure(explain(output, log))
    return log


def follow(process, log, label=""):
    """Show the progress that Odoo's log tells of, until the program ends."""
    position = 0
    while process.poll() is None:
        try:
            process.wait(0.3)
        except subprocess.TimeoutExpired:
            pass
        if not log.exists():
            continue
        with log.open(errors="replace") as file:
            file.seek(position)
            for line in file:
                for pattern, text in PROGRESS:
                    found = re.search(pattern, line)
                    if found:
                        progress(label + text.format(*found.groups()))
            position = file.tell()


def explain(output, log):
    """Return one sentence on why Odoo could not do it."""
    text = log.read_text(errors="replace") if log.exists() else ""
    if "No space left" in output + text or "could not extend file" in text:
        return no_space()
    lines = [line for line in output.splitlines() if line.strip()]
    # The message of an exception may have several lines.
    starts = [n for n, line in enumerate(lines) if re.match(r"[A-Za-z_][\w.]*: ", line)]
    reason = " ".join(lines[starts[-1] if starts else -1 :]) or "no message"
    return f"Odoo could not set up the database: {reason} (all of it: {log})"


# ------------------------------------------------------------
# Copies
# ------------------------------------------------------------


def copy(cluster, source, target):
    """Copy a database with its files; the files are linked, they never change."""
    drop(cluster, target)
    cluster.create(target, source)
    files = DATA / "filestore" / source
    if files.is_dir():
        shutil.copytree(files, DATA / "filestore" / target, copy_function=os.link)


def rename(cluster, old, new):
    """Rename a database and its files."""
    files = DATA / "filestore"
    if (files / old).is_dir():
        (files / old).rename(files / new)
    cluster.rename(old, new)


def drop(cluster, name):
    """Drop a database and its files."""
    cluster.drop(name)
    shutil.rmtree(DATA / "filestore" / name, ignore_errors=True)
