# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Runs in Odoo's Python: load many finished and open dossiers into a bench database.

Reads one JSON object from its standard input (:func:`main`); writes JSON lines: what
is done so far, and at the end what was made and what the checks found.
"""

import json
import math
import multiprocessing
import random
import sys
import time
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.sql_db import connection_info_for
from odoo.tools import config

ORDER = json.load(sys.stdin)
# The configuration says where the rooms are, of which the files below take functions.
config.parse_config(
    ["-c", ORDER["config"], "-d", ORDER["database"], "--no-http"]
    + ["--log-level", "warn"],
    setup_logging=True,
)

import check  # noqa: E402
import numbering  # noqa: E402
import plan  # noqa: E402
import story  # noqa: E402
import tables  # noqa: E402
import world  # noqa: E402

BATCHES = "onestop.bench"  # parameter in which the loaded batches are kept
SEARCH_INDEX = "onestop_dossier_search_key_idx"
CHUNK = 2000  # dossiers in a transaction, about; a chunk has whole days
MONTHS = 12
# How many numbers of each table a dossier may use.
STRIDES = {
    "onestop_dossier": 1,
    "onestop_dossier_event": plan.STRIDE,
    "onestop_dossier_text": plan.STRIDE,
    "onestop_dossier_fee": plan.FEES,
    "onestop_dossier_file": 1,
    "ir_attachment": 1,
}


def main(order):
    """Load until the database has as many dossiers as ordered.

    Its keys: ``config`` (file), ``database``, ``count`` (loaded dossiers in all),
    ``workers`` (processes).
    """
    begun = time.monotonic()
    with Registry(order["database"]).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        found, batches = prepare(env, order["count"])
        cr.commit()
        starts = {day: last for day, last in _counters(cr)}
    chunks = [
        chunk
        for number, batch in enumerate(batches)
        for chunk in chunks_of(found, batch, number)
    ]
    work = partial(load_chunk, order["database"], starts)
    # The children inherit what was read; each has a connection of its own.
    load_chunk.world = found
    context = multiprocessing.get_context("fork")
    load_chunk.books = numbering.Books(starts, found.units, found.now, context)
    counts, there = dict.fromkeys(tables.TABLES, 0), 0
    with context.Pool(order["workers"]) as pool:
        for made, found_there in pool.imap_unordered(work, chunks):
            for table, count in made.items():
                counts[table] += count
            there += found_there
            tell(done=counts["onestop_dossier"] + there, of=order["count"])
        loaded = time.monotonic()
        finish(order["database"])
        settled = time.monotonic()
        tell(doing="Checking all rows")
        parts = check.ranges(batches, order["workers"])
        results = pool.map(partial(check_part, order["database"]), parts)
    findings = [finding for _rows, found in results for finding in found]
    with Registry(order["database"]).cursor() as cr:
        findings += check.references(cr)
        findings += check.sample(api.Environment(cr, SUPERUSER_ID, {}), batches)
    tell(
        counts=counts,
        there=there,
        states=states(order["database"]),
        seconds={
            "load": loaded - begun,
            "analyze": settled - loaded,
            "check": time.monotonic() - settled,
        },
        checked=sum(rows for rows, _found in results),
        findings=findings,
    )


def tell(**said):
    """Write one JSON line for the command outside."""
    print(json.dumps(said), flush=True)


# ------------------------------------------------------------
# Batches
# ------------------------------------------------------------


def prepare(env, count):
    """Have people and numbers; return the world and the batches to be loaded.

    A batch that was begun goes on; what is wanted beyond becomes another batch.
    """
    parameters = env["ir.config_parameter"]
    if parameters.get_param("onestop.production"):
        raise SystemExit("this is a production database")
    kept = json.loads(parameters.get_param(BATCHES) or "[]")
    missing = count - sum(batch["count"] for batch in kept)
    if missing > 0:
        if not kept:
            world.staff_agencies(env)
        people = world.make_persons(
            env.cr, math.ceil(missing / world.PERSONS), len(kept)
        )
        kept.append(
            {
                "count": missing,
                "now": datetime.now(UTC)
                .replace(tzinfo=None, microsecond=0)
                .isoformat(),
                "persons": [people.start, people.stop],
                "first": {
                    table: _reserve(env.cr, table, missing * stride)
                    for table, stride in STRIDES.items()
                },
            }
        )
        parameters.set_param(BATCHES, json.dumps(kept))
    for batch in kept:
        batch["now"] = datetime.fromisoformat(batch["now"])
    last = kept[-1]
    return world.read(env, range(*last["persons"]), last["now"]), kept


def _reserve(cr, table, count):
    """Take numbers of a table's sequence; return the first."""
    cr.execute("LOCK TABLE ir_config_parameter IN EXCLUSIVE MODE")
    sequence = f"{table}_id_seq"
    cr.execute(f"SELECT setval('{sequence}', nextval('{sequence}') + {count})")
    return cr.fetchone()[0] - count


def _counters(cr):
    cr.execute("SELECT unit, day, last FROM onestop_dossier_counter")
    return [((unit, day), last) for unit, day, last in cr.fetchall()]


