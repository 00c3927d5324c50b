# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop run`: set up what is missing, and serve."""

import fcntl
import getpass
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from . import database, rooms, venv
from .messages import Failure, elapsed, progress, say, step
from .paths import LOGS, STATE, TOOLING, make_state
from .setup import base

DEMO_PASSWORD = "demo"
# Agencies with the same roles as .tp; their logins would make the list too long.
REPEATED = (".xd", ".yt", ".tc")
SHORTEST_PASSWORD = 12  # characters
START_LIMIT = 120  # seconds that Odoo may take to answer
STOP_LIMIT = 20  # seconds that it may take to end its requests
WEAK = ("admin", "demo", "onestop", "odoo", "password", "matkhau", "123456", "qwerty")


def main(options):
    """Serve the demo database, or a production one."""
    make_state()
    name = options.database or (
        "onestop_production" if options.production else "onestop"
    )
    with only_one(address(options)) as lock:
        check_port(options.bind, options.port)
        # Asked before the long part, so that nobody must wait for the question.
        password = ask_password(name) if options.production else DEMO_PASSWORD
        with base() as here:
            demo = not options.production
            prepare(here, name, demo, password, options.fresh)
            check_port(options.bind, options.port)
            serve(here, name, options, lock)


def address(options):
    """Return the address to open in a browser."""
    host = "127.0.0.1" if options.bind in ("0.0.0.0", "::") else options.bind
    return f"http://{host}:{options.port}"


# ------------------------------------------------------------
# Refusals
# ------------------------------------------------------------


@contextmanager
def only_one(where):
    """Hold the lock of this clone's server; refuse when another run has it."""
    path = STATE / "run.lock"
    lock = open(path, "a+")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Failure(
                f"Another `./onestop run` of this folder is at work ({lock.read()}): "
                "use it, or stop it with Ctrl-C."
            ) from None
        lock.truncate(0)
        lock.write(f"{where}, process {os.getpid()}")
        lock.flush()
        yield lock


def check_port(bind, port):
    """Refuse a port that another program listens on."""
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as error:
            raise Failure(
                f"Port {port} of {bind} cannot be used ({error.strerror}): choose "
                f"another one, for example ./onestop run --port {port + 1}"
            ) from None


def ask_password(name):
    """Return the administrator's password, from the terminal or the environment."""
    password = os.environ.get("ONESTOP_ADMIN_PASSWORD")
    if not password:
        if not sys.stdin.isatty():
            raise Failure(
                "A production database needs the administrator's password: give it in "
                "ONESTOP_ADMIN_PASSWORD, or start from a terminal."
            )
        password = getpass.getpass(f"Password of admin for database {name}: ")
        if getpass.getpass("Once more: ") != password:
            raise Failure("The two passwords differ: repeat the command.")
    if is_weak(password):
        raise Failure(
            f"This password is too weak: take {SHORTEST_PASSWORD} characters or more, "
            "of which at least 6 are different, without a common word such as "
            "admin, demo or password."
        )
    return password


def is_weak(password):
    """Tell whether a password could be guessed."""
    plain = password.lower()
    return (
        len(password) < SHORTEST_PASSWORD
        or len(set(plain)) < 6
        or any(word in plain for word in WEAK)
    )


# ------------------------------------------------------------
# Database
# ------------------------------------------------------------


def prepare(here, name, demo, password, fresh=False):
    """Have the database, installed anew or brought up to date."""
    cluster = here.cluster
    wanted = database.wanted_stamp(here.odoo, list(rooms.find()), demo)
    exists = name in cluster.databases()
    found = database.read_stamp(cluster, name) if exists else None
    if exists and not found:
        raise Failure(
            f"Database {name} was not made by ./onestop: choose another name with "
            "--database."
        )
    if found and found["demo"] != demo:
        kind = "demo data" if found["demo"] else "no demo data"
        raise Failure(
            f"Database {name} holds {kind}: choose another name with --database."
        )
    if fresh and exists:
        if not demo:
            raise Failure("--fresh throws data away, and is for demo databases only.")
        found = None
    if found == wanted:
        return
    if found:
        update(cluster, name, found, wanted)
    else:
        what = "demo data" if demo else "no demo data"
        step(f"Installing {len(wanted['rooms'])} rooms with {what} (database {name})")
        database.make(
            cluster,
            name,
            wanted,
            demo=demo,
            password=password,
            production=not demo,
            assets=True,
        )


def update(cluster, name, found, wanted):
    """Upgrade what changed since the database was made; return its names."""
    install, upgrade = database.changes(found, wanted)
    if install or upgrade:
        step(f"Bringing database {name} up to date: " + ", ".join(install + upgrade))
    database.bring(
        cluster,
        name,
        install=install,
        upgrade=upgrade,
        stamp=wanted,
        assets=True,
    )
    return install + upgrade


# ------------------------------------------------------------
# Serving
# ------------------------------------------------------------


def serve(here, name, options, lock):
    """Run Odoo until Ctrl-C."""
    step("Starting Odoo")
    log = LOGS / "server.log"
    command = [
        *(venv.PYTHON, "-m", "odoo", "server", "-c", database.CONFIG, "-d", name),
        *("--db-filter", f"^{name}$", "--logfile", log),
        *("--http-interface", options.bind, "--http-port", options.port),
        *("--workers", options.workers),
    ]
    if options.proxy:
        command.append("--proxy-mode")
    process = subprocess.Popen(
        [str(word) for word in command],
        env=database.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # It shares the lock: as long as it lives, no second one starts.
        pass_fds=(lock.fileno(),),
        start_new_session=True,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        wait(process, address(options), log)
        greet(here.cluster, name, options, log)
        process.wait()
        raise Failure(f"Odoo has ended by itself: its last words are in {log}.")
    except KeyboardInterrupt:
        step("Stopping")
    finally:
        stop(process)


def wait(process, where, log):
    """Wait until the server answers its login page."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if process.poll() is not None:
            raise Failure(f"Odoo did not start: the reason stands in {log}.")
        try:
            opener.open(where + "/web/login", timeout=START_LIMIT).close()
            return
        except (urllib.error.URLError, ConnectionError):
            progress("waiting for its first answer")
            time.sleep(0.2)
    raise Failure(f"Odoo does not answer at {where}: the reason stands in {log}.")


def stop(process):
    """End Odoo, gently at first."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def greet(cluster, name, options, log):
    """Say where it is, who can log in, and what to try first."""
    say()
    say(f"One-Stop is ready after {elapsed():.0f} s:  {address(options)}")
    say()
    if not options.production:
        say(f"Logins of the demo (password: {DEMO_PASSWORD}):")
        # Read from the database itself, so that this list is never out of date.
        rows = cluster.sql(
            "SELECT u.login, p.name FROM res_users u JOIN res_partner p "
            "ON p.id = u.partner_id WHERE u.active ORDER BY u.share, u.id",
            name,
        )
        for row in rows:
            login, _, person = row.partition("|")
            if not login.endswith(REPEATED):
                say(f"    {login:22} {person}")
        say(f"    The roles of .tp are there for {', '.join(REPEATED)} as well.")
        say()
        say((TOOLING / "first_steps.txt").read_text().rstrip())
        say()
    say(f"Its log is {log}. Ctrl-C stops it.")
