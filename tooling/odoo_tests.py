# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Odoo's own test runner, on fresh databases, and the check of its log."""

import socket
import subprocess

from . import config, database, odoo_log, rooms, venv
from .checks import Result
from .messages import Failure
from .paths import LOGS

# Odoo's own modules under the rooms, installed once and copied for each run.
GROUND = "onestop_ground"
# Nothing but Odoo's smallest database, from which each room is installed alone.
EMPTY = "onestop_empty"
# All rooms without demo data, for test_lint and translations.
ROOMS = "onestop_rooms"
# Odoo's test_lint without what needs Node, or looks at Odoo's own source.
LINT_TAGS = ",".join(
    [
        "/test_lint",
        *(
            f"-/test_lint:{name}"
            for name in (
                "TestESLint",
                "TestPyLint",
                "TestPylintChecks",
                "TestSqlLint",
                "TestI18nChecks",
                "TestGetTextLint",
            )
        ),
    ]
)


def free_port():
    """Return a port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def template(here, name, modules):
    """Have a database with some of Odoo's own modules, made once and kept."""
    wanted = {
        "rooms": dict.fromkeys(modules, ""),
        "companions": [],
        "odoo": f"{here.odoo.version} {here.odoo.origin}",
        "lock": venv.lock_hash(),
        "demo": False,
        "languages": ["en_US", database.LANGUAGE],
    }
    if name not in here.cluster.databases() or (
        database.read_stamp(here.cluster, name) != wanted
    ):
        database.make(here.cluster, name, wanted)
    return name


def ground(here):
    """Have the database with all that the rooms stand on."""
    named = [*rooms.foreign(rooms.find()), *config.COMPANIONS]
    return template(here, GROUND, named)


def run_tests(here, name, tags, install):
    """Run Odoo's tests while installing modules; return the log's records."""
    log = LOGS / f"{name}.log"
    log.unlink(missing_ok=True)
    command = [
        *(venv.PYTHON, "-m", "odoo", "server", "-c", database.CONFIG, "-d", name),
        *("--db-filter", f"^{name}$", "--logfile", log, "--stop-after-init"),
        *("--http-port", free_port(), "--init", ",".join(install)),
        *("--test-tags", tags, "--max-cron-threads", "0"),
    ]
    process = subprocess.Popen(
        [str(word) for word in command],
        env=database.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    database.follow(process, log, "tests: ")
    return odoo_log.read(log)


def odoo_tests(here, only, report):
    """Run the rooms' tests on a fresh database with all rooms together."""
    manifests = rooms.find()
    unknown = set(only or ()) - set(manifests)
    if unknown:
        raise Failure(f"There is no room {', '.join(unknown)} in addons/.")
    name = "onestop_test"
    database.copy(here.cluster, ground(here), name)
    tags = ",".join(f"/{room}" for room in only or manifests)
    records = run_tests(here, name, tags, [*manifests, *config.REHEARSAL])
    _report_tests(report, "Odoo tests of the rooms", records)
    allowed = [odoo_log.REFUSED]
    report.run("log of the Odoo tests", odoo_log.unexpected, records, allowed)
    database.drop(here.cluster, name)


def _report_tests(report, name, records):
    run, failed = odoo_log.total(records)
    details = odoo_log.failures(records)
    skipped = odoo_log.skipped(records)
    if not run:
        details.append("no test was run")
    failed = failed + len(skipped) or int(not run)
    report.add(Result(name, max(run - failed, 0), failed, details + skipped))


def install_alone(here, report):
    """Install each room on no more than it says it stands on."""
    manifests = rooms.find()
    whole = database.wanted_stamp(here.odoo, list(manifests), False)
    made = {}
    for name in manifests:
        lower = rooms.below(name, manifests)
        # The fullest database that holds nothing else than what it stands on.
        fitting = [room for room in lower if rooms.below(room, manifests) < lower]
        start = max(fitting, key=lambda r: len(rooms.below(r, manifests)), default=None)
        source = made[start] if start else template(here, EMPTY, ["base"])
        target = f"onestop_alone_{name.removeprefix('onestop_')}"
        stamp = whole if lower | {name} == set(manifests) else None
        arguments = (here, source, target, name, stamp)
        report.run(f"{name} installs alone", _install_alone, *arguments)
        if target + database.NEW in here.cluster.databases():
            break  # what stands on it cannot be tried
        made[name] = target
    _keep_rooms(here, manifests, made)


def _install_alone(here, source, target, name, stamp):
    temporary = target + database.NEW
    database.copy(here.cluster, source, temporary)
    log = database.bring(here.cluster, temporary, install=[name], stamp=stamp)
    database.drop(here.cluster, target)
    database.rename(here.cluster, temporary, target)
    return odoo_log.unexpected(odoo_log.read(log))


def _keep_rooms(here, manifests, made):
    """Keep the database that has all rooms, drop the others."""
    for name, target in made.items():
        if rooms.below(name, manifests) | {name} == set(manifests):
            database.drop(here.cluster, ROOMS)
            database.rename(here.cluster, target, ROOMS)
        else:
            database.drop(here.cluster, target)


def all_rooms(here):
    """Have a database with all rooms as they are now, without demo data."""
    wanted = database.wanted_stamp(here.odoo, list(rooms.find()), False)
    if ROOMS in here.cluster.databases():
        found = database.read_stamp(here.cluster, ROOMS)
        if found == wanted:
            return ROOMS
    name = ROOMS + database.NEW
    database.copy(here.cluster, ground(here), name)
    database.bring(here.cluster, name, install=list(wanted["rooms"]), stamp=wanted)
    database.drop(here.cluster, ROOMS)
    database.rename(here.cluster, name, ROOMS)
    return ROOMS


def test_lint(here, report):
    """Run Odoo's own linters over the rooms."""
    name = "onestop_lint"
    database.copy(here.cluster, all_rooms(here), name)
    records = run_tests(here, name, LINT_TAGS, ["test_lint"])
    _report_tests(report, "Odoo's test_lint", records)
    database.drop(here.cluster, name)
