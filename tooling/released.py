# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The last release, taken from the history of this clone, to upgrade from."""

import subprocess

from . import config, database
from .cluster import PORT, ROLE
from .messages import Failure
from .paths import DATA, ROOT, STATE, TOOLING, write_private


def commit():
    """Return the commit of the last release; it must be in this clone."""
    lines = (TOOLING / "released.txt").read_text().splitlines()
    [name] = [line for line in lines if line and not line.startswith("#")]
    found = _git("cat-file", "-e", f"{name}^{{commit}}")
    if found.returncode:
        raise Failure(
            f"Commit {name}, the last release, is not in this clone: fetch the whole "
            "history (git fetch --unshallow), or name another one in "
            "tooling/released.txt."
        )
    return name


def unpack():
    """Have the rooms of the last release in a folder of their own; return it."""
    name = commit()
    folder = STATE / "released" / name
    if not (folder / "addons").is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        archive = _git("archive", name, "addons")
        subprocess.run(
            ["tar", "-x", "-C", folder], input=archive.stdout, check=True, timeout=60
        )
    return folder / "addons"


def rooms_of(addons):
    """Return the names of the rooms in a folder."""
    return sorted(path.parent.name for path in addons.glob("onestop_*/__manifest__.py"))


def write_config(odoo, cluster, addons):
    """Write Odoo's settings with the rooms of a folder in place of the present ones."""
    connection = {
        "host": cluster.socket,
        "port": PORT,
        "user": ROLE,
        "password": cluster.password(),
    }
    path = ",".join(str(one) for one in (*odoo.addons, addons))
    options = config.settings(odoo, DATA, connection, addons_path=path)
    file = STATE / "released.conf"
    write_private(file, config.render(options))
    return file


def install(here, name):
    """Make a database of the last release with its demo data; return its log."""
    addons = unpack()
    file = write_config(here.odoo, here.cluster, addons)
    database.drop(here.cluster, name)
    here.cluster.create(name)
    return database.bring(
        here.cluster,
        name,
        install=rooms_of(addons),
        demo=True,
        config=str(file),
    )


def _git(*words):
    return subprocess.run(
        ["git", "-C", ROOT, *words], capture_output=True, check=False, timeout=60
    )
