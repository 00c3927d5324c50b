# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.onestop_procedure.tests.clock_common import local

from .past import PastCase

REASON = "Reason"


@tagged("post_install", "-at_install")
class TestCorrect(PastCase):
    """Entries corrected after reception: by an event, with a new slip."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.make_procedure("9.000060", cls.health, time_value=10)

    def correct(self, dossier, values, user="receiver", moment=None):
        record = self.act_as(dossier, user)
        if moment:
            record = self.at(moment, dossier, user)
        return record.action_correct(values, REASON)

    def changes(self, dossier):
        return dossier.sudo()._history()[-1]["data"]["changes"]

    def test_owner_copies_and_channel(self):
        dossier = self.dossier_in("processing")
        code, due = dossier.code, dossier.due_at
        self.assertEqual(dossier.slip_version, 1)
        self.correct(
            dossier,
            {
                "person_id": self.other_citizen.id,
                "copies": 3,
                "result_channel": "post",
            },
        )
        self.assertEqual(dossier.person_id, self.other_citizen)
        self.assertEqual((dossier.copies, dossier.result_channel), (3, "post"))
        self.assertEqual((dossier.code, dossier.due_at), (code, due))
        self.assertEqual(dossier.slip_version, 2)
        self.assertEqual(
            self.changes(dossier),
            {
                "person_id": [self.citizen.id, self.other_citizen.id],
                "copies": [1, 3],
                "result_channel": ["counter", "post"],
            },
        )

    def test_a_subject_stands_in_the_ledger_as_hashes_only(self):
        dossier = self.dossier_in("processing", subject="House of Mr Before")
        self.correct(dossier, {"subject": "House of Mrs After"})
        self.assertEqual(dossier.subject, "House of Mrs After")
        event = dossier.sudo().event_ids.sorted("sequence")[-1]
        self.assertNotIn("House", event.body)
        texts = {text.kind: text for text in event.text_ids}
        self.assertEqual(texts["before"].body, "House of Mr Before")
        self.assertEqual(texts["after"].body, "House of Mrs After")
        self.assertFalse(texts["before"].for_citizen)

    def test_another_procedure_counts_again_from_reception(self):
        """Its limit, its agency, its steps; the day of reception stays."""
        dossier = self.processing(local(2026, 1, 12, 9))
        self.assertDue(dossier, local(2026, 1, 19, 17))
        self.correct(
            dossier, {"procedure_id": self.other.id}, moment=local(2026, 1, 13, 9)
        )
        self.assertDue(dossier, local(2026, 1, 26, 17))
        self.assertEqual(dossier.case_id, self.other.version_id.case_ids)
        self.assertEqual(dossier.version_id, self.other.version_id)
        self.assertEqual(dossier.department_id, self.health)
        self.assertIn(dossier.step_id, dossier.case_id.step_ids)
        self.at(local(2026, 1, 13, 10), dossier, "stranger").action_forward("Ok")
        self.assertEqual(dossier.state, "approving")

    def test_a_late_dossier_is_not_made_timely(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        due = dossier.due_at
        self.correct(
            dossier, {"procedure_id": self.other.id}, moment=local(2026, 1, 21, 9)
        )
        self.assertEqual(dossier.due_at, due)

    def test_what_is_no_entry(self):
        dossier = self.dossier_in("processing")
        for values in (
            {},
            None,
            {"state": "approved"},
            {"code": "X"},
            {"due_at": "2030-01-01"},
            {"copies": 1},
            {"copies": 0},
            {"copies": True},
            {"copies": "many"},
            {"person_id": 0},
            {"person_id": "x"},
            {"person_id": -1},
            {"result_channel": "pigeon"},
            {"subject": "x" * 1001},
            {"case_id": self.other.version_id.case_ids.id},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.correct(dossier, values)
        with self.assertRaises(UserError):
            self.act_as(dossier, "receiver").action_correct({"copies": 2}, " ")

    def test_only_the_counter_corrects(self):
        dossier = self.dossier_in("processing")
        for user in ("appraiser", "head", "cashier", "stranger", "citizen"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.correct(dossier, {"copies": 2}, user)

    def test_entries_are_sealed_below_the_orm(self):
        """Rule 2: the row follows its last event, these columns too."""
        dossier = self.dossier_in("processing", subject="As handed in")
        self.env.flush_all()
        for column, value in (
            ("copies", 7),
            ("result_channel", "post"),
            ("subject", "Something else"),
        ):
            with (
                self.subTest(column=column),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(flush=False),
            ):
                self.env.cr.execute(
                    f"UPDATE onestop_dossier SET {column} = %s WHERE id = %s",
                    [value, dossier.id],
                )

    def test_a_code_is_never_given_again(self):
        """Refused, stopped or corrected: the code stays with its dossier."""
        codes = [self.dossier_in(state).code for state in ("refused", "stopped")]
        first = self.dossier_in("received")
        self.correct(first, {"procedure_id": self.other.id})
        codes += [first.code, self.dossier_in("received").code]
        codes = [code for code in codes if code]
        self.assertEqual(len(codes), len(set(codes)))
