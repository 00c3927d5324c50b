# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The container's parts, tried without a container engine.

The entry script is run here against a database that PostgreSQL's start script made; the
compose file is held against its specification.
"""

import configparser
import json
import os
import re
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from conftest import LOCAL, ROOT
from ruamel.yaml import YAML

from tooling import database, odoo_source, odoo_tests, venv

DOCKER = ROOT / "docker"
NAME = "onestop_try_docker"
PASSWORD = "tám-chữ-vàng-1954"
START_LIMIT = 300  # seconds: it installs all rooms


def compose():
    """Return the compose file's content."""
    return YAML(typ="safe").load(DOCKER / "compose.yaml")


def test_compose_file_obeys_its_specification():
    answer = subprocess.run(
        [
            *(venv.HOME / "bin/check-jsonschema", "--color", "never"),
            *("--builtin-schema", "vendor.compose-spec", DOCKER / "compose.yaml"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_everything_named_in_the_compose_file_exists():
    content = compose()
    build = content["services"]["onestop"]["build"]
    assert (DOCKER / build["context"] / build["dockerfile"]).exists()
    for service in content["services"].values():
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            if source.startswith("."):
                assert (DOCKER / source).exists(), source
            else:
                assert source in content["volumes"]
        assert set(service["secrets"]) <= set(content["secrets"])
        assert "test" in service["healthcheck"]


def test_everything_copied_into_the_image_exists():
    text = (DOCKER / "Dockerfile").read_text()
    copied = re.findall(r"^COPY (\S+) \S+$", text, re.MULTILINE)
    assert {"tooling", "addons", "docker/entry"} <= set(copied)
    for source in copied:
        assert (ROOT / source).exists(), source
    entry = re.search(r'ENTRYPOINT \["/opt/onestop/(.*)"\]', text).group(1)
    assert os.access(ROOT / entry, os.X_OK)


def test_image_installs_packages_from_the_same_list():
    text = (DOCKER / "Dockerfile").read_text()
    command = re.search(r"\$\(python3 -m (.*)\)", text).group(1).split()
    answer = subprocess.run(
        [venv.PYTHON, "-m", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    packages = answer.stdout.split()
    assert "libpango-1.0-0" in packages
    assert "postgresql" not in packages


@pytest.fixture(scope="module")
def empty_database(cluster, tmp_path_factory):
    """A database made by the start script of PostgreSQL's container."""
    database.drop(cluster, NAME)
    cluster.sql("CREATE ROLE onestop_held")
    secret = tmp_path_factory.mktemp("secrets") / "database_password"
    secret.write_text("x")
    # The role exists in this cluster already, under its own password.
    script = (DOCKER / "create_role.sh").read_text()
    script = script.replace(
        "CREATE ROLE onestop LOGIN", "ALTER ROLE onestop_held LOGIN"
    )
    answer = subprocess.run(
        ["bash", "-c", script],
        env={
            **os.environ,
            **cluster.environment(),
            "PATH": f"{cluster.programs}:{os.environ['PATH']}",
            "DATABASE_PASSWORD_FILE": str(secret),
            "CREATE_DATABASE": str(ROOT / "tooling/create_database.sql"),
            "ONESTOP_DATABASE": NAME,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    yield NAME
    database.drop(cluster, NAME)
    cluster.sql("DROP ROLE onestop_held")


@pytest.fixture(scope="module")
def container(cluster, empty_database, tmp_path_factory):
    """The entry script at work, as it would be in the container."""
    folder = tmp_path_factory.mktemp("container")
    secrets = {"PASSWORD": cluster.password(), "ONESTOP_ADMIN_PASSWORD": PASSWORD}
    environment = {}
    for name, secret in secrets.items():
        (folder / name).write_text(secret + "\n")
        environment[name + "_FILE"] = str(folder / name)
    port = odoo_tests.free_port()
    output = (folder / "output").open("w+")
    process = subprocess.Popen(
        [DOCKER / "entry"],
        env={
            "PATH": f"{cluster.programs}:{os.environ['PATH']}",
            "HOME": str(folder),
            "HOST": str(cluster.socket),
            "USER": "onestop",
            "ODOO_HOME": str(odoo_source.find().python),
            "ONESTOP_STATE": str(venv.STATE),
            "ONESTOP_CONFIG": str(folder / "odoo.conf"),
            "ONESTOP_DATA": str(folder / "data"),
            "ONESTOP_DATABASE": empty_database,
            "ONESTOP_PORT": str(port),
            **environment,
        },
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait(process, url, output)
        yield {"url": url, "folder": folder, "process": process}
    finally:
        process.terminate()
        process.wait(60)


def wait(process, url, output):
    """Wait for the address that the health check asks."""
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            LOCAL.open(url + "/web/health", timeout=START_LIMIT).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    output.seek(0)
    raise AssertionError(output.read()[-3000:])


def login(url, password):
    """Log in over JSON-RPC; return the user's id or None."""
    call = {
        "service": "common",
        "method": "login",
        "args": [NAME, "admin", password],
    }
    request = urllib.request.Request(
        url + "/jsonrpc",
        json.dumps({"jsonrpc": "2.0", "method": "call", "params": call}).encode(),
        {"Content-Type": "application/json"},
    )
    with LOCAL.open(request) as answer:
        return json.load(answer).get("result")


def test_container_serves_without_demo_data(container, cluster):
    rows = cluster.sql("SELECT login FROM res_users WHERE active AND NOT share", NAME)
    assert rows == ["admin"]
    value = "SELECT value FROM ir_config_parameter WHERE key = 'onestop.production'"
    assert cluster.sql(value, NAME) == ["True"]


def test_container_takes_only_the_given_password(container):
    assert login(container["url"], PASSWORD)
    assert not login(container["url"], "admin")
    assert not login(container["url"], "demo")


def test_container_writes_the_same_settings(container):
    ours, theirs = configparser.RawConfigParser(), configparser.RawConfigParser()
    ours.read(database.CONFIG)
    theirs.read(container["folder"] / "odoo.conf")
    differing = {"admin_passwd", "data_dir", "http_interface"}
    for name, value in ours.items("options"):
        if name not in differing:
            assert theirs.get("options", name) == value, name


def test_database_belongs_to_a_role_that_is_no_superuser(container, cluster):
    owner = (
        "SELECT r.rolname, r.rolsuper FROM pg_database d JOIN pg_roles r "
        f"ON r.oid = d.datdba WHERE d.datname = '{NAME}'"
    )
    assert cluster.sql(owner) == ["onestop|f"]


def test_entry_without_a_password_says_so(tmp_path):
    answer = subprocess.run(
        [DOCKER / "entry"],
        env={
            "PATH": os.environ["PATH"],
            "ODOO_HOME": str(odoo_source.find().python),
            "ONESTOP_STATE": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("onestop: The password of the database is missing")
    assert len(answer.stderr.splitlines()) == 1
