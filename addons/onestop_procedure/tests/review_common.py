# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A round with two agencies, and the people of each office."""

from datetime import timedelta
from unittest.mock import patch

from odoo.tests import TransactionCase, new_test_user

from .common import ProcedureFixture


class ReviewFixture(ProcedureFixture):
    """Five procedures of Justice, two of Health; a round that can be opened."""

    # Dossiers of twelve months by the last digit of the code.
    ARRIVALS = {1: 40, 2: 30, 3: 20, 4: 12, 5: 3, 6: 50, 7: 0}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls.env["onestop.department"].create(
            {
                "name": "Office",
                "short": "T-OFFICE",
                "kind": "office",
                "parent_id": cls.province.id,
            }
        )
        cls.today = cls.env["onestop.membership"]._today()
        cls.author = cls.make_login("author", cls.justice, "catalogue")
        cls.health_head = cls.make_login("health.head", cls.health, "head")
        cls.director = cls.make_login("director", cls.centre, "head")
        cls.desk = cls.make_login("desk", cls.centre, "staff")
        cls.control = cls.make_login("control", cls.office, "catalogue")
        cls.chief = cls.make_login("chief", cls.office, "head")
        cls.chair = cls.make_login("chair", cls.province, "head")
        cls.vice = cls.make_login("vice", cls.province, "deputy")
        cls.head.password = "t.head.secret"
        # Others may have opened rounds and published procedures in this database.
        cls.env["onestop.procedure"].search([]).write({"state": "abolished"})
        cls.procedures = cls.env["onestop.procedure"]
        for digit in cls.ARRIVALS:
            department = cls.justice if digit <= 5 else cls.health
            procedure = cls.make_procedure(
                f"9.10000{digit}",
                department_id=department.id,
                name=f"Procedure {digit}",
            )
            cls.procedures |= procedure
        cls.publish(cls.procedures)
        cls.by_digit = {int(p.code[-1]): p for p in cls.procedures}
        cls.startClassPatcher(
            patch.object(
                cls.registry["onestop.procedure"],
                "_arrivals",
                lambda procedures, since, until: {
                    p.id: cls.ARRIVALS[int(p.code[-1])]
                    for p in procedures
                    if p in cls.procedures
                },
            )
        )

    @classmethod
    def make_login(cls, login, department, role):
        user = new_test_user(
            cls.env,
            f"t.review.{login}",
            groups="base.group_user",
            password=f"t.review.{login}.secret",
        )
        cls.env["onestop.membership"].create(
            {
                "user_id": user.id,
                "department_id": department.id,
                "role": role,
                "valid_from": "2020-01-01",
            }
        )
        return user

    @classmethod
    def publish(cls, procedures):
        """Publish the drafts of procedures, steps filling their time limit."""
        drafts = procedures.version_ids
        for case in drafts.case_ids:
            case.step_ids.duration = case._limit_hours() / len(case.step_ids)
            # An appraisal that is not accepted goes back to reception.
            case.step_ids[1].back_step_id = case.step_ids[0]
        drafts._publish(cls.today - timedelta(days=100))

    @classmethod
    def make_review(cls, **values):
        return (
            cls.env["onestop.review"]
            .with_user(cls.director)
            .create(
                {
                    "name": "Round 1",
                    "period_from": cls.today,
                    "period_to": cls.today + timedelta(days=60),
                    "deadline": cls.today + timedelta(days=30),
                    "threshold": 12,
                    "target": 20,
                    **values,
                }
            )
        )

    @classmethod
    def open_review(cls, **values):
        review = cls.make_review(**values)
        review.action_open()
        return review

    def as_user(self, record, user):
        """The record as another user sees it, nothing of his cached."""
        self.env.invalidate_all()
        return record.with_user(user)

    def part(self, review, department, user=None):
        parts = self.env["onestop.review.part"].search(
            [("review_id", "=", review.id), ("department_id", "=", department.id)]
        )
        return parts.with_user(user or self.head)

    def line(self, review, digit, user=None):
        lines = self.env["onestop.review.line"].search(
            [
                ("review_id", "=", review.id),
                ("procedure_id", "=", self.by_digit[digit].id),
            ]
        )
        return lines.with_user(user or self.head)

    def hand_in(self, review, department=None, user=None):
        part = self.part(review, department or self.justice, user)
        part.action_confirm_rest()
        part.action_hand_in()
        return part

    def bring_to_chair(self, review, **values):
        """Justice proposes what the test wrote; the Office submits it."""
        part = self.hand_in(review)
        part.with_user(self.director).action_accept()
        review.with_user(self.director).action_consolidate()
        office = review.with_user(self.control)
        office.write({"decision_number": "1523/QĐ-UBND", **values})
        office.action_submit()
        return review.with_user(self.chair)


class ReviewCase(ReviewFixture, TransactionCase):
    """A test case on the records of :class:`ReviewFixture`."""
