# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestConsult(DossierCase):
    """The opinion of another agency (NĐ 61/2018/NĐ-CP, Điều 19)."""

    def consult(self, dossier, user="appraiser", **given):
        values = {
            "department_id": self.health.id,
            "question": "Is the site near a hospital?",
            "due": fields.Datetime.now() + timedelta(days=2),
        }
        record = self.act_as(dossier, user)
        return record.action_consult(*(values | given).values())

    def test_asked_and_answered(self):
        dossier = self.dossier_in("processing")
        stranger = self.users["stranger"]
        mine = [("id", "=", dossier.id)]
        self.assertFalse(self.env["onestop.dossier"].with_user(stranger).search(mine))
        self.consult(dossier)
        # Who is consulted sees the dossier from now on; its clock goes on.
        self.assertTrue(self.env["onestop.dossier"].with_user(stranger).search(mine))
        self.assertEqual(dossier.state, "processing")
        consultation = dossier.consultation_ids
        self.assertEqual(
            consultation.with_user(stranger).question, "Is the site near a hospital?"
        )
        self.act_as(dossier, "stranger").action_answer_consultation("It is not.")
        self.assertTrue(consultation.answered_at)
        self.assertEqual(
            consultation.with_user(self.users["appraiser"]).answer, "It is not."
        )
        with self.assertRaises(AccessError):  # answered: nothing is asked any more
            self.act_as(dossier, "stranger").action_answer_consultation("Again")

    def test_a_question_with_its_deadline(self):
        dossier = self.dossier_in("processing")
        for given in (
            {"question": " "},
            {"question": None},
            {"due": None},
            {"due": "soon"},
            {"due": "2020-01-01 00:00:00"},
            {"department_id": self.justice.id},
            {"department_id": True},
            {"department_id": "x"},
        ):
            with self.subTest(given=given), self.assertRaises(UserError):
                self.consult(dossier, **given)
        self.assertFalse(dossier.consultation_ids)
        self.consult(dossier)
        with self.assertRaises(UserError):  # waited for already
            self.consult(dossier)

    def test_only_who_handles_asks(self):
        dossier = self.dossier_in("processing")
        for user in ("receiver", "records", "stranger", "citizen"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.consult(dossier, user)

    def test_only_who_was_asked_answers(self):
        dossier = self.dossier_in("processing")
        self.consult(dossier)
        for user in ("appraiser", "head", "receiver", "citizen"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.act_as(dossier, user).action_answer_consultation("Yes")
        with self.assertRaises(UserError):
            self.act_as(dossier, "stranger").action_answer_consultation("")

    def test_the_silent_one_is_reported_once(self):
        """Điều 19: reported to the own head and to the one-stop unit."""
        dossier = self.dossier_in("processing")
        self.consult(dossier)
        alerts = self.env["onestop.dossier.alert"]
        mine = [("dossier_id", "=", dossier.id), ("kind", "=", "silent")]
        self.env["onestop.dossier"]._report_silent()
        self.assertFalse(alerts.search(mine))
        dossier.consultation_ids.sudo().due_at = "2026-01-01 00:00:00"
        self.env["onestop.dossier"]._report_silent()
        self.env["onestop.dossier"]._report_silent()
        alert = alerts.search(mine)
        self.assertEqual(len(alert), 1)
        self.assertEqual(
            alert.activity_ids.user_id, self.users["head"] | self.users["director"]
        )
        self.assertTrue(dossier.consultation_ids.reported_at)
        # An answer that comes late is taken, and says so.
        self.act_as(dossier, "stranger").action_answer_consultation("At last")
        self.assertTrue(dossier.sudo()._history()[-1]["data"]["late"])

    def test_no_word_of_it_in_the_ledger(self):
        dossier = self.dossier_in("processing")
        self.consult(dossier)
        body = dossier.sudo().event_ids.sorted("sequence")[-1].body
        self.assertNotIn("hospital", body)
