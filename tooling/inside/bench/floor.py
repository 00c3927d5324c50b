# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The least that the rows of a dossier's life cost: the same rows by plain SQL.

No rule is asked and no clock is run; the event's text and hash are made, and the
triggers look at every row as always.
"""

import json

from odoo.addons.onestop_dossier.ledger.canonical import canonical, digest, instant
from odoo.addons.onestop_dossier.ledger.columns import AFTER

PARTS = ("onestop_dossier_part", "onestop_dossier_fee", "onestop_dossier_viewer")


def script(cr, number):
    """Read the rows of a dossier, to be written again."""

    def rows(table, order, condition="dossier_id = %s"):
        cr.execute(
            f"SELECT * FROM {table} WHERE {condition} ORDER BY {order}", [number]
        )
        return cr.dictfetchall()

    events = rows("onestop_dossier_event", "sequence")
    # A file would have to be written too, and acts on fees are not part of the life.
    kept = [e for e in events if e["kind"] != "collect_fee"]
    return {
        "dossier": rows("onestop_dossier", "id", "id = %s")[0],
        "parts": {table: rows(table, "1") for table in PARTS},
        "events": kept,
        "texts": rows("onestop_dossier_text", "id"),
    }


def play(registry, told, watch):
    """Write the rows again as another dossier, in as many transactions as acts."""
    number, head = None, "0" * 64
    for sequence, event in enumerate(told["events"], 1):
        with watch.transaction(event["actor_id"]) as env:
            cr = env.cr
            cr.execute("SELECT now() AT TIME ZONE 'UTC'")
            [now] = cr.fetchone()
            if number is None:
                number = _insert(cr, "onestop_dossier", _blank(told["dossier"]))
                for table, rows in told["parts"].items():
                    for row in rows:
                        _insert(cr, table, row | {"dossier_id": number})
            else:
                cr.execute(
                    "SELECT id FROM onestop_dossier WHERE id = %s FOR NO KEY UPDATE",
                    [number],
                )
            head = _event(cr, told, event, number, sequence, head, now)


def _blank(row):
    """The dossier's row before its first event: what an act sets comes later."""
    later = {"head_sequence", "head_hash", "code", *AFTER}
    required = {"procedure_id", "case_id", "person_id", "channel", "company_id"}
    required |= {"state", "copies", "result_channel"}
    blank = {k: v for k, v in row.items() if k not in later - required}
    return blank | {"state": "draft"}


def _event(cr, told, event, number, sequence, head, now):
    body = json.loads(event["body"])
    moved = {
        "dossier": number,
        "sequence": sequence,
        "occurred": instant(now),
        "recorded": instant(now),
        "previous": head,
    }
    body |= moved
    after = body["after"]
    if after["code"]:
        after["code"] = f"{after['code']}-{number}"
    if after.get("number"):
        # A place of its own in the register, far behind those in use.
        after["number"] = 1_000_000 + number
    text = canonical(body)
    columns = {
        "dossier_id": number,
        "sequence": sequence,
        "occurred_at": now,
        "recorded_at": now,
        "body": text,
        "previous_hash": head,
        "hash": digest(text),
    }
    made = _insert(cr, "onestop_dossier_event", event | columns)
    for row in told["texts"]:
        if row["event_id"] == event["id"]:
            _insert(
                cr,
                "onestop_dossier_text",
                row | {"dossier_id": number, "event_id": made},
            )
    values = {
        column: after[name] and after[name].rstrip("Z")
        if column.endswith("_at")
        else after[name]
        for column, name in AFTER.items()
        if name in after
    }
    values |= {"head_sequence": sequence, "head_hash": columns["hash"]}
    assignments = ", ".join(f"{column} = %s" for column in values)
    cr.execute(
        f"UPDATE onestop_dossier SET {assignments} WHERE id = %s",
        [*values.values(), number],
    )
    return columns["hash"]


def _insert(cr, table, row):
    """Insert a row under a new id, if it has one; return the id."""
    values = {column: value for column, value in row.items() if column != "id"}
    names = ", ".join(values)
    marks = ", ".join(["%s"] * len(values))
    returning = "RETURNING id" if "id" in row else ""
    cr.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks}) {returning}",
        list(values.values()),
    )
    return cr.fetchone()[0] if returning else None