def chunks_of(found, batch, number):
    """Parts of a batch: (its number, first index, [(day, how many)], batch)."""
    days = world.days_before(found, MONTHS)
    edges = [batch["count"] * n // len(days) for n in range(len(days) + 1)]
    share = [
        (day, edges[n + 1] - edges[n])
        for n, day in enumerate(days)
        if edges[n + 1] > edges[n]
    ]
    chunks, first, part = [], 0, []
    for day, size in share:
        part.append((day, size))
        if sum(s for _d, s in part) >= CHUNK:
            chunks.append((number, first, part, batch))
            first += sum(s for _d, s in part)
            part = []
    return [*chunks, (number, first, part, batch)] if part else chunks


# ------------------------------------------------------------
# One chunk, in one process and one transaction
# ------------------------------------------------------------


def load_chunk(database, starts, chunk):
    """Load a chunk; return (rows made by table, dossiers that were there before)."""
    number, first, days, batch = chunk
    with _connection(database) as connection, connection.cursor() as cr:
        cr.execute(
            "SELECT id FROM onestop_dossier WHERE id = %s",
            [batch["first"]["onestop_dossier"] + first],
        )
        if cr.fetchone():
            return {}, sum(size for _day, size in days)
        cr.execute("SELECT now() AT TIME ZONE 'UTC'")
        [recorded] = cr.fetchone()
        rows = tables.Rows(load_chunk.world, recorded, story.SOURCE)
        dice = random.Random(f"{number}-{first}")
        numbers = numbering.Numbers(starts, load_chunk.books)
        index = first
        for day, size in days:
            for opened in _openings(dice, load_chunk.world, day, size):
                ids = {
                    table.removeprefix("onestop_dossier_")
                    .removeprefix("onestop_")
                    .removeprefix("ir_"): batch["first"][table] + index * stride
                    for table, stride in STRIDES.items()
                }
                rows.add(
                    plan.tell(dice, load_chunk.world, ids, opened, numbers, recorded)
                )
                index += 1
        # What the triggers hold row by row is checked for all rows at once afterwards
        # (check.py); foreign keys too. Row by row it would take several times as long.
        cr.execute("SET LOCAL session_replication_role = replica")
        cr.execute("SET LOCAL synchronous_commit = off")
        rows.copy(cr)
        for (unit, day), last in sorted(numbers.last.items()):
            cr.execute(
                "INSERT INTO onestop_dossier_counter AS c (unit, day, last) "
                "VALUES (%s, %s, %s) ON CONFLICT (unit, day) "
                "DO UPDATE SET last = greatest(c.last, excluded.last)",
                [unit, day, last],
            )
        connection.commit()
        return rows.counts, 0


def check_part(database, part):
    """Check the rows of some dossiers, in a process of its own."""
    with _connection(database) as connection, connection.cursor() as cr:
        return check.rows_of(cr, *part)


def _openings(dice, found, day, size):
    """Moments of a day at which dossiers are opened, in order (naive UTC)."""
    calendar = found.units[0]["calendar"]
    spans = [
        (calendar.at(day, start), calendar.at(day, end))
        for start, end in calendar.intervals(day)
    ]
    moments = []
    for _each in range(size):
        start, end = dice.choice(spans)
        # Nobody begins a dossier in the last minutes.
        seconds = dice.randrange(int((end - start).total_seconds()) - 1200)
        moments.append(start + timedelta(seconds=seconds))
    return [m.astimezone(UTC).replace(tzinfo=None) for m in sorted(moments)]


@contextmanager
def _connection(database):
    _name, info = connection_info_for(database)
    with closing(psycopg2.connect(**info)) as connection:
        yield connection


# ------------------------------------------------------------
# Afterwards
# ------------------------------------------------------------


def finish(database):
    """Let the planner know what is there now."""
    with _connection(database) as connection, connection.cursor() as cr:
        connection.autocommit = True
        make_findable(cr)
        for table in tables.TABLES:
            # The largest table is read by dossier alone: no need to visit it all.
            how = "" if table == "onestop_dossier_event" else "VACUUM "
            cr.execute(f"{how}ANALYZE {table}")
        cr.execute("VACUUM ANALYZE onestop_person")
        cr.execute("VACUUM ANALYZE onestop_dossier_search")


def make_findable(cr):
    """What dossiers are found by: the trigger that writes it was off."""
    cr.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [SEARCH_INDEX])
    [definition] = cr.fetchone()
    # One pass over all rows is faster than an entry for each of a hundred trigrams.
    cr.execute(f"DROP INDEX {SEARCH_INDEX}")
    try:
        cr.execute(
            """
            SELECT onestop_search_again(array_agg(d.id))
              FROM onestop_dossier d
             WHERE d.is_trial IS NOT TRUE AND NOT EXISTS (
                    SELECT FROM onestop_dossier_search s WHERE s.dossier_id = d.id)
             GROUP BY d.id / 50000
            """
        )
    finally:
        cr.execute("SET maintenance_work_mem = '512MB'")
        cr.execute(definition)


def states(database):
    """Loaded and other dossiers by state."""
    with _connection(database) as connection, connection.cursor() as cr:
        cr.execute("SELECT state, count(*) FROM onestop_dossier GROUP BY 1 ORDER BY 2")
        return dict(cr.fetchall())


if __name__ == "__main__":
    main(ORDER)
