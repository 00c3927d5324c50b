# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import UTC, timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.onestop_procedure.tests.clock_common import local

from .past import PastCase

REASON = "Reason"


@tagged("post_install", "-at_install")
class TestSupplement(PastCase):
    """Supplements: how often, when, through whom, and until when (NĐ 61/2018, Điều 19).

    As amended by NĐ 107/2021/NĐ-CP; index: QĐ 766/QĐ-TTg.
    """

    def ask(self, moment, dossier, *args):
        self.at(moment, dossier, "appraiser").action_request_supplement(REASON, *args)

    def answered(self, moment, dossier):
        self.at(moment, dossier, "receiver").action_resume()

    # ------------------------------------------------------------
    # How often, and when
    # ------------------------------------------------------------

    def test_a_second_request_needs_a_reason_and_counts_in_the_index(self):
        """NĐ 107/2021: once; 766: more than one is overdue; the legal date stays."""
        dossier = self.processing(local(2026, 1, 12, 9))
        self.ask(local(2026, 1, 13, 9), dossier)
        self.assertFalse(dossier.repeated_at)
        self.answered(local(2026, 1, 14, 9), dossier)
        with self.assertRaises(UserError):
            self.ask(local(2026, 1, 15, 9), dossier)
        self.ask(local(2026, 1, 15, 9), dossier, None, "The first was misread")
        again = local(2026, 1, 15, 9)
        self.assertEqual(dossier.repeated_at.replace(tzinfo=UTC), again)
        self.answered(local(2026, 1, 16, 9), dossier)
        self.assertTrue(dossier.repeated_at)
        self.finish(local(2026, 1, 19, 9), dossier)
        # Late by the index, but not by law.
        self.assertEqual(dossier.timeliness, "early")

    def test_the_exception_is_no_text_for_the_citizen(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        self.ask(local(2026, 1, 13, 9), dossier, ["A copy"], "Inside")
        shown = {t.kind: t.for_citizen for t in dossier.text_ids}
        self.assertEqual(shown, {"reason": True, "items": True, "exception": False})

    def test_a_late_request_needs_a_reason(self):
        """At most 3 working days after reception, by the rules of NĐ 107/2021."""
        dossier = self.processing(local(2026, 1, 12, 9))
        with self.assertRaises(UserError):
            self.ask(local(2026, 1, 16, 9), dossier)
        self.ask(local(2026, 1, 16, 9), dossier, None, "Found on the spot")
        self.assertEqual(dossier.state, "supplement")

    def test_no_last_day_to_ask_before_2021(self):
        dossier = self.processing(local(2020, 3, 2, 9))
        self.ask(local(2020, 3, 9, 9), dossier)
        self.assertEqual(dossier.state, "supplement")

    # ------------------------------------------------------------
    # Through the counter
    # ------------------------------------------------------------

    def test_a_handlers_request_goes_through_the_counter(self):
        """The citizen's time runs from when the counter has told him."""
        dossier = self.processing(local(2026, 1, 12, 9))
        self.ask(local(2026, 1, 13, 9), dossier)
        self.assertTrue(dossier.relay_at)
        self.assertFalse(dossier.citizen_due_at)
        self.at(local(2026, 1, 14, 9), dossier, "receiver").action_pass_on()
        self.assertFalse(dossier.relay_at)
        due = dossier.citizen_due_at.replace(tzinfo=UTC)
        self.assertEqual(due, local(2026, 2, 11, 17))  # 20 working days
        with self.assertRaises(UserError):  # once
            self.at(local(2026, 1, 14, 10), dossier, "receiver").action_pass_on()

    def test_the_counter_asks_by_itself(self):
        dossier = self.received(local(2026, 1, 12, 9))
        self.at(local(2026, 1, 12, 10), dossier, "receiver").action_request_supplement(
            REASON
        )
        self.assertFalse(dossier.relay_at)
        self.assertTrue(dossier.citizen_due_at)

    def test_only_the_counter_passes_on(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        self.ask(local(2026, 1, 13, 9), dossier)
        for name in ("appraiser", "head", "cashier", "stranger", "citizen"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.act_as(dossier, name).action_pass_on()

    def test_the_procedure_says_how_long_the_citizen_has(self):
        procedure = self.make_procedure("9.000020", self.justice, supplement_days=5)
        dossier = self.received(local(2026, 1, 12, 9), procedure_id=procedure.id)
        self.at(local(2026, 1, 12, 10), dossier, "receiver").action_request_supplement(
            REASON
        )
        due = dossier.citizen_due_at.replace(tzinfo=UTC)
        self.assertEqual(due, local(2026, 1, 19, 17))

    # ------------------------------------------------------------
    # No answer in time
    # ------------------------------------------------------------

    def cron(self):
        self.run_cron("onestop_dossier.ir_cron_dossier_expire")

    def test_before_reception_it_is_refused(self):
        """No supplement in time: refused when it was not accepted yet (status 3)."""
        dossiers = []
        for act in ("action_request_supplement", "action_request_payment"):
            dossier = self.new_dossier()
            self.do_submit(dossier)
            past = fields.Datetime.now() - timedelta(days=90)
            asked = self.act_as(dossier, "receiver")._occurred(past, "import")
            getattr(asked, act)(REASON)
            dossiers.append(dossier)
        self.cron()
        for dossier in dossiers:
            self.assertEqual(dossier.state, "refused")
            self.assertEqual(dossier.outcome, "refused")
            self.assertEqual(dossier.portal_state, 3)
            self.assertFalse(dossier.citizen_due_at)
            last = dossier.sudo().event_ids.sorted("sequence")[-1]
            self.assertEqual(last.kind, "expire")
            self.assertEqual(last.actor_id, self.env.ref("base.user_root"))

    def test_after_reception_a_stop_notice_is_drafted_and_signed_by_a_person(self):
        """Nothing is signed by the system; the head signs, then it is stopped (8)."""
        dossier = self.received(local(2026, 1, 12, 9))
        self.at(local(2026, 1, 12, 10), dossier, "receiver").action_request_supplement(
            REASON
        )
        self.cron()
        self.cron()
        self.assertEqual(dossier.state, "supplement")
        draft = dossier.draft_ids
        self.assertEqual((draft.kind, draft.state), ("stop", "drafted"))
        self.assertTrue(draft.reason)
        head = self.act_as(dossier, "head")
        head._do_stop(draft.reason, "Article 19")
        self.assertEqual(dossier.state, "stopped")
        self.assertEqual(draft.state, "signed")
        self.assertEqual(draft.signer_id, self.users["head"])
        with self.assertRaises(UserError):
            draft.with_user(self.users["appraiser"]).action_pass_on()
        draft.with_user(self.users["receiver"]).action_pass_on()
        self.assertEqual(draft.state, "sent")

    def test_what_comes_after_all_drops_the_notice(self):
        dossier = self.received(local(2026, 1, 12, 9))
        self.at(local(2026, 1, 12, 10), dossier, "receiver").action_request_supplement(
            REASON
        )
        self.cron()
        self.act_as(dossier, "receiver").action_resume()
        self.assertEqual(dossier.draft_ids.state, "dropped")
        self.assertFalse(dossier.citizen_due_at)

    def test_who_has_time_left_is_left_alone(self):
        dossier = self.dossier_in("submitted")
        receiver = self.act_as(dossier, "receiver")
        receiver.action_request_supplement(REASON)
        with self.assertRaises(UserError):
            receiver.action_expire()
        self.cron()
        self.assertEqual(dossier.state, "supplement")

    def test_only_counter_and_system_let_it_expire(self):
        dossier = self.dossier_in("submitted")
        self.act_as(dossier, "receiver").action_request_supplement(REASON)
        for name in ("appraiser", "head", "cashier", "citizen"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.act_as(dossier, name).action_expire()
