# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from contextlib import contextmanager

import psycopg2

from odoo.exceptions import ValidationError
from odoo.service.model import retrying
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..ledger.canonical import GENESIS, canonical, digest, instant
from ..ledger.columns import AFTER, SEALED
from .common import DossierCase

# Another value for each column of a dossier's row that an event holds.
OTHER = {
    "register_book": "K99.02/2020",
    "register_number": 70007,
    "state": "returned",
    "outcome": "rejected",
    "due_at": "2036-01-05 02:00:00",
    "appointment_at": "2036-01-05 02:00:00",
    "received_at": "2020-01-05 02:00:00",
    "finished_at": "2020-01-05 02:00:00",
    "returned_at": "2020-01-05 02:00:00",
    "timeliness": "late",
    "code": "K99.02-260101-0001",
    "channel": "post",
    "rule_set": "nd61_2018",
    "copies": 7,
    "result_channel": "post",
    "area": "remote",
    "step_due_at": "2020-01-05 02:00:00",
    "citizen_due_at": "2020-01-05 02:00:00",
    "relay_at": "2020-01-05 02:00:00",
    "repeated_at": "2020-01-05 02:00:00",
    "head_sequence": 1,
    "head_hash": GENESIS,
}


class LedgerCase(DossierCase):
    @contextmanager
    def refused(self, message=None):
        """The database refuses, by an error that reaches a user as a sentence."""
        with (
            self.assertRaises(psycopg2.IntegrityError) as caught,
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(flush=False),
        ):
            yield
        self.assertEqual(caught.exception.pgcode[:2], "23", caught.exception)
        if message:
            self.assertIn(message, str(caught.exception))

    def sql(self, query, *values):
        self.env.cr.execute(query, values)

    def check_at_commit(self):
        """Run the checks that wait for the end of the transaction."""
        self.sql("SET CONSTRAINTS ALL IMMEDIATE")
        self.sql("SET CONSTRAINTS ALL DEFERRED")


