# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What all tests here share: a served copy of the demo database, and a browser.

They are run by `./onestop test` (`./onestop test --only pytest -- tests/test_x.py` for
one file). A skipped test counts as failed there.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tooling import database, odoo_log, odoo_tests, venv  # noqa: E402
from tooling.cluster import Cluster  # noqa: E402
from tooling.paths import LOGS  # noqa: E402

START_LIMIT = 120  # seconds
LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def pytest_configure(config):
    """Explain how the tests are meant to be run."""
    if not os.environ.get("ONESTOP_DEMO_DATABASE"):
        pytest.exit("run these tests by: ./onestop test --only pytest", returncode=2)


@pytest.fixture(scope="session")
def cluster():
    """The private PostgreSQL cluster (see tooling/cluster.py)."""
    with Cluster() as running:
        yield running


@dataclass
class Database:
    """A throw-away copy of the demo database."""

    name: str
    cluster: Cluster

    def sql(self, statement, user="postgres", check=True):
        """Run SQL, as the cluster's superuser unless told otherwise.

        Returns the rows as lines, fields parted by |. The application's own role is
        "onestop".
        """
        return self.cluster.sql(statement, self.name, user=user, check=check)

    def odoo_shell(self, script):
        """Run a script in `odoo shell` (`env` is there); return what it prints."""
        answer = subprocess.run(
            [
                *(venv.PYTHON, "-m", "odoo", "shell", "-c", database.CONFIG),
                *("-d", self.name, "--no-http", "--log-level", "error"),
            ],
            input=script,
            env=database.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout


@dataclass
class Server:
    """A running Odoo on a throw-away copy of the demo database."""

    url: str
    database: Database
    log: Path
    process: subprocess.Popen

    def records(self):
        """Return what stands in its log now (see tooling/odoo_log.py)."""
        return odoo_log.read(self.log)


@pytest.fixture(scope="module")
def demo_database(cluster, request):
    """A copy of the demo database, for one test module."""
    name = "onestop_try_" + request.module.__name__.rpartition(".")[2]
    database.copy(cluster, os.environ["ONESTOP_DEMO_DATABASE"], name)
    yield Database(name, cluster)
    database.drop(cluster, name)


@pytest.fixture(scope="module")
def server(demo_database):
    """Odoo serving a copy of the demo database; its log must stay clean.

    A module whose tests provoke records on purpose names them by patterns in a list
    `EXPECTED_LOG`.
    """
    yield from serve(demo_database)


def serve(demo_database, *options):
    """Start Odoo, give it to the tests, stop it and look at its log."""
    port = odoo_tests.free_port()
    log = LOGS / f"{demo_database.name}.log"
    log.unlink(missing_ok=True)
    process = subprocess.Popen(
        [
            *(venv.PYTHON, "-m", "odoo", "server", "-c", database.CONFIG),
            *("-d", demo_database.name, "--db-filter", f"^{demo_database.name}$"),
            *("--http-port", str(port), "--logfile", log, *options),
        ],
        env=database.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    running = Server(f"http://127.0.0.1:{port}", demo_database, log, process)
    try:
        wait(running)
        yield running
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait(running):
    """Wait until a server answers."""
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        assert running.process.poll() is None, running.log.read_text()[-3000:]
        try:
            LOCAL.open(running.url + "/web/login", timeout=START_LIMIT).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise AssertionError("Odoo does not answer: " + running.log.read_text()[-3000:])


@pytest.fixture(autouse=True)
def clean_log(request):
    """Fail a test in whose time the server wrote an unexpected warning or error."""
    if "server" not in request.fixturenames:
        yield
        return
    running = request.getfixturevalue("server")
    before = len(running.records())
    yield
    allowed = getattr(request.module, "EXPECTED_LOG", ())
    records = running.records()[before:]
    bad = odoo_log.unexpected(records, allowed)
    assert not bad, "Odoo's log has: " + "\n".join(bad)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, driven by Playwright (which downloads nothing)."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        # Its sandbox does not work for root, nor in most containers.
        running = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield running
        running.close()


@pytest.fixture
def open_page(browser, server):
    """Open pages of the server, each in a browser session of its own.

    `page = open_page("receiver.tp")` is logged in with the demo password; without a
    login it is the public's. A JavaScript error on any page fails the test.
    """
    contexts, errors = [], []

    def open_one(login=None, path=None, password="demo", locale="vi-VN"):
        context = browser.new_context(
            base_url=server.url,
            locale=locale,
            timezone_id="Asia/Ho_Chi_Minh",
            viewport={"width": 1366, "height": 768},
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        if login:
            page.goto("/web/login")
            page.fill("input[name=login]", login)
            page.fill("input[name=password]", password)
            page.click("form.oe_login_form button[type=submit]")
            page.wait_for_url(lambda url: "/web/login" not in url)
        if path or not login:
            page.goto(path or "/")
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not errors, "JavaScript errors: " + "\n".join(errors)
