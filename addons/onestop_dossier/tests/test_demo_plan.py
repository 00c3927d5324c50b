# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import UTC, datetime, timedelta

from odoo.tests import BaseCase, tagged

from odoo.addons.onestop_procedure.tests.clock_common import official_calendar

from ..ledger.demo_plan import DAYS, DEPARTMENTS, STATES, plan_dossiers
from ..ledger.transitions import STATES as ALL_STATES

NOW = datetime(2026, 11, 22, 16, 40)
LIMITS = {department: [3, 5, 10, 15, 20] for department in DEPARTMENTS}


@tagged("post_install", "-at_install")
class TestDemoPlan(BaseCase):
    """The demo dossiers are plausible: order, working hours, every state."""

    def setUp(self):
        super().setUp()
        self.calendar = official_calendar()
        self.plans = plan_dossiers(self.calendar, NOW, LIMITS, 150)

    def test_every_state_among_300(self):
        self.assertEqual(len(self.plans), 300)
        self.assertEqual(set(STATES), set(ALL_STATES))

    def test_moments(self):
        for plan in self.plans:
            moments = [plan.opened, *(moment for moment, _act in plan.acts)]
            self.assertEqual(moments, sorted(moments), plan)
            self.assertLessEqual(moments[-1], NOW, plan)
            self.assertGreater(moments[0], NOW - timedelta(days=DAYS), plan)
            for moment in moments:
                self.assertTrue(self.is_open(moment), (moment, plan))

    def is_open(self, moment):
        local = self.calendar.local(moment.replace(tzinfo=UTC))
        # A second act in the last second of an opening may end just after it.
        before = local - timedelta(seconds=30)
        return any(
            self.calendar.normalise(instant) == instant for instant in (local, before)
        )

    def test_the_same_on_every_machine(self):
        again = plan_dossiers(self.calendar, NOW, LIMITS, 150)
        self.assertEqual(again, self.plans)
