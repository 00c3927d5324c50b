# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""`./onestop bench load`: a valid database of any size."""

from .. import database, tampering, test
from ..messages import Failure, say, step
from ..setup import base
from . import inside

NAME = "onestop_bench"
MARK = "onestop.bench"  # parameter of a database that was loaded here
WORKERS = 2


def main(options):
    """Load dossiers; say what was made, how long it took and what the checks found."""
    name = options.database or NAME
    with base() as here:
        have(here, name)
        step(f"Loading {options.dossiers} dossiers into database {name}")
        with tampering.allowed(here.cluster):
            said = inside.run(
                "load", database=name, count=options.dossiers, workers=WORKERS
            )
        return report(here, name, said)


def have(here, name):
    """Have a database to load into: a copy of the demo, or one loaded before."""
    if name not in here.cluster.databases():
        step(f"Making database {name} from the demo")
        database.copy(here.cluster, test.demo(here), name)
        here.cluster.sql(
            f"INSERT INTO ir_config_parameter (key, value) VALUES ('{MARK}', '[]')",
            name,
        )
    elif not here.cluster.sql(
        f"SELECT 1 FROM ir_config_parameter WHERE key = '{MARK}'", name, check=False
    ):
        raise Failure(
            f"Database {name} was not made by ./onestop bench: choose another name "
            "with --database."
        )


def report(here, name, said):
    """Print what was made and found; return the exit code."""
    for table, count in said["counts"].items():
        say(f"    {count:>12,}  {table}")
    loaded = said["counts"]["onestop_dossier"]
    if loaded:
        events = said["counts"]["onestop_dossier_event"] / loaded
        say(f"    {events:>12.1f}  events a dossier")
    say("    by state: " + ", ".join(f"{k} {n:,}" for k, n in said["states"].items()))
    if said["there"]:
        say(f"    {said['there']:>12,}  dossiers were there before")
    size = here.cluster.sql(f"SELECT pg_size_pretty(pg_database_size('{name}'))")
    seconds = said["seconds"]
    say(
        f"    {size[0]}; loaded in {seconds['load']:.0f} s, statistics "
        f"{seconds['analyze']:.0f} s, checks {seconds['check']:.0f} s"
    )
    if said["findings"]:
        for finding in said["findings"]:
            say(f"    WRONG: {finding}")
        return 1
    say(
        f"{said['checked']:,} rows checked for what the triggers hold, and a sample "
        f"verified in full; ./onestop verify --database {name} verifies all."
    )
    return 0
