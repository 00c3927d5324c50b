# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.onestop_procedure.tests.clock_common import local

from .past import PastCase


@tagged("post_install", "-at_install")
class TestConsent(PastCase):
    """Silence as consent, where the procedure's article says so."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls.make_procedure(
            "9.000070", cls.justice, silence_article="Article 5, Law 1"
        )

    def record(self, moment, dossier, user="receiver"):
        self.at(moment, dossier, user).action_record_consent()

    def test_recorded_when_the_time_is_over(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        with self.assertRaises(UserError):
            self.record(local(2026, 1, 19, 16), dossier)
        self.record(local(2026, 1, 20, 8), dossier)
        self.assertEqual((dossier.state, dossier.outcome), ("approved", "granted"))
        event = dossier.sudo()._history()[-1]
        self.assertEqual(event["data"]["ground"]["kind"], "silence")
        self.assertIn("Article 5, Law 1", dossier.text_ids.mapped("body"))

    def test_the_note_is_drafted_and_recorded_by_a_person(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        dossier._warn(self.past(local(2026, 1, 20, 8)))
        draft = dossier.draft_ids.filtered(lambda d: d.kind == "consent")
        self.assertEqual(draft.state, "drafted")
        self.assertEqual(draft.legal_basis, "Article 5, Law 1")
        self.assertEqual(dossier.state, "processing")
        self.record(local(2026, 1, 20, 9), dossier)
        self.assertEqual(draft.state, "signed")

    def test_no_article_no_consent(self):
        procedure = self.make_procedure("9.000071", self.justice)
        dossier = self.processing(local(2026, 1, 12, 9), procedure_id=procedure.id)
        with self.assertRaises(UserError):
            self.record(local(2026, 1, 20, 8), dossier)
        dossier._warn(self.past(local(2026, 1, 20, 8)))
        self.assertNotIn("consent", dossier.draft_ids.mapped("kind"))

    def test_who_may_not(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        for user in ("appraiser", "records", "stranger_head", "citizen"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.record(local(2026, 1, 20, 8), dossier, user)
