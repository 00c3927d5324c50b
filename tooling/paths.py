# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Where things lie. Everything that is made lies under STATE."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ADDONS = ROOT / "addons"
TOOLING = ROOT / "tooling"
REQUIREMENTS = TOOLING / "requirements"
PACKAGES = TOOLING / "packages"
INSIDE = TOOLING / "inside"
STATE = Path(os.environ.get("ONESTOP_STATE") or ROOT / ".onestop").absolute()
LOGS = STATE / "log"
# The container keeps these two elsewhere.
DATA = Path(os.environ.get("ONESTOP_DATA") or STATE / "data").absolute()
CONFIG = Path(os.environ.get("ONESTOP_CONFIG") or STATE / "odoo.conf").absolute()


def make_state():
    """Create the state folder; readable for the system user of PostgreSQL."""
    for folder in (STATE, LOGS):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
    return STATE


def write_private(path, text):
    """Write a file that only its owner can read."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
