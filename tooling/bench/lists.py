# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop bench lists`: what the staff look at, in a large database."""

from .. import database
from ..messages import Failure, say, step
from ..setup import base
from . import inside
from .load import MARK, NAME

TASKS = "project.task: list of 80"
# Searches and the same in Odoo's contacts.
PAIRS = {
    "find: name": "res.partner: same name",
    "find: common word": "res.partner: common word",
    "find: part of the code": "res.partner: same name",
    "find: telephone": "res.partner: same name",
    "find: nothing there": "res.partner: same name",
}
BAR = 1.5  # times the p95 of project.task's list, for the work queues


def main(options):
    """Measure on a loaded database; print one table."""
    name = options.database or NAME
    with base() as here:
        marked = f"SELECT 1 FROM ir_config_parameter WHERE key = '{MARK}'"
        if name not in here.cluster.databases() or not here.cluster.sql(
            marked, name, check=False
        ):
            raise Failure(
                f"There is no loaded database {name}: make it with ./onestop bench "
                "load --dossiers 1000000"
            )
        project = "SELECT 1 FROM ir_module_module WHERE name = 'project' "
        if not here.cluster.sql(project + "AND state = 'installed'", name):
            step("Installing Odoo's project beside it")
            stamp = database.read_stamp(here.cluster, name)
            database.bring(here.cluster, name, install=["project"], stamp=stamp)
        count = here.cluster.sql("SELECT count(*) FROM onestop_dossier", name)[0]
        step(f"Asking {name}, which has {int(count):,} dossiers and as many tasks")
        report(inside.run("lists", database=name, rounds=options.rounds))


def report(said):
    """Print milliseconds, the ratio to project.task, and what reads whole tables."""
    task = said[TASKS]["p95"]
    say(f"    {'milliseconds':28} {'p50':>8} {'p95':>8} {'of project.task':>16}")
    for subject, one in said.items():
        line = f"    {subject:28} {one['p50']:8.1f} {one['p95']:8.1f}"
        whole = "  reads all of " + ", ".join(one["scans"]) if one["scans"] else ""
        say(f"{line} {one['p95'] / task:16.2f}{whole}")
    worst = max(one["p95"] / task for s, one in said.items() if s.startswith("work"))
    held = "held" if worst <= BAR else "NOT held"
    say(f"The bar of {BAR} for the work queues is {held}: {worst:.2f}")
    worst = max(said[mine]["p95"] / said[odoo]["p95"] for mine, odoo in PAIRS.items())
    held = "held" if worst <= BAR else "NOT held"
    say(f"The bar of {BAR} times res.partner for searches is {held}: {worst:.2f}")
