# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewPooling(ReviewCase):
    """Frequency classes and common counters from real arrivals (plan III.2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.open_review()

    def test_rare_procedures_are_proposed_for_the_common_counter(self):
        pooled = self.review.line_ids.filtered("pooled").procedure_id
        self.assertEqual(pooled, self.by_digit[5] | self.by_digit[7])

    def test_classes_are_written_with_their_trace(self):
        self.review.action_apply_frequency()
        self.assertEqual(self.by_digit[1].frequency, "frequent")
        self.assertEqual(self.by_digit[5].frequency, "low")
        self.assertEqual(self.by_digit[7].frequency, "none")
        note = self.by_digit[5].message_ids[0]
        self.assertIn("Rarely arising. Round 1, 3 dossiers", note.body)
        self.assertEqual(note.author_id, self.director.partner_id)
        self.assertEqual(self.review.frequency_applied_on, self.today)

    def test_pooling_of_accepted_parts_only(self):
        self.by_digit[1].pooled = True
        self.hand_in(self.review).with_user(self.director).action_accept()
        self.review.action_apply_pooling()
        self.assertTrue(self.by_digit[5].pooled)
        self.assertFalse(self.by_digit[7].pooled, "Health has not handed in")
        self.assertFalse(self.by_digit[1].pooled, "it regularly arises now")

    def test_only_the_centre_applies(self):
        for user in (self.head, self.chief, self.control, self.chair, self.desk):
            review = self.review.with_user(user)
            with self.assertRaises(AccessError):
                review.action_apply_frequency()
            with self.assertRaises(AccessError):
                review.action_apply_pooling()

    def test_counters_freed(self):
        """Health: 2 counters for 50 dossiers, of which none is pooled: both stay."""
        for department, counters in ((self.justice, 3), (self.health, 1)):
            part = self.part(self.review, department, self.director)
            part.write({"counters": counters, "staff": 2 * counters})
        self.env["onestop.review.line"].search(
            [("review_id", "=", self.review.id)]
        ).sudo().filtered(lambda line: line.arrivals < 40).write({"pooled": True})
        self.env.invalidate_all()
        justice = self.part(self.review, self.justice)
        # 3 counters x 40 of 105 dossiers = 1.14, so 2.
        self.assertEqual((justice.counters_after, justice.staff_after), (2, 4))
        review = self.as_user(self.review, self.director)
        self.assertEqual(review.counters_now, 4)
        self.assertEqual(review.common_counters, 1)
        # One of Justice's becomes the common one.
        self.assertEqual((review.counters_freed, review.staff_freed), (0, 1))
        self.assertEqual(review.pool_count, 5)

    def test_counters_are_the_centres_to_record(self):
        part = self.part(self.review, self.justice)
        part.with_user(self.director).counters = 2
        self.assertEqual(self.justice.centre_counters, 2)
        with self.assertRaises(AccessError):
            part.with_user(self.head).counters = 9
