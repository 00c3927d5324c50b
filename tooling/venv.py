# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The virtual environment with the locked Python packages.

Run as a program it makes one, for the container image.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig

from .machine import explain
from .messages import Failure, progress, step
from .paths import REQUIREMENTS, STATE, make_state

HOME = STATE / "venv"
PYTHON = HOME / "bin/python"
STAMP = HOME / "onestop.json"


def _lock(name):
    return REQUIREMENTS / f"{name}.txt"


def lock_hash(name="run"):
    """Return the hash of a lock file."""
    return hashlib.sha256(_lock(name).read_bytes()).hexdigest()


def _read_stamp():
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def is_ready():
    """Tell whether the packages needed to run are installed."""
    stamp = _read_stamp()
    return stamp.get("python") == _python() and stamp.get("run") == lock_hash()


def _python():
    return f"{sys.version_info[0]}.{sys.version_info[1]} {sys.base_prefix}"


def ensure(odoo, *names):
    """Have these locks installed ("run" first), and Odoo importable."""
    if not is_ready():
        _create()
    stamp = _read_stamp()
    for name in names:
        if stamp.get(name) != lock_hash(name):
            _install(name)
            stamp[name] = lock_hash(name)
            # Written last: a half-finished environment is made anew.
            STAMP.write_text(json.dumps(stamp))
    # Odoo comes after the locked packages, so that in the official image, where
    # it lies among the distribution's packages, ours are found first.
    site = sysconfig.get_path("purelib", "venv", {"base": str(HOME)})
    with open(os.path.join(site, "onestop-odoo.pth"), "w") as file:
        file.write(f"{odoo.python}\n")


def _create():
    step("Making the virtual environment")
    shutil.rmtree(HOME, ignore_errors=True)
    answer = subprocess.run(
        [sys.executable, "-m", "venv", HOME],
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        output = answer.stdout + answer.stderr
        if "ensurepip" in output:
            raise Failure(
                "Python cannot make virtual environments here: install its module "
                "(on Debian: apt-get install python3-venv) and repeat the command."
            )
        raise Failure(explain(output, "python3 -m venv"))
    STAMP.write_text(json.dumps({"python": _python(), "run": None}))


def _install(name):
    total = sum("==" in line for line in _lock(name).read_text().splitlines())
    step(f"Installing {total} locked Python packages ({name})")
    command = [
        PYTHON,
        *("-m", "pip", "install", "--disable-pip-version-check", "--no-input"),
        *("--progress-bar", "off", "--no-warn-script-location"),
        *("--require-hashes", "--no-deps", "--only-binary", ":all:"),
        *("-r", _lock(name)),
    ]
    # Python paths of the caller would let foreign packages in.
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in ("PYTHONPATH", "PYTHONHOME")
    }
    lines = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    ) as process:
        collected = 0
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Collecting "):
                collected += 1
                progress(f"package {collected} of {total}: {line.split()[1]}")
            elif line.startswith("Installing "):
                progress("putting the packages into place")
    if process.returncode:
        raise Failure(_explain("".join(lines)))


def _explain(output):
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "The checksum of a downloaded Python package is wrong (it was damaged or "
            "changed on its way): repeat the command, and if it stays so, use another "
            "package index."
        )
    return explain(output, "pip install")


if __name__ == "__main__":
    from . import odoo_source

    make_state()
    ensure(odoo_source.find(), "run")
