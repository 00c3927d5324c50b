# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop bench lifecycle`: a dossier's acts beside a task's moves and plain SQL."""

from .. import database, test
from ..messages import say, step
from ..setup import base
from . import inside

NAME = "onestop_bench_lifecycle"
BAR = 0.6  # of the time of project.task


def main(options):
    """Measure on a copy of the demo that has Odoo's projects; print one table."""
    with base() as here:
        step(f"Making database {NAME} from the demo, with Odoo's project")
        database.copy(here.cluster, test.demo(here), NAME)
        try:
            stamp = database.read_stamp(here.cluster, NAME)
            database.bring(here.cluster, NAME, install=["project"], stamp=stamp)
            said = inside.run("lifecycle", database=NAME, rounds=options.rounds)
        finally:
            database.drop(here.cluster, NAME)
    report(said, options.rounds)


def report(said, rounds):
    """Print the medians and their ratios."""
    task = said["project.task"]["ms"]
    say(f"Created and moved eight times, committed one by one; median of {rounds}:")
    say(f"    {'':14} {'ms':>8} {'SQL':>6} {'of project.task':>16}")
    for name, one in said.items():
        ratio = one["ms"] / task
        say(f"    {name:14} {one['ms']:8.1f} {one['statements']:6.0f} {ratio:16.2f}")
    ratio = said["dossier"]["ms"] / task
    held = "held" if ratio <= BAR else "NOT held"
    say(f"The bar of {BAR} is {held}: {ratio:.2f}")
