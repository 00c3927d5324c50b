# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop test`: everything that must hold, in two lanes side by side."""

import subprocess
import threading
import xml.etree.ElementTree as ElementTree

from . import database, lint, odoo_log, odoo_tests, rooms, tampering, translations, venv
from .checks import Report, Result
from .messages import Failure, step
from .paths import ROOT, STATE
from .setup import base

DEMO = "onestop_test_demo"
KINDS = ("install", "odoo", "pytest", "lint", "translations")


def main(options):
    """Run all tests, or those that were asked for; return the exit code."""
    kinds = set(options.only or (("odoo",) if options.room else KINDS))
    if options.arguments and kinds != {"pytest"}:
        raise Failure("Arguments after -- are for pytest: add --only pytest.")
    report = Report()
    with base("test", "lint", packages=("run", "test")) as here:
        step("Testing")
        # The rooms' tests take about as long as all the rest together.
        jobs = {
            "odoo": [("Odoo tests", odoo_tests.odoo_tests, here, options.room)],
            "lint": [("lint", lint.quick)],
            "test_lint": [("test_lint", odoo_tests.test_lint, here)],
            "install": [
                ("each room alone", odoo_tests.install_alone, here),
                ("demo database", install_demo, here),
            ],
            "translations": [("translations", translations.check, here)],
            "pytest": [("pytest", run_pytest, here, options.arguments)],
        }
        if "lint" in kinds:
            kinds.add("test_lint")
        others = ("lint", "install", "test_lint", "translations", "pytest")
        lanes = [
            [job for kind in lane if kind in kinds for job in jobs[kind]]
            for lane in (("odoo",), others)
        ]
        if "odoo" in kinds:
            odoo_tests.ground(here)  # both lanes copy it
        threads = [
            threading.Thread(target=report.lane, args=[lane]) for lane in lanes if lane
        ]
        # Tests play the superuser who turns the triggers off, and find him out.
        with tampering.allowed(here.cluster):
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    return report.finish()


def install_demo(here, report):
    """Install all rooms with demo data, as `./onestop run` does."""
    wanted = database.wanted_stamp(here.odoo, list(rooms.find()), True)
    report.run("demo database installs", _install_demo, here, wanted)


def _install_demo(here, wanted):
    log = database.make(
        here.cluster, DEMO, wanted, demo=True, password="demo", assets=True
    )
    return odoo_log.unexpected(odoo_log.read(log))


def demo(here):
    """Have a demo database that is up to date, for tests to copy."""
    wanted = database.wanted_stamp(here.odoo, list(rooms.find()), True)
    found = DEMO in here.cluster.databases()
    if not found or database.read_stamp(here.cluster, DEMO) != wanted:
        _install_demo(here, wanted)
    return DEMO


def run_pytest(here, arguments, report):
    """Run what stands in tests/."""
    results = STATE / "pytest.xml"
    results.unlink(missing_ok=True)
    answer = subprocess.run(
        [
            *(venv.PYTHON, "-m", "pytest", "-q", "--color=no", "--tb=short"),
            *("-p", "no:cacheprovider", f"--junitxml={results}"),
            *(arguments or ["tests"]),
        ],
        cwd=ROOT,
        env={
            **database.environment(),
            "ONESTOP_DEMO_DATABASE": demo(here),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    report.add(_pytest_result(results, answer))


def _pytest_result(results, answer):
    output = answer.stdout.splitlines()
    if not results.exists():
        return Result("tests/ (pytest)", 0, 1, output)
    suite = ElementTree.parse(results).getroot().find("testsuite")
    run, failed, errors, skipped = (
        int(suite.get(key)) for key in ("tests", "failures", "errors", "skipped")
    )
    bad = failed + errors + skipped
    details = output if answer.returncode else []
    for case in suite.iter("testcase"):
        skip = case.find("skipped")
        if skip is not None:
            details.append(f"skipped: {case.get('name')} ({skip.get('message')})")
    if answer.returncode and not bad:
        bad = 1
    return Result("tests/ (pytest)", max(run - failed - skipped, 0), bad, details)
