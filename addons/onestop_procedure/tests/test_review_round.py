# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewRound(ReviewCase):
    """A round passes from the agencies to the Centre, the Office and the Chair."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.open_review()

    def test_a_line_for_each_procedure_in_force(self):
        self.assertEqual(self.review.line_count, 7)
        self.assertEqual(self.review.sudo().line_ids.procedure_id, self.procedures)
        self.assertEqual(
            self.review.sudo().part_ids.department_id, self.justice | self.health
        )

    def test_lines_begin_as_it_is_now(self):
        line = self.line(self.review, 1)
        self.assertEqual(line.present_mode, "reception")
        self.assertEqual(line.proposed_mode, "reception")
        self.assertFalse(line.is_changed)
        self.assertEqual(line.version_id, line.procedure_id.version_id)

    def test_arrivals_make_the_frequency_class(self):
        classes = {
            d: self.line(self.review, d, self.director).frequency for d in self.ARRIVALS
        }
        self.assertEqual(
            classes,
            dict.fromkeys((1, 2, 3, 4, 6), "frequent") | {5: "low", 7: "none"},
        )

    def test_a_share_is_rounded_as_people_do(self):
        text = self.review._share_text
        self.assertEqual(text(1, 16), "1/16 = 6.3 %")
        self.assertEqual(text(8, 39), "8/39 = 20.5 %")
        self.assertEqual(text(0, 0), "–")

    def test_dossiers_received_elsewhere_count(self):
        line = self.line(self.review, 5)
        line.outside_count = 9
        self.assertEqual((line.arrivals, line.frequency), (12, "frequent"))

    def test_stages_and_mode_follow_each_other(self):
        line = self.line(self.review, 1)
        line.proposed_mode = "full"
        self.assertTrue(line.onsite_appraise and line.onsite_approve)
        line.onsite_approve = False
        self.assertEqual(line.proposed_mode, "no_approval")
        self.assertTrue(line.is_changed)
        self.assertTrue(line.is_reviewed)
        line.action_propose_present()
        self.assertFalse(line.is_changed)

    def test_shares_both_ways(self):
        self.line(self.review, 1).proposed_mode = "full"
        part = self.as_user(self.part(self.review, self.justice), self.head)
        self.assertEqual((part.regular_count, part.regular_full_count), (4, 0))
        self.assertEqual(part.plan_share_proposed, 1 / 4)
        self.assertEqual(part.index_share_proposed, 1 / 5)
        self.assertTrue(part.target_met)
        review = self.as_user(self.review, self.director)
        self.assertEqual(review.plan_share_proposed, 1 / 5)
        self.assertEqual(review.index_share_proposed, 1 / 7)
        self.assertFalse(review.target_met)

    def test_hand_in_only_what_was_reviewed(self):
        part = self.part(self.review, self.justice)
        with self.assertRaisesRegex(UserError, "5 procedures are not reviewed"):
            part.action_hand_in()
        part.action_confirm_rest()
        part.action_hand_in()
        self.assertEqual(part.state, "handed_in")

    def test_closed_part_cannot_be_changed(self):
        self.hand_in(self.review)
        line = self.line(self.review, 1)
        with self.assertRaisesRegex(UserError, "not open for changes"):
            line.proposed_mode = "full"
        self.part(self.review, self.justice, self.director).action_return("Law?")
        self.as_user(line, self.author).proposed_mode = "full"

    def test_centre_returns_with_a_reason(self):
        part = self.hand_in(self.review).with_user(self.director)
        with self.assertRaises(UserError):
            part.action_return("  ")
        part.action_return("Name the law for approval.")
        self.assertEqual(part.state, "returned")
        self.assertEqual(part.trace_ids[-1].note, "Name the law for approval.")
        self.assertIn(self.author, part.sudo().activity_ids.user_id)

    def test_not_consolidated_while_a_part_waits(self):
        self.hand_in(self.review)
        with self.assertRaisesRegex(UserError, "Accept or return"):
            self.review.action_consolidate()

    def test_consolidated_round_is_closed_for_the_agencies(self):
        self.hand_in(self.review).with_user(self.director).action_accept()
        self.review.action_consolidate()
        health = self.part(self.review, self.health, self.health_head)
        with self.assertRaisesRegex(UserError, "not open"):
            health.action_hand_in()
        with self.assertRaisesRegex(UserError, "not open for changes"):
            self.line(self.review, 6, self.health_head).note = "Late"

    def test_nobody_skips_an_office(self):
        self.hand_in(self.review).with_user(self.director).action_accept()
        for user in (self.chief, self.chair):
            with self.assertRaises(AccessError):
                self.review.with_user(user).action_consolidate()
        with self.assertRaises(UserError):
            self.review.with_user(self.chair)._do_sign()

    def test_office_and_chair_send_back(self):
        chair = self.bring_to_chair(self.review)
        with self.assertRaises(AccessError):
            chair.with_user(self.control)._do_sign()
        chair.action_return("Which law?")
        self.assertEqual(chair.state, "consolidated")
        chair.with_user(self.control).action_return("Which law?")
        self.assertEqual(chair.state, "open")

    def test_submitted_round_is_not_edited(self):
        review = self.bring_to_chair(self.review).with_user(self.control)
        with self.assertRaisesRegex(UserError, "too far"):
            review.decision_number = "1/QĐ-UBND"
        with self.assertRaises(UserError):
            review.with_user(self.director).threshold = 3

    def test_same_as_last_round(self):
        line = self.line(self.review, 2)
        line.write({"proposed_mode": "full", "basis_approve": "Law 72/2025"})
        self.review.with_user(self.director)
        second = self.open_review(
            name="Round 2", period_from=self.today + timedelta(days=1)
        )
        part = self.part(second, self.justice)
        kept = self.line(second, 1)
        kept.note = "Worked on already"
        part.action_copy_last_round()
        copied = self.line(second, 2)
        self.assertEqual(copied.proposed_mode, "full")
        self.assertEqual(copied.basis_approve, "Law 72/2025")
        self.assertFalse(copied.is_reviewed)
        self.assertEqual(kept.note, "Worked on already")

    def test_reminders(self):
        health = self.part(self.review, self.health).sudo()
        done = self.hand_in(self.review).sudo()
        self.review.sudo().remind_days = 30
        health.activity_ids.unlink()
        self.run_reminder()
        self.assertEqual(health.activity_ids.user_id, self.health_head)
        self.assertIn("2 procedures are left", health.activity_ids.summary)
        self.assertFalse(done.reminded_on)
        health.activity_ids.unlink()
        self.run_reminder()
        self.assertFalse(health.activity_ids, "once before the deadline")
        late = self.review.deadline + timedelta(days=1)
        self.assertTrue(health._is_reminder_due(late))
        health._remind(late)
        self.assertIn("was due", health.activity_ids.summary)
        self.assertFalse(health._is_reminder_due(late + timedelta(days=6)))
        self.assertTrue(health._is_reminder_due(late + timedelta(days=7)))

    def run_reminder(self):
        cron = self.env.ref("onestop_procedure.ir_cron_review_remind")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()
