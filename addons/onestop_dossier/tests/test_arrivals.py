# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import datetime, timedelta

from odoo.tests import tagged

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestArrivals(DossierCase):
    """How many dossiers of a procedure were received in a span of legal days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.without_any = cls.make_procedure("9.000099", cls.health)

    def received(self, moment):
        dossier = self.new_dossier()
        dossier.with_user(self.users["receiver"])._occurred(moment, "import").sudo(
            False
        )._do_receive()
        return dossier

    def arrivals(self, since, until):
        return (self.procedure | self.without_any)._arrivals(since, until)

    def test_only_received_dossiers_count(self):
        today = self.env["onestop.membership"]._today()
        self.dossier_in("draft")
        self.dossier_in("submitted")
        self.dossier_in("processing")
        self.assertEqual(self.arrivals(today, today), {self.procedure.id: 1})

    def test_days_are_those_of_viet_nam(self):
        """17:00 UTC is midnight there: the first moment of the next day."""
        noon = datetime.combine(
            self.env["onestop.membership"]._today(), datetime.min.time()
        ) - timedelta(days=30)
        day = noon.date()
        self.received(noon - timedelta(hours=7, seconds=1))  # 23:59:59 the day before
        self.received(noon - timedelta(hours=7))
        self.received(noon + timedelta(hours=16, minutes=59))
        self.received(noon + timedelta(hours=17))
        self.assertEqual(self.arrivals(day, day), {self.procedure.id: 2})
        before = day - timedelta(days=1)
        self.assertEqual(self.arrivals(before, before), {self.procedure.id: 1})
        self.assertEqual(
            self.arrivals(before, day + timedelta(days=1)), {self.procedure.id: 4}
        )

    def test_one_query_for_all_procedures(self):
        today = self.env["onestop.membership"]._today()
        procedures = self.procedure
        for number in range(5):
            procedures |= self.make_procedure(f"9.00020{number}", self.health)
        self.env.flush_all()
        with self.assertQueryCount(1):
            procedures._arrivals(today - timedelta(days=365), today)
