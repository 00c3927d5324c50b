# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop` fails with one sentence that says what is missing and what mends it.

Each case is tried with the real command in a state folder of its own; only what a
machine cannot be asked for (an old Python, a missing package) is pretended.
"""

import ast
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from conftest import ROOT

from tooling import database, machine, odoo_log, odoo_source, odoo_tests, run, venv
from tooling.messages import Failure

NOWHERE = "http://127.0.0.1:9"  # the discard port: nobody listens there


@pytest.fixture
def open_folder():
    """A folder that every user of the machine can reach; pytest's own are closed."""
    with tempfile.TemporaryDirectory(prefix="onestop-try-") as name:
        os.chmod(name, 0o755)
        yield Path(name)


@pytest.fixture
def state(open_folder):
    """A state folder of its own, for set-ups that must not touch the real one."""
    return open_folder / "state"


def onestop(*arguments, state, **environment):
    """Run the command; return its exit code and what it complained of."""
    answer = subprocess.run(
        [ROOT / "onestop", *arguments],
        env={**os.environ, "ONESTOP_STATE": str(state), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return answer.returncode, answer.stderr


def assert_one_sentence(answer, *words):
    """The command failed with one line, which has these words."""
    code, complaint = answer
    assert code == 1
    assert complaint.startswith("onestop: "), complaint
    assert len(complaint.strip().splitlines()) == 1, complaint
    for word in words:
        assert word in complaint


# ------------------------------------------------------------
# Python
# ------------------------------------------------------------


def test_old_python_can_read_the_command():
    ast.parse((ROOT / "onestop").read_text(), feature_version=(3, 8))


@pytest.mark.parametrize("version", [(3, 8), (3, 10), (3, 14)])
def test_unsuitable_python_says_so(version):
    script = (
        f"import sys, runpy; sys.version_info = {(*version, 0, 'final', 0)}; "
        f"runpy.run_path({str(ROOT / 'onestop')!r}, run_name='__main__')"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script],
        env={"PATH": "/nonexistent"},
        capture_output=True,
        text=True,
        check=False,
    )
    complaint = (answer.returncode, answer.stderr)
    assert_one_sentence(complaint, "Python {}.{} is".format(*version), "3.11")


# ------------------------------------------------------------
# Debian packages
# ------------------------------------------------------------


def test_missing_package_and_not_root(monkeypatch):
    monkeypatch.setattr(
        machine, "_installed", lambda names: set(names) - {"postgresql"}
    )
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(Failure) as raised:
        machine.ensure("run")
    assert "apt-get install --no-install-recommends postgresql" in str(raised.value)


def test_one_of_two_names_is_enough(monkeypatch):
    monkeypatch.setattr(machine, "_installed", lambda names: set(names) - {"libmagic1"})
    assert ["libmagic1t64", "libmagic1"] not in machine.missing("run")


def test_postgresql_missing_where_there_is_no_dpkg(state, monkeypatch):
    script = (
        "from tooling.paths import make_state; make_state()\n"
        "import tooling.cluster as c; from pathlib import Path\n"
        "Path.glob = lambda *a: []; c.shutil.which = lambda name: None\n"
        "c.Cluster().programs"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, "ONESTOP_STATE": str(state)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Failure: PostgreSQL 15 or newer is missing" in answer.stderr


# ------------------------------------------------------------
# Network, disk, checksums
# ------------------------------------------------------------


def test_no_network_for_odoo(state):
    answer = onestop(
        "run", "--port", free(), state=state, http_proxy=NOWHERE, ODOO_HOME=""
    )
    assert_one_sentence(answer, "network cannot be reached", "apt-get update")
    assert not (state / "odoo").exists()


def test_no_network_for_python_packages(state):
    home = odoo_source.find().python
    answer = onestop(
        "run",
        *("--port", free()),
        state=state,
        https_proxy=NOWHERE,
        http_proxy=NOWHERE,
        PIP_RETRIES="1",
        PIP_NO_CACHE_DIR="1",
        PIP_CONFIG_FILE="/dev/null",
        ODOO_HOME=str(home),
    )
    assert_one_sentence(answer, "network cannot be reached", "pip install")


def test_full_disk_is_seen_before_the_download(state, monkeypatch):
    full = shutil.disk_usage("/")._replace(free=10 * machine.MB)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: full)
    with pytest.raises(Failure, match="10 MB are free .* 3000 MB are needed"):
        machine.check_disk(cold=True)


@pytest.mark.parametrize(
    "output",
    [
        "dpkg-deb: error: failed to write (No space left on device)",
        "E: You don't have enough free space. Not enough free disk space",
        "ERROR: Could not install packages: [Errno 28] No space left on device",
    ],
)
def test_disk_that_fills_up_on_the_way(output):
    assert "no room left on the disk" in machine.explain(output, "x")


FAKE_APT = """#!/bin/sh
case "$*" in
*indextargets*) echo "{suite} http://mirror.invalid/debian/" ;;
*download*) for name in {files}; do echo damaged > "$name"; done ;;
esac
"""
FAKE_CACHE = """#!/bin/sh
for last; do :; done
grep "^$last " {pins} | while read -r name suite version rest; do
    [ "$suite" = stable ] && suite={suite}
    echo "$name | $version | http://mirror.invalid/debian $suite/main all Packages"
done
"""


def test_wrong_checksum_of_a_debian_package(state, tmp_path):
    suite, _mirror = odoo_source._debian()
    files = " ".join(f"'{pin.file}'" for pin in odoo_source.read_pins())
    fakes = tmp_path / "fakes"
    fakes.mkdir()
    scripts = {
        "apt-get": FAKE_APT.format(suite=suite, files=files),
        "apt-cache": FAKE_CACHE.format(suite=suite, pins=odoo_source.PINS),
    }
    for name, text in scripts.items():
        (fakes / name).write_text(text)
        (fakes / name).chmod(0o755)
    path = f"{fakes}:{os.environ['PATH']}"
    answer = onestop("run", "--port", free(), state=state, PATH=path, ODOO_HOME="")
    assert_one_sentence(answer, "checksum of odoo-19", "another Debian mirror")
    assert not (state / "odoo").exists()


def test_wrong_checksum_of_a_python_package(tmp_path):
    wheel = tmp_path / "six-1.17.0-py2.py3-none-any.whl"
    wheel.write_bytes(b"damaged")
    lock = tmp_path / "lock.txt"
    lock.write_text("six==1.17.0 --hash=sha256:" + "0" * 64 + "\n")
    answer = subprocess.run(
        [
            *(venv.PYTHON, "-m", "pip", "install", "--no-index", "--require-hashes"),
            *("--no-deps", "--find-links", tmp_path, "--target", tmp_path / "x"),
            *("-r", lock),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    sentence = venv._explain(answer.stdout + answer.stderr)
    assert sentence.startswith("The checksum of a downloaded Python package is wrong")


def test_every_locked_package_has_a_checksum():
    for path in venv.REQUIREMENTS.glob("*.txt"):
        lines = path.read_text().splitlines()
        for number, line in enumerate(lines):
            if "==" in line:
                assert "--hash=sha256:" in lines[number + 1], line
        assert "://" not in path.read_text()


# ------------------------------------------------------------
# Odoo from elsewhere
# ------------------------------------------------------------


def test_odoo_home_without_odoo(state, tmp_path):
    answer = onestop("run", "--port", free(), state=state, ODOO_HOME=str(tmp_path))
    assert_one_sentence(answer, "holds no Odoo", "ODOO_HOME")


def test_odoo_home_of_another_series(state, tmp_path):
    release = tmp_path / "odoo/release.py"
    release.parent.mkdir()
    release.write_text("version_info = (18, 0, 0, FINAL, 0, '')\n")
    answer = onestop("run", "--port", free(), state=state, ODOO_HOME=str(tmp_path))
    assert_one_sentence(answer, "series 18.0", "ODOO_HOME")


def test_source_tree_has_two_folders_of_addons(tmp_path, monkeypatch):
    release = tmp_path / "odoo/release.py"
    release.parent.mkdir()
    release.write_text("version_info = (19, 0, 0, FINAL, 0, '')\n")
    (tmp_path / "addons/web").mkdir(parents=True)
    monkeypatch.setenv("ODOO_HOME", str(tmp_path))
    found = odoo_source.find()
    assert found.python == tmp_path
    assert found.addons == (tmp_path / "odoo/addons", tmp_path / "addons")


def test_official_image_uses_what_is_installed(tmp_path, monkeypatch):
    release = tmp_path / "odoo/release.py"
    release.parent.mkdir()
    release.write_text("version_info = (19, 0, 0, FINAL, 0, '')\n")
    monkeypatch.delenv("ODOO_HOME", raising=False)
    monkeypatch.setenv("ODOO_VERSION", "19.0")
    monkeypatch.setattr(odoo_source, "IMAGE", tmp_path)
    assert odoo_source.find().python == tmp_path


# ------------------------------------------------------------
# Running
# ------------------------------------------------------------


def free():
    """Return a free port as an argument."""
    return str(odoo_tests.free_port())


def test_port_taken(state):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = onestop("run", "--port", str(port), state=state)
    assert_one_sentence(answer, f"Port {port}", f"--port {port + 1}")


def test_another_run_beside(state):
    state.mkdir()
    with open(state / "run.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("http://127.0.0.1:8069, process 7")
        lock.flush()
        answer = onestop("run", "--port", free(), state=state)
    assert_one_sentence(answer, "Another", "http://127.0.0.1:8069", "Ctrl-C")


@pytest.mark.parametrize(
    "password", ["", "demo", "admin", "short-1", "aaaaaaaaaaaaaaaa", "my-password-2019"]
)
def test_production_refuses_weak_passwords(state, password):
    answer = onestop(
        *("run", "--production", "--port", free()),
        state=state,
        ONESTOP_ADMIN_PASSWORD=password,
    )
    assert_one_sentence(answer, "password")


def test_good_password_is_accepted():
    assert not run.is_weak("tám-chữ-vàng-1954")


def test_command_without_a_database():
    answer = onestop("psql", "--database", "onestop_none", state=real_state())
    assert_one_sentence(answer, "no database onestop_none", "./onestop run")


def real_state():
    """Return the state folder of this test run."""
    return venv.STATE


# ------------------------------------------------------------
# Half-finished earlier set-ups
# ------------------------------------------------------------


def test_half_unpacked_odoo_is_not_taken(tmp_path, monkeypatch):
    monkeypatch.setattr(odoo_source, "HOME", tmp_path)
    monkeypatch.delenv("ODOO_HOME", raising=False)
    monkeypatch.delenv("ODOO_VERSION", raising=False)
    (tmp_path / "usr").mkdir()
    assert not odoo_source.is_downloaded()


def test_half_made_environment_is_not_taken(tmp_path, monkeypatch):
    stamp = tmp_path / "onestop.json"
    monkeypatch.setattr(venv, "STAMP", stamp)
    assert not venv.is_ready()
    stamp.write_text('{"python": ')
    assert not venv.is_ready()


def test_half_made_database_is_made_anew(cluster, monkeypatch):
    name = "onestop_try_half"
    left = database.DATA / "filestore" / (name + database.NEW)
    left.mkdir(parents=True, exist_ok=True)
    (left / "old").touch()
    database.drop(cluster, name)
    cluster.drop(name + database.NEW)
    cluster.create(name + database.NEW)
    cluster.sql("CREATE TABLE half ()", name + database.NEW)
    monkeypatch.setattr(database, "bring", lambda *_arguments, **_options: None)
    database.make(cluster, name, {"rooms": {}, "companions": []})
    try:
        assert name + database.NEW not in cluster.databases()
        assert cluster.sql("SELECT to_regclass('half') IS NULL", name) == ["t"]
        assert not left.exists()
    finally:
        database.drop(cluster, name)


# ------------------------------------------------------------
# The cluster
# ------------------------------------------------------------

USE_CLUSTER = """
import sys
from tooling.paths import make_state
make_state()
from tooling.cluster import Cluster
with Cluster() as cluster:
    print(cluster.socket)
    cluster.drop("tried")
    cluster.create("tried")
    print(cluster.sql("SELECT extname FROM pg_extension ORDER BY 1", "tried"))
    print(cluster.sql("SELECT rolsuper FROM pg_roles WHERE rolname = 'onestop'"))
    print(cluster.sql("SHOW listen_addresses"))
    print(open(cluster.data / "postmaster.pid").readline())
    if "crash" in sys.argv:
        import os, signal
        os.kill(int(open(cluster.data / "postmaster.pid").readline()), signal.SIGKILL)
        os._exit(0)
"""


def use_cluster(state, *arguments):
    """Use the cluster of a state folder; return what it printed."""
    answer = subprocess.run(
        [sys.executable, "-c", USE_CLUSTER, *arguments],
        cwd=ROOT,
        env={**os.environ, "ONESTOP_STATE": str(state)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.splitlines()


def test_cluster_survives_a_half_made_one_and_a_crash(state):
    (state / "pg/data").mkdir(parents=True)
    (state / "pg/data/PG_VERSION").write_text("15\n")
    use_cluster(state, "crash")
    _socket, extensions, superuser, addresses, *_rest = use_cluster(state)
    assert all(name in extensions for name in ("btree_gist", "pg_trgm", "unaccent"))
    assert superuser == "['f']"
    assert addresses == "['']" or addresses == "[]"


def test_cluster_in_a_folder_too_deep_for_a_socket(open_folder):
    folder = open_folder / ("a" * 60) / ("b" * 60)
    folder.mkdir(parents=True)
    _step, address, *_rest = use_cluster(folder / "state")
    assert len(f"{address}/.s.PGSQL.5432") <= 107
    shutil.rmtree(address, ignore_errors=True)


def test_cluster_is_stopped_by_its_last_user_only(state):
    holder = subprocess.Popen(
        [
            *(sys.executable, "-c"),
            "from tooling.paths import make_state; make_state()\n"
            "from tooling.cluster import Cluster; import time\n"
            "with Cluster() as cluster: print('up', flush=True); time.sleep(60)",
        ],
        cwd=ROOT,
        env={**os.environ, "ONESTOP_STATE": str(state)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert "Making" in holder.stdout.readline()
    assert holder.stdout.readline() == "up\n"
    pid = int(use_cluster(state)[-2])
    os.kill(pid, 0)
    holder.send_signal(signal.SIGINT)
    holder.wait()
    assert ended(pid)


def ended(pid):
    """Wait until a process has ended; a container's first process may reap late."""
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


# ------------------------------------------------------------
# What makes a test run fail
# ------------------------------------------------------------

LOG = """\
2026-01-01 10:00:00,000 7 INFO db odoo.tests: Starting TestA.test_one ...
2026-01-01 10:00:00,001 7 INFO db odoo.x: skipped TestA.test_two : no
2026-01-01 10:00:00,002 7 ERROR db odoo.x: FAIL: TestA.test_three
Traceback (most recent call last):
AssertionError: 1 != 2
2026-01-01 10:00:00,003 7 WARNING db odoo.addons.onestop_x: something of ours
2026-01-01 10:00:00,004 7 ERROR db odoo.tests.result: 1 failed, 0 error(s) of 3 tests
"""


def test_log_of_a_test_run_is_read_right(tmp_path):
    path = tmp_path / "log"
    path.write_text(LOG)
    records = odoo_log.read(path)
    assert odoo_log.total(records) == (3, 1)
    assert odoo_log.skipped(records) == ["skipped: TestA.test_two (no)"]
    assert odoo_log.failures(records)[0] == "FAIL: TestA.test_three"
    assert odoo_log.unexpected(records) == [
        "WARNING odoo.addons.onestop_x: something of ours"
    ]
