# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged
from odoo.tools import SQL

from ..ledger.canonical import GENESIS, canonical, digest
from ..ledger.columns import AFTER
from .test_ledger_sql import OTHER, LedgerCase


@tagged("post_install", "-at_install")
class TestVerify(LedgerCase):
    """What a superuser of PostgreSQL changes with the triggers off is found."""

    def setUp(self):
        super().setUp()
        self.untouched = self.dossier_in("processing")
        self.dossier = self.dossier_in("ready").sudo()
        self.events = self.dossier.event_ids.sorted("sequence")
        self.env.flush_all()
        self.check_at_commit()
        self.sql("SET LOCAL session_replication_role = replica")

    def findings(self):
        self.env.invalidate_all()
        return self.env["onestop.dossier.event"]._verify_ledgers()[1]

    def found(self):
        """The one finding, as "ledger | row | reason"."""
        findings = self.findings()
        self.assertEqual(len(findings), 1, findings)
        return " | ".join(findings[0][key] for key in ("ledger", "row", "reason"))

    def assertFound(self, record, reason):  # noqa: N802 - as unittest writes it
        found = self.found()
        self.assertIn(record._name, found)
        self.assertIn(f"id {record.id}", found)
        self.assertIn(reason, found)

    def undo(self):
        """A savepoint whose end undoes what was tampered with."""
        return _Undone(self.env.cr)

    # ------------------------------------------------------------
    # Sound
    # ------------------------------------------------------------

    def test_nothing_is_found_in_a_sound_ledger(self):
        count, findings = self.env["onestop.dossier.event"]._verify_ledgers()
        self.assertEqual(findings, [])
        self.assertGreater(count, len(self.events) + 3)

    def test_every_state_is_sound(self):
        self.sql("SET LOCAL session_replication_role = origin")
        for state in ("supplement", "suspended", "withdrawing", "stopped", "returned"):
            self.dossier_in(state)
        self.do_submit(self.new_dossier(person_id=self.other_citizen.id))
        self.env.flush_all()
        _count, findings = self.env["onestop.dossier.event"]._verify_ledgers()
        self.assertEqual(findings, [])

    # ------------------------------------------------------------
    # Events
    # ------------------------------------------------------------

    def test_one_byte_of_a_body(self):
        for event in self.events:
            body = event.body
            # In the middle: a letter of a key or value, or a digit.
            at = len(body) // 2
            other = "x" if body[at] != "x" else "y"
            with self.subTest(sequence=event.sequence), self.undo():
                self.sql(
                    "UPDATE onestop_dossier_event SET body = %s WHERE id = %s",
                    body[:at] + other + body[at + 1 :],
                    event.id,
                )
                # A text whose event cannot be read any more is a second finding.
                self.assertIn(f"(id {event.id})", self.findings()[0]["row"])
                self.assertIn("does not have its hash", self.findings()[0]["reason"])

    def test_a_body_with_its_hash(self):
        """The next event names the hash that was."""
        event = self.events[2]
        body = event._bodies()[0] | {"actor": self.users["stranger"].id}
        text = canonical(body)
        self.sql(
            "UPDATE onestop_dossier_event SET body = %s, hash = %s, actor_id = %s "
            "WHERE id = %s",
            text,
            digest(text),
            body["actor"],
            event.id,
        )
        self.assertFound(self.events[3], "does not follow the event before it")

    def test_the_last_body_with_its_hash(self):
        """The dossier's row names the hash that was."""
        event = self.events[-1]
        text = canonical(event._bodies()[0] | {"data": {}})
        self.sql(
            "UPDATE onestop_dossier_event SET body = %s, hash = %s WHERE id = %s",
            text,
            digest(text),
            event.id,
        )
        found = self.found_among()
        self.assertIn("head_hash differs", " ".join(found))

    def found_among(self):
        return [finding["reason"] for finding in self.findings()]

    def test_a_body_that_cannot_be_read(self):
        """Written by somebody who re-computes the whole chain: still a finding."""
        event = self.events[-1]
        for text in ("", "x", "[]", "7", "{}", '{"dossier": 1}'):
            with self.subTest(text=text), self.undo():
                self.sql(
                    "UPDATE onestop_dossier_event SET body = %s, hash = %s "
                    "WHERE id = %s",
                    text,
                    digest(text),
                    event.id,
                )
                self.sql(
                    "UPDATE onestop_dossier SET head_hash = %s WHERE id = %s",
                    digest(text),
                    self.dossier.id,
                )
                self.assertFound(event, "cannot be read")

    def test_a_due_date_that_does_not_follow(self):
        """A chain computed anew with another due date does not follow from itself."""
        previous = GENESIS
        for event in self.events:
            body = event._bodies()[0]
            if body["after"]["due"]:
                body["after"]["due"] = "2036-01-05T02:00:00.000000Z"
            body["previous"] = previous
            text = canonical(body)
            self.sql(
                "UPDATE onestop_dossier_event SET body = %s, hash = %s, "
                "previous_hash = %s WHERE id = %s",
                text,
                digest(text),
                previous,
                event.id,
            )
            previous = digest(text)
        self.sql(
            "UPDATE onestop_dossier SET head_hash = %s, due_at = '2036-01-05 02:00' "
            "WHERE id = %s",
            previous,
            self.dossier.id,
        )
        self.assertFound(self.events[1], "due date does not follow")

    def test_each_column_of_an_event(self):
        event = self.events[2]
        for column, value in {
            "kind": "approve",
            "actor_id": self.users["stranger"].id,
            "department_id": self.health.id,
            "state_from": "draft",
            "state_to": "stopped",
            "occurred_at": "2020-01-05 02:00:00",
            "recorded_at": "2020-01-05 02:00:00",
            "source": "import",
        }.items():
            with self.subTest(column=column), self.undo():
                self.change("onestop_dossier_event", event.id, column, value)
                self.assertFound(event, f"column {column} differs")
        for column, reason in {
            "hash": "body does not have its hash",
            "previous_hash": "does not follow the event before it",
        }.items():
            with self.subTest(column=column), self.undo():
                self.change("onestop_dossier_event", event.id, column, GENESIS)
                self.assertFound(event, reason)

    def change(self, table, record_id, column, value):
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = %s WHERE id = %s",
                SQL.identifier(table),
                SQL.identifier(column),
                value,
                record_id,
            )
        )

    def test_events_deleted(self):
        with self.subTest("last"), self.undo():
            self.delete(self.events[-1])
            self.assertIn("last events are missing", " ".join(self.found_among()))
        with self.subTest("middle"), self.undo():
            self.delete(self.events[2])
            self.assertIn("event 3 is missing before it", " ".join(self.found_among()))
        with self.subTest("first"), self.undo():
            self.delete(self.events[0])
            self.assertIn("event 1 is missing before it", " ".join(self.found_among()))
        with self.subTest("all"), self.undo():
            self.delete(self.events)
            self.assertIn("it has no event", " ".join(self.found_among()))

    def delete(self, events):
        self.sql("DELETE FROM onestop_dossier_event WHERE id = ANY(%s)", events.ids)

    def test_a_deletion_that_is_renumbered(self):
        self.delete(self.events[2])
        self.sql(
            "UPDATE onestop_dossier_event SET sequence = sequence - 1 "
            "WHERE dossier_id = %s AND sequence > 3",
            self.dossier.id,
        )
        self.assertIn("does not follow the event before it", self.found_among()[0])

    def test_events_swapped(self):
        for sequence, event in ((99, 1), (2, 2), (3, 1)):
            self.sql(
                "UPDATE onestop_dossier_event SET sequence = %s WHERE id = %s",
                sequence,
                self.events[event].id,
            )
        found = self.found_among()
        self.assertIn("does not follow the event before it", found[0])

    def test_a_dossier_deleted(self):
        self.sql("DELETE FROM onestop_dossier WHERE id = %s", self.dossier.id)
        self.env.invalidate_all()
        _count, findings = self.env["onestop.dossier.event"]._verify_ledgers()
        self.assertIn(
            f"id {self.dossier.id}, event 1",
            " ".join(f["row"] for f in findings if "dossier of this" in f["reason"]),
        )

    # ------------------------------------------------------------
    # The row
    # ------------------------------------------------------------

    def test_each_column_of_a_dossier(self):
        more = {
            "step_id": self.make_procedure("9.000004", self.health)
            .version_id.case_ids.step_ids[0]
            .id,
            "user_id": self.users["stranger"].id,
            "department_id": self.health.id,
            "helped_department_id": self.health.id,
            "version_id": None,
            "procedure_id": self.env["onestop.procedure"]
            .search([("code", "=", "9.000004")])
            .id,
            "case_id": None,
            "person_id": self.other_citizen.id,
            "submitter_id": self.other_citizen.id,
            "company_id": self.env["res.company"].create({"name": "Elsewhere"}).id,
            "parent_id": self.dossier_in("received").id,
            "paper_place_id": self.env["onestop.paper.place"]
            .create({"name": "Shelf", "department_id": self.centre.id})
            .id,
        }
        self.env.flush_all()
        others = OTHER | more
        self.assertEqual(others.keys(), {*AFTER, "head_sequence", "head_hash"})
        for column, value in others.items():
            with self.subTest(column=column), self.undo():
                self.change("onestop_dossier", self.dossier.id, column, value)
                found = self.found()
                self.assertIn("onestop.dossier | dossier", found)
                self.assertIn(f"(id {self.dossier.id})", found)

    # ------------------------------------------------------------
    # Texts and files
    # ------------------------------------------------------------

    def test_texts(self):
        text = self.dossier.text_ids[:1]
        for change, reason in {
            "body = body || '.'": "differs from the hash",
            "body = NULL": "differs from the hash",
            "salt = 'x'": "differs from the hash",
            "kind = 'reason'": "does not belong",
            f"event_id = {self.events[0].id}": "does not belong",
            "event_id = NULL": "does not belong",
        }.items():
            with self.subTest(change=change), self.undo():
                self.env.cr.execute(
                    SQL(
                        "UPDATE onestop_dossier_text SET %s WHERE id = %s",
                        SQL(change),
                        text.id,
                    )
                )
                self.assertFound(text, reason)
        with self.subTest("deleted"), self.undo():
            self.sql("DELETE FROM onestop_dossier_text WHERE id = %s", text.id)
            self.assertFound(text, "is missing")
        with self.subTest("added"), self.undo():
            self.sql(
                "INSERT INTO onestop_dossier_text (dossier_id, event_id, kind, body) "
                "VALUES (%s, %s, 'note', 'never said')",
                self.dossier.id,
                self.events[-1].id,
            )
            self.assertIn("no event names it", self.found())

    def test_an_erased_text_is_accepted(self):
        """Erased by a decision, with the triggers on."""
        decision = self.env["onestop.decision"].create(
            {"number": "1/QD", "date": "2026-01-05", "issuer_id": self.centre.id}
        )
        self.env.flush_all()
        self.sql("SET LOCAL session_replication_role = origin")
        self.sql(
            "UPDATE onestop_dossier_text SET body = NULL, salt = NULL, "
            "erased_decision_id = %s WHERE id = %s",
            decision.id,
            self.dossier.text_ids[:1].id,
        )
        self.env.invalidate_all()
        _count, findings = self.env["onestop.dossier.event"]._verify_ledgers()
        self.assertEqual(findings, [])

    def test_an_erased_text_without_a_decision_is_found(self):
        text = self.dossier.text_ids[:1]
        self.sql(
            "UPDATE onestop_dossier_text SET body = NULL, salt = NULL WHERE id = %s",
            text.id,
        )
        self.assertFound(text, "differs from the hash")

    def test_a_files_content(self):
        file = self.dossier.file_ids
        self.sql(
            "UPDATE ir_attachment SET db_datas = %s, store_fname = NULL WHERE id = %s",
            b"%PDF-1.4 another",
            file.attachment_id.id,
        )
        self.assertFound(file, "does not have its SHA-256")

    def test_a_results_content_with_its_hash(self):
        """The event of its issue names the hash that was."""
        file = self.dossier.file_ids
        other = b"%PDF-1.4 another"
        self.sql(
            "UPDATE ir_attachment SET db_datas = %s, store_fname = NULL WHERE id = %s",
            other,
            file.attachment_id.id,
        )
        self.sql(
            "UPDATE onestop_dossier_file SET sha256 = %s WHERE id = %s",
            digest(other.decode()),
            file.id,
        )
        self.assertFound(file, "is not the result that event")

    def test_a_result_deleted(self):
        file = self.dossier.file_ids
        self.sql("DELETE FROM onestop_dossier_file WHERE id = %s", file.id)
        self.assertFound(file, "is not the result that event")


class _Undone:
    def __init__(self, cr):
        self.cr = cr

    def __enter__(self):
        self.cr.execute("SAVEPOINT undone")

    def __exit__(self, *_error):
        self.cr.execute("ROLLBACK TO SAVEPOINT undone")
