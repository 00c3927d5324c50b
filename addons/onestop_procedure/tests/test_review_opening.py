# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.fields import Command
from odoo.tests import tagged

from .review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewOpening(ReviewCase):
    """A round over many procedures is opened by a number of queries that stays."""

    def add_procedures(self, first, count):
        procedures = self.env["onestop.procedure"].create(
            [
                {
                    "code": f"9.2{number:05d}",
                    "name": "Many",
                    "department_id": self.justice.id,
                    "sector_id": self.sector.id,
                    "version_ids": [
                        Command.create(
                            {
                                "case_ids": [
                                    Command.create(
                                        {
                                            "name": "General",
                                            "time_value": 5,
                                            "step_ids": [
                                                Command.create(
                                                    {
                                                        "activity": "receive",
                                                        "onsite": True,
                                                    }
                                                )
                                            ],
                                        }
                                    )
                                ]
                            }
                        )
                    ],
                }
                for number in range(first, first + count)
            ]
        )
        procedures.version_ids._publish(self.today)
        self.env.flush_all()

    def queries_of_opening(self):
        review = self.make_review()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        review.action_open()
        self.env.flush_all()
        return self.cr.sql_log_count - before, review

    def test_queries_do_not_grow_with_procedures(self):
        self.queries_of_opening()
        few, _review = self.queries_of_opening()
        self.add_procedures(0, 150)
        many, review = self.queries_of_opening()
        self.assertEqual(review.line_count, 157)
        # Rows are inserted in batches of a hundred.
        self.assertLessEqual(many, few + 10)

    def test_queries_of_the_agencies_list(self):
        parts = self.env["onestop.review.part"].with_user(self.director)
        review = self.open_review()
        names = ["department_id", "progress", "plan_share", "index_share_proposed"]
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        one = parts.search([("review_id", "=", review.id)], limit=1)
        one.read(names)
        single = self.cr.sql_log_count - before
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        parts.search([("review_id", "=", review.id)]).read(names)
        self.assertLessEqual(self.cr.sql_log_count - before, single)
