# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""All set-up that a command needs, each part only when it is not there yet."""

from contextlib import contextmanager
from dataclasses import dataclass

from . import database, machine, odoo_source, venv
from .cluster import Cluster
from .odoo_source import Odoo
from .paths import make_state


@dataclass(frozen=True)
class Base:
    """What every command works with."""

    odoo: Odoo
    cluster: Cluster


@contextmanager
def base(*locks, packages=("run",)):
    """Have packages, Odoo, virtual environment and a running cluster.

    :param locks: lock files beside "run" to install
    :param packages: lists of Debian packages to have
    """
    make_state()
    machine.check_disk(cold=not (odoo_source.is_downloaded() and venv.is_ready()))
    machine.ensure(*packages)
    odoo = odoo_source.find()
    venv.ensure(odoo, "run", *locks)
    with Cluster() as cluster:
        database.write_config(odoo, cluster)
        yield Base(odoo, cluster)
