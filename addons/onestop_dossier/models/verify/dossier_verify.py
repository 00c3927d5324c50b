# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json

from odoo import api, models
from odoo.exceptions import MissingError
from odoo.tools import groupby

from ...ledger.canonical import GENESIS, canonical, digest, instant
from ...ledger.columns import AFTER, SEALED
from ...ledger.timeline import fold
from ..clock.dossier_clock import naive

BATCH = 1000
# What reading a body can raise that was not written by this program.
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError)


class OnestopDossierEvent(models.Model):
    """Verification: re-compute everything, and name the row that was tampered with."""

    _inherit = "onestop.dossier.event"

    @api.model
    def _verify_ledgers(self):
        """Verify every ledger; upper rooms add theirs.

        :return: (number of rows checked, list of findings in the order of the rows,
            each with ``ledger``, ``row`` and ``reason``).
        """
        checked, findings = 0, []
        for step in (
            self._verify_chains,
            self._verify_orphans,
            self._verify_texts,
            self._verify_files,
            self._verify_sheets,
        ):
            count, found = step()
            checked += count
            findings += found
        return checked, findings

    @api.model
    def _batches(self, table):
        """Ids of a table in batches, so that no size of database fills the memory."""
        last = 0
        while True:
            self.env.cr.execute(
                f"SELECT id FROM {table} WHERE id > %s ORDER BY id LIMIT %s",
                [last, BATCH],
            )
            ids = [row[0] for row in self.env.cr.fetchall()]
            if not ids:
                return
            last = ids[-1]
            yield ids

    # ------------------------------------------------------------
    # Chains
    # ------------------------------------------------------------

    def _verify_chains(self):
        return self._verify_in_batches(self._verify_chains_of)

    @api.model
    def _verify_in_batches(self, check):
        """Check all dossiers, given some at a time; see :meth:`_verify_ledgers`."""
        self.env.flush_all()
        count, findings = 0, []
        for ids in self._batches("onestop_dossier"):
            checked, found = check(ids)
            count += checked
            findings += found
        return count, findings

    @api.model
    def _verify_chains_of(self, ids):
        """Verify the events and rows of some dossiers."""
        count, findings = 0, []
        columns = ", ".join(f"d.{column}" for column in AFTER)
        self.env.cr.execute(
            """
            SELECT e.id, e.dossier_id, e.sequence, e.kind, e.actor_id,
                   e.department_id, e.state_from, e.state_to, e.occurred_at,
                   e.recorded_at, e.source, e.body, e.previous_hash, e.hash
              FROM onestop_dossier_event e WHERE e.dossier_id = ANY(%s)
             ORDER BY e.dossier_id, e.sequence
            """,
            [ids],
        )
        events = {
            dossier_id: rows
            for dossier_id, rows in groupby(
                self.env.cr.dictfetchall(), lambda row: row["dossier_id"]
            )
        }
        self.env.cr.execute(
            f"SELECT d.id, d.is_trial, d.head_sequence, d.head_hash, {columns} "
            "FROM onestop_dossier d WHERE d.id = ANY(%s) ORDER BY d.id",
            [ids],
        )
        for dossier in self.env.cr.dictfetchall():
            chain = events.get(dossier["id"], [])
            count += len(chain) + 1
            finding = self._verify_chain(dossier, chain)
            if finding:
                findings.append(finding)
        return count, findings

    def _verify_chain(self, dossier, chain):
        """The first thing wrong with a dossier and its events, or None."""
        name = f"dossier {dossier['code'] or '-'} (id {dossier['id']})"

        def finding(event, reason):
            row = f"{name}, event {event['sequence']} (id {event['id']})"
            return {"ledger": "onestop.dossier.event", "row": row, "reason": reason}

        previous, bodies = GENESIS, []
        for number, event in enumerate(chain, 1):
            if event["sequence"] != number:
                return finding(event, f"event {number} is missing before it")
            if digest(event["body"]) != event["hash"]:
                return finding(event, "its body does not have its hash")
            if event["previous_hash"] != previous:
                return finding(event, "it does not follow the event before it")
            try:
                body = json.loads(event["body"])
                wrong = self._column_that_differs(event, body)
            except UNREADABLE:
                return finding(event, "its body cannot be read")
            if wrong:
                return finding(event, f"its column {wrong} differs from its body")
            previous = event["hash"]
            bodies.append(body)
        if not chain:
            return {
                "ledger": "onestop.dossier",
                "row": name,
                "reason": "it has no event",
            }
        if bool(dossier["is_trial"]) != bool(bodies[0]["data"].get("trial")):
            return finding(chain[0], "whether it is a trial differs from the row")
        late = self._due_that_differs(bodies)
        if late:
            return finding(chain[late - 1], "its due date does not follow from events")
        try:
            return self._row_that_differs(name, dossier, chain[-1], bodies[-1])
        except UNREADABLE:
            return finding(chain[-1], "its body cannot be read")

    @api.model
    def _column_that_differs(self, event, body):
        """Name of the column that does not say what the signed body says."""
        said = {
            "dossier_id": body["dossier"],
            "sequence": body["sequence"],
            "kind": body["kind"],
            "actor_id": body["actor"],
            "department_id": body["agency"],
            "state_from": body["from"],
            "state_to": body["to"],
            "source": body["source"],
            "previous_hash": body["previous"],
        }
        for column, value in said.items():
            if event[column] != value:
                return column
        for column, key in (("occurred_at", "occurred"), ("recorded_at", "recorded")):
            if instant(event[column]) != body[key]:
                return column
        return None if canonical(body) == event["body"] else "body"

    def _due_that_differs(self, bodies):
        """Number of the first event whose due date the clock does not confirm."""
        dossiers = self.env["onestop.dossier"]
        state = None
        for number, body in enumerate(bodies, 1):
            try:
                ticks = dossiers._ticks([body])
                state = fold(ticks, dossiers._calendar_of, start=state)
                after = body["after"]
                if instant(naive(state.due)) != after["due"]:
                    return number
                # Events older than these columns do not speak of them.
                for name, value in (
                    ("step_due", state.step_due),
                    ("citizen_due", state.answer_due),
                    ("relay", state.relay),
                ):
                    if after.get(name, value) != instant(naive(value)):
                        return number
            except (*UNREADABLE, MissingError):
                return number
        return None

    @api.model
    def _row_that_differs(self, name, dossier, event, body):
        finding = {"ledger": "onestop.dossier", "row": name}
        if dossier["head_sequence"] != event["sequence"]:
            return finding | {"reason": "its last events are missing"}
        if dossier["head_hash"] != event["hash"]:
            return finding | {"reason": "head_hash differs from its last event"}
        for column, key in AFTER.items():
            if body["to"] == "draft" and column in SEALED:
                continue
            value = dossier[column]
            value = instant(value) if column.endswith("_at") else value
            if value != body["after"].get(key) and (
                column not in SEALED or key in body["after"]
            ):
                return finding | {"reason": f"{column} differs from its last event"}
        return None

    def _verify_orphans(self):
        """Events whose dossier is gone."""
        self.env.cr.execute(
            """
            SELECT e.id, e.dossier_id, e.sequence
              FROM onestop_dossier_event e
             WHERE NOT EXISTS (SELECT FROM onestop_dossier d WHERE d.id = e.dossier_id)
             ORDER BY e.id LIMIT 100
            """
        )
        return 0, [
            {
                "ledger": "onestop.dossier",
                "row": f"id {dossier_id}, event {sequence} (id {event_id})",
                "reason": "the dossier of this event is missing",
            }
            for event_id, dossier_id, sequence in self.env.cr.fetchall()
        ]
