# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What the machine itself must bring: Debian packages and room on the disk.

Run as a program it prints a list, for the container image:
`python3 -m tooling.machine run --without postgresql`.
"""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from .messages import Failure, progress, step
from .paths import PACKAGES, STATE

MB = 1024 * 1024
# Unpacked Odoo 1.3 GB, its download, libraries 0.6 GB, a cluster with one database.
COLD_MB = 3000
WARM_MB = 200
NO_CLUSTER = Path("/etc/postgresql-common/createcluster.d/onestop.conf")


def read_list(name):
    """Return the lines of a package list, each a list of alternatives."""
    lines = (PACKAGES / f"{name}.txt").read_text().splitlines()
    return [
        [word.strip() for word in line.split("|")]
        for line in lines
        if line.strip() and not line.startswith("#")
    ]


def _installed(names):
    command = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\n", *names]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return {
        line.split()[1]
        for line in answer.stdout.splitlines()
        if line.startswith("installed ")
    }


def missing(name):
    """Return the lines of a list of which no alternative is installed."""
    wanted = read_list(name)
    if not shutil.which("dpkg-query"):
        return []
    present = _installed([package for line in wanted for package in line])
    if find_spec("ensurepip"):
        present.add("python3-venv")
    return [line for line in wanted if not present.intersection(line)]


def _available(line):
    """Return the alternative that this Debian offers."""
    for package in line:
        answer = subprocess.run(
            ["apt-cache", "madison", package],
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.stdout.strip():
            return package
    return line[-1]


def ensure(*lists):
    """Have all packages of these lists; install them when root."""
    lines = [line for name in lists for line in missing(name)]
    if not lines:
        return
    if os.geteuid():
        names = " ".join(line[-1] for line in lines)
        raise Failure(
            f"These Debian packages are missing: {names}. Install them with: "
            f"sudo apt-get install --no-install-recommends {names}"
        )
    step("Installing Debian packages: " + ", ".join(line[-1] for line in lines))
    _apt(["update"])
    _install([_available(line) for line in lines])


def _install(packages):
    # Debian's package would start a cluster of its own on port 5432; not asked for.
    held = not shutil.which("pg_lsclusters") and not NO_CLUSTER.exists()
    if held:
        NO_CLUSTER.parent.mkdir(parents=True, exist_ok=True)
        NO_CLUSTER.write_text("create_main_cluster = false\n")
    try:
        _apt(["install", "--yes", "--no-install-recommends", *packages])
    finally:
        if held:
            NO_CLUSTER.unlink(missing_ok=True)


def _apt(arguments):
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    command = ["apt-get", "-o", "Dpkg::Use-Pty=0", *arguments]
    lines = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        env=environment,
    ) as process:
        for line in process.stdout:
            lines.append(line.strip())
            progress(line.strip())
    text = "\n".join(lines)
    # apt-get update ends with 0 when it could not reach its mirror.
    if process.returncode or "Some index files failed to download" in text:
        raise Failure(explain(text, "apt-get " + " ".join(arguments)))


def explain(output, command):
    """Return one sentence on why a command failed."""
    low = output.lower()
    if "no space left" in low or "not enough free disk space" in low:
        return no_space()
    signs = (
        "temporary failure resolving",
        "could not resolve",
        "cannot initiate the connection",
        "could not connect",
        "unable to connect",
        "failed to fetch",
        "name or service not known",
        "connection refused",
        "network is unreachable",
        "failed to establish a new connection",
        "connection timed out",
        "cannot connect to proxy",
        "proxyerror",
        "(from versions: none)",  # pip, when its index gave no answer at all
    )
    if any(sign in low for sign in signs):
        return (
            "The network cannot be reached "
            f"(while running `{command.split(' -')[0]}`): connect this machine, or set "
            "http_proxy and https_proxy, and repeat the command."
        )
    errors = [line for line in output.splitlines() if "error" in line.lower()]
    last = (errors or output.strip().splitlines() or ["no message"])[-1]
    return f"`{command}` failed: {last.strip()}"


def no_space():
    """Return the sentence on a full disk."""
    return (
        f"There is no room left on the disk of {STATE}: free some, or give another "
        "folder by ONESTOP_STATE, and repeat the command."
    )


def check_disk(cold):
    """Refuse to begin what cannot end for want of room."""
    need = COLD_MB if cold else WARM_MB
    free = shutil.disk_usage(STATE).free // MB
    if free < need:
        raise Failure(
            f"{free} MB are free on the disk of {STATE}, but {need} MB are needed: "
            "free some, or give another folder by ONESTOP_STATE, and repeat the "
            "command."
        )


def main(arguments):
    """Print the packages of a list that this machine offers, one a line."""
    name, *rest = arguments
    without = rest[1:] if rest[:1] == ["--without"] else []
    for line in read_list(name):
        if not set(line) & set(without):
            print(_available(line))


if __name__ == "__main__":
    main(sys.argv[1:])
