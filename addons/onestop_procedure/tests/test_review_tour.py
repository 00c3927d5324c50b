# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tests import HttpCase, tagged

from .review_common import ReviewFixture


@tagged("post_install", "-at_install")
class TestReviewTour(ReviewFixture, HttpCase):
    """A round from the agency to the Chair in the browser, each as himself."""

    def walk(self, tour, user, path):
        self.start_tour(f"/odoo/{path}", f"onestop_review_{tour}", login=user.login)
        self.env.invalidate_all()

    def test_from_the_agency_to_the_chair(self):
        review = self.open_review(deadline="2099-12-31")
        part = self.part(review, self.justice)
        round_path = f"onestop-reviews/{review.id}"
        part_path = f"onestop-review-parts/{part.id}"
        self.walk("author", self.author, "onestop-review-parts")
        self.assertEqual(self.line(review, 1).proposed_mode, "full")
        self.walk("head", self.head, part_path)
        self.assertEqual(part.state, "handed_in")
        self.walk("accept", self.director, part_path)
        self.walk("consolidate", self.director, round_path)
        self.assertEqual(review.state, "consolidated")
        self.walk("submit", self.control, round_path)
        for user in (self.health_head, self.control):
            self.walk("refused", user, round_path)
        self.walk("sign", self.chair, round_path)
        self.assertEqual(review.state, "in_force")
        self.assertEqual(self.by_digit[1].onsite_mode, "full")
        self.assertEqual(self.by_digit[1].version_id.decision_id.number, "1523/QĐ-UBND")
