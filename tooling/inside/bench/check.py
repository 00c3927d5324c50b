# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""All loaded rows, asked for what triggers and foreign keys hold row by row.

The statements are the triggers' conditions, written for whole tables. A sample of the
dossiers is then verified in full, as by ``./onestop verify``.
"""

from tables import TABLES

from odoo.addons.onestop_dossier.ledger.columns import AFTER, SEALED
from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

SAMPLE = 2000  # dossiers verified in full
SHOWN = 20  # findings


def ranges(batches, workers):
    """Dossiers of all batches in parts: (first id, how many)."""
    parts = []
    for batch in batches:
        first, count = batch["first"]["onestop_dossier"], batch["count"]
        size = -(-count // workers)
        parts += [
            (first + start, min(size, count - start)) for start in range(0, count, size)
        ]
    return parts


def rows_of(cr, first, count):
    """Check the rows of some dossiers; return (rows checked, findings as text)."""
    cr.execute("SET LOCAL work_mem = '256MB'")
    checked, findings = 0, []
    for name, statement in STATEMENTS.items():
        cr.execute(statement, {"first": first, "count": count})
        rows, wrong = cr.fetchone()
        checked += rows
        if wrong:
            findings.append(f"{name}: {wrong} of {rows} rows")
    return checked, findings


def _text_of(column):
    if column.endswith("_at"):
        return f"""to_char(d.{column}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
    return f"d.{column}::text"


def _same(column, name):
    same = f"({_text_of(column)}) IS NOT DISTINCT FROM (after ->> '{name}')"
    return f"(NOT after ? '{name}' OR {same})" if column in SEALED else same


SAME = " AND ".join(map(_same, AFTER, AFTER.values()))
RANGE = "BETWEEN %(first)s AND %(first)s + %(count)s - 1"
STATEMENTS = {
    "events that do not continue their chain": f"""
        SELECT count(*), count(*) FILTER (WHERE
            hash != encode(sha256(convert_to(body, 'UTF8')), 'hex')
            OR previous_hash IS DISTINCT FROM coalesce(before, repeat('0', 64))
            OR ROW(
                dossier_id, sequence, kind, actor_id, department_id, state_from,
                state_to, source, previous_hash,
                to_char(occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                to_char(recorded_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
            ) IS DISTINCT FROM ROW(
                (said ->> 'dossier')::int, number::int, said ->> 'kind',
                (said ->> 'actor')::int, (said ->> 'agency')::int, said ->> 'from',
                said ->> 'to', said ->> 'source', said ->> 'previous',
                said ->> 'occurred', said ->> 'recorded'))
          FROM (SELECT e.*, body::jsonb AS said, lag(hash) OVER chain AS before,
                       row_number() OVER chain AS number
                  FROM onestop_dossier_event e WHERE dossier_id {RANGE}
                WINDOW chain AS (PARTITION BY dossier_id ORDER BY sequence)) one
        """,
    "dossiers that differ from their last event": f"""
        SELECT count(*), count(*) FILTER (WHERE after IS NULL OR NOT ({SAME}))
          FROM onestop_dossier d
          LEFT JOIN LATERAL (
                SELECT e.body::jsonb -> 'after' AS after FROM onestop_dossier_event e
                 WHERE e.dossier_id = d.id AND e.sequence = d.head_sequence
                   AND e.hash = d.head_hash
                   AND NOT EXISTS (SELECT FROM onestop_dossier_event later
                                    WHERE later.dossier_id = d.id
                                      AND later.sequence = d.head_sequence + 1)
               ) last ON TRUE
         WHERE d.id {RANGE}
        """,
    "dossiers that were received without a place in the register": f"""
        SELECT count(*), count(*) FILTER (WHERE
            (received_at IS NULL) != (register_number IS NULL)
            OR register_book NOT LIKE '%%/' || extract(year FROM
                received_at AT TIME ZONE 'UTC' AT TIME ZONE '{LEGAL_ZONE}'))
          FROM onestop_dossier d WHERE d.id {RANGE}
        """,
}


def references(cr):
    """References of the loaded tables that lead nowhere."""
    cr.execute("SET LOCAL work_mem = '256MB'")
    cr.execute(
        """
        SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text
          FROM pg_constraint c
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.contype = 'f' AND c.conrelid = ANY(%s::regclass[])
         ORDER BY 1, 2
        """,
        [list(TABLES)],
    )
    found = cr.fetchall()
    findings = []
    for table in TABLES:
        columns = [(column, target) for name, column, target in found if name == table]
        counts = ", ".join(
            f"count(*) FILTER (WHERE {column} IS NOT NULL "
            f"AND {column} NOT IN (SELECT id FROM {target}))"
            for column, target in columns
        )
        cr.execute(f"SELECT {counts} FROM {table}")
        for (column, _target), wrong in zip(columns, cr.fetchone(), strict=True):
            if wrong:
                findings.append(f"{table}.{column} leads nowhere {wrong} times")
    return findings


def sample(env, batches):
    """Dossiers chosen by chance, verified in full; return what is wrong."""
    events = env["onestop.dossier.event"]
    findings = []
    for batch in batches:
        first, count = batch["first"]["onestop_dossier"], batch["count"]
        env.cr.execute(
            "SELECT DISTINCT %s + floor(random() * %s)::int "
            "FROM generate_series(1, %s)",
            [first, count, min(SAMPLE, count)],
        )
        ids = [number for [number] in env.cr.fetchall()]
        for check in (events._verify_chains_of, events._verify_texts_of):
            _count, found = check(ids)
            findings += [f"{f['row']}: {f['reason']}" for f in found]
    return findings[:SHOWN]
