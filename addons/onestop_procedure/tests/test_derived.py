# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import ProcedureCase
from .plan_common import PlanFixture


@tagged("post_install", "-at_install")
class TestDerived(PlanFixture, ProcedureCase):
    """Figures on which shares and reports rest are typed in by nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_plan()
        cls.procedure = cls.make_procedure()

    def assertKept(self, record, user, name, value):
        record = self.as_user(record, user)
        before = record[name]
        with self.assertRaisesRegex(UserError, "follows from other data"):
            record.write({name: value})
        self.assertEqual(record[name], before)

    def test_mode_and_state_of_a_procedure(self):
        for user in (self.admin, self.manager, self.head):
            self.assertKept(self.procedure, user, "onsite_mode", "full")
            self.assertKept(self.procedure, user, "process_state", "complete")

    def test_last_day_of_a_milestone(self):
        for user in (self.admin, self.control, self.chief):
            self.assertKept(self.milestone, user, "last_day", "2030-01-01")

    def test_fingerprint_of_a_decision(self):
        decision = self.make_decision()
        for user in (self.admin, self.manager):
            self.assertKept(decision, user, "file_hash", "0" * 64)

    def test_not_on_creation_either(self):
        with self.assertRaisesRegex(UserError, "follows from other data"):
            self.env["onestop.procedure"].with_user(self.head).create(
                {
                    "code": "9.990001",
                    "name": "Typed",
                    "department_id": self.justice.id,
                    "sector_id": self.sector.id,
                    "onsite_mode": "full",
                }
            )

    def test_not_by_the_context_either(self):
        """A default_onsite_mode in a caller's context is left out."""
        procedures = self.env["onestop.procedure"].with_user(self.head)
        values = {
            "name": "Typed",
            "department_id": self.justice.id,
            "sector_id": self.sector.id,
        }
        plain = procedures.create(values | {"code": "9.990002"})
        typed = procedures.with_context(default_onsite_mode="full").create(
            values | {"code": "9.990003"}
        )
        self.assertEqual(typed.onsite_mode, plain.onsite_mode)
        self.assertNotEqual(typed.onsite_mode, "full")