@tagged("post_install", "-at_install")
class TestLedgerSql(LedgerCase):
    """The rules hold against SQL, as the owner of the tables."""

    def setUp(self):
        super().setUp()
        self.dossier = self.dossier_in("ready").sudo()
        self.citizen.with_user(self.users["receiver"]).read(["identity_number"])
        self.env.flush_all()
        # The log's own cursor does not see the dossier of this transaction.
        self.sql(
            "INSERT INTO onestop_dossier_attempt "
            "(dossier_id, user_id, act, reason, tried_at) "
            "VALUES (%s, %s, 'approve', 'no role', now())",
            self.dossier.id,
            self.users["stranger"].id,
        )
        self.check_at_commit()

    def test_append_only(self):
        tables = {
            "onestop_dossier_event": "kind = kind",
            "onestop_dossier_file": "name = name",
            "onestop_dossier_attempt": "act = act",
            "onestop_person_reading": "field_names = field_names",
            "onestop_calendar_revision": "name = name",
        }
        for table, change in tables.items():
            on = SQL.identifier(table)
            self.env.cr.execute(SQL("SELECT count(*) FROM %s", on))
            self.assertTrue(self.env.cr.fetchone()[0], table)
            with self.subTest(table=table):
                with self.refused("append-only"):
                    self.env.cr.execute(SQL("UPDATE %s SET %s", on, SQL(change)))
                with self.refused("append-only"):
                    self.env.cr.execute(SQL("DELETE FROM %s", on))
                with self.refused("append-only"):
                    self.env.cr.execute(SQL("TRUNCATE %s CASCADE", on))

    def test_texts_are_kept(self):
        text = self.dossier.text_ids[:1]
        decision = self.env["onestop.decision"].create(
            {"number": "1/QD", "date": "2026-01-05", "issuer_id": self.centre.id}
        )
        self.env.flush_all()
        for query in (
            "UPDATE onestop_dossier_text SET body = 'other'",
            "UPDATE onestop_dossier_text SET salt = 'other'",
            "UPDATE onestop_dossier_text SET body = NULL, salt = NULL",
            "UPDATE onestop_dossier_text SET event_id = NULL",
            "UPDATE onestop_dossier_text SET for_citizen = NOT for_citizen",
            "UPDATE onestop_dossier_text SET kind = 'reason'",
            "DELETE FROM onestop_dossier_text",
            "TRUNCATE onestop_dossier_text CASCADE",
        ):
            with self.subTest(query=query), self.refused():
                self.sql(query)
        self.sql(
            "UPDATE onestop_dossier_text SET body = NULL, salt = NULL, "
            "erased_decision_id = %s WHERE id = %s",
            decision.id,
            text.id,
        )
        with self.refused():
            self.sql(
                "UPDATE onestop_dossier_text SET body = 'back', "
                "erased_decision_id = NULL WHERE id = %s",
                text.id,
            )

    def test_the_row_follows_its_event(self):
        references = {
            "step_id": "onestop_procedure_step",
            "user_id": "res_users",
            "department_id": "onestop_department",
            "helped_department_id": "onestop_department",
            "version_id": "onestop_procedure_version",
            "procedure_id": "onestop_procedure",
            "case_id": "onestop_procedure_case",
            "person_id": "onestop_person",
            "submitter_id": "onestop_person",
            "company_id": "res_company",
            "parent_id": "onestop_dossier",
            "paper_place_id": "onestop_paper_place",
        }
        self.make_procedure("9.000004", self.health)
        self.env["onestop.paper.place"].create(
            {"name": "Shelf", "department_id": self.centre.id}
        )
        self.env["res.company"].create({"name": "Elsewhere"})
        self.env.flush_all()
        columns = {*AFTER, "head_sequence", "head_hash"}
        self.assertEqual(columns, references.keys() | OTHER.keys())
        for column in sorted(columns):
            value = OTHER.get(column)
            if column in references:
                self.env.cr.execute(
                    SQL(
                        "SELECT min(id) FROM %s WHERE id != coalesce(%s, 0)",
                        SQL.identifier(references[column]),
                        self.dossier[column].id or None,
                    )
                )
                [value] = self.env.cr.fetchone()
            self.assertTrue(value, column)
            with self.subTest(column=column), self.refused():
                self.env.cr.execute(
                    SQL(
                        "UPDATE onestop_dossier SET %s = %s WHERE id = %s",
                        SQL.identifier(column),
                        value,
                        self.dossier.id,
                    )
                )

    def test_an_empty_column_counts(self):
        """NULL differs from a value, both ways."""
        for column in ("due_at", "received_at", "finished_at", "outcome", "code"):
            with self.subTest(column=column), self.refused():
                self.env.cr.execute(
                    SQL(
                        "UPDATE onestop_dossier SET %s = NULL WHERE id = %s",
                        SQL.identifier(column),
                        self.dossier.id,
                    )
                )

    def test_a_dossier_is_not_deleted(self):
        for query in (
            "DELETE FROM onestop_dossier WHERE id = %s",
            "UPDATE onestop_dossier SET id = id + 1000000 WHERE id = %s",
        ):
            with self.subTest(query=query), self.refused():
                self.sql(query, self.dossier.id)

    def test_a_dossier_begins_with_an_event(self):
        with self.refused("differs from its last event"):
            self.sql(
                "INSERT INTO onestop_dossier (procedure_id, person_id, channel, "
                "result_channel, company_id, state, code) "
                "VALUES (%s, %s, 'counter', 'counter', %s, 'ready', 'K99-1')",
                self.procedure.id,
                self.citizen.id,
                self.company.id,
            )
            self.check_at_commit()

    # ------------------------------------------------------------
    # Events
    # ------------------------------------------------------------

    def insert(self, column_changes=(), body_changes=(), event_hash=None, source=None):
        """Append an event by SQL as the ledger would, but for the changes."""
        last = self.dossier.event_ids.sorted("sequence")[-1]
        self.sql("SELECT now() AT TIME ZONE 'UTC'")
        [now] = self.env.cr.fetchone()
        after = last._bodies()[0]["after"]
        body = {
            "dossier": self.dossier.id,
            "sequence": last.sequence + 1,
            "kind": "return",
            "actor": self.env.uid,
            "agency": None,
            "from": "ready",
            "to": "returned",
            "occurred": instant(now),
            "recorded": instant(now),
            "source": source or "live",
            "data": {},
            "after": after | {"state": "returned"},
            "previous": last.hash,
        }
        columns = {
            "dossier_id": body["dossier"],
            "sequence": body["sequence"],
            "kind": body["kind"],
            "actor_id": body["actor"],
            "state_from": body["from"],
            "state_to": body["to"],
            "occurred_at": now,
            "recorded_at": now,
            "source": body["source"],
            "previous_hash": body["previous"],
        } | dict(column_changes)
        text = canonical(body | dict(body_changes))
        columns |= {"body": text, "hash": event_hash or digest(text)}
        self.env.cr.execute(
            SQL(
                "INSERT INTO onestop_dossier_event (%s) VALUES %s RETURNING hash",
                SQL(", ").join(map(SQL.identifier, columns)),
                tuple(columns.values()),
            )
        )
        return columns["hash"], columns["sequence"]

    def test_the_events_of_this_test_fit(self):
        """Unchanged they are accepted: the refusals below have their own reason."""
        event_hash, sequence = self.insert()
        self.sql(
            "UPDATE onestop_dossier SET state = 'returned', head_sequence = %s, "
            "head_hash = %s WHERE id = %s",
            sequence,
            event_hash,
            self.dossier.id,
        )
        self.check_at_commit()

    def test_an_event_without_its_row_is_refused_at_commit(self):
        with self.refused("differs from its last event"):
            self.insert()
            self.check_at_commit()

    def test_a_wrong_hash(self):
        with self.refused("chain"):
            self.insert(event_hash="0" * 64)

    def test_a_wrong_previous_hash(self):
        wrong = digest("another event")
        with self.refused("chain"):
            self.insert({"previous_hash": wrong}, {"previous": wrong})

    def test_a_gap(self):
        last = self.dossier.head_sequence
        with self.refused("chain"):
            self.insert({"sequence": last + 2}, {"sequence": last + 2})

    def test_a_fork(self):
        last = self.dossier.event_ids.sorted("sequence")[-1]
        before = last.previous_hash
        with self.refused("chain_unique"):
            self.insert(
                {"sequence": last.sequence, "previous_hash": before},
                {"sequence": last.sequence, "previous": before},
            )

    def test_a_second_beginning(self):
        for sequence in (-1, 0, 1, self.dossier.head_sequence + 2):
            with self.subTest(sequence=sequence), self.refused("chain"):
                self.insert(
                    {"sequence": sequence, "previous_hash": GENESIS},
                    {"sequence": sequence, "previous": GENESIS},
                )

    def test_a_live_event_at_another_time(self):
        past = self.dossier.received_at.replace(year=2020)
        with self.refused("when it occurs"):
            self.insert({"occurred_at": past}, {"occurred": instant(past)})

    def test_a_recorded_time_of_the_callers_own(self):
        """The column is set by the trigger; the body has to say the same."""
        past = self.dossier.received_at.replace(year=2020)
        with self.refused("differ from its body"):
            self.insert({"recorded_at": past}, {"recorded": instant(past)})

    def test_columns_that_differ_from_the_body(self):
        other = self.dossier_in("received").id
        for column, value in {
            "dossier_id": other,
            "kind": "approve",
            "actor_id": self.users["head"].id,
            "department_id": self.justice.id,
            "state_from": "draft",
            "state_to": "stopped",
            "source": "import",
        }.items():
            with self.subTest(column=column), self.refused():
                self.insert({column: value})

    def test_no_demo_event_in_production(self):
        self.insert(source="demo")
        self.env["ir.config_parameter"].set_param("onestop.production", "True")
        self.env.flush_all()
        with self.refused("no demo events"):
            self.insert(source="demo")

    def test_a_refusal_reaches_the_user_as_a_sentence(self):
        """Through RPC an error of the triggers is a ValidationError, not a 500."""

        def tamper():
            self.sql("UPDATE onestop_dossier_event SET kind = kind")

        with mute_logger("odoo.sql_db"), self.assertRaises(ValidationError) as caught:
            # A transaction of a test cannot be rolled back: the retry loop is given
            # an environment whose rollback ends at a savepoint.
            with self.env.cr.savepoint(flush=False) as savepoint:
                env = self.env
                rollback, env.cr.rollback = env.cr.rollback, savepoint.rollback
                try:
                    retrying(tamper, env)
                finally:
                    env.cr.rollback = rollback
        self.assertIn("append-only", str(caught.exception))

    def test_sealed_columns_are_free_in_a_draft(self):
        draft = self.new_dossier()
        for column in SEALED - {"rule_set", "company_id"}:
            self.assertNotIn(column, draft.sudo().event_ids._bodies()[0]["after"])
        draft.person_id = self.other_citizen
        self.env.flush_all()
        self.check_at_commit()
