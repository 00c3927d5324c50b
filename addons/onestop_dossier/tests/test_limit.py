# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged

from odoo.addons.onestop_procedure.tests.clock_common import local

from .past import PastCase


@tagged("post_install", "-at_install")
class TestLimit(PastCase):
    """Which time limit counts: that of the case, online, or for a remote area."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.land = cls.make_procedure(
            "9.000071",
            cls.justice,
            online_time_value=3,
            online_time_unit="workday",
            remote_extra=10,
        )

    def due(self, **values):
        # Monday, 12 January 2026; neither holidays nor swapped days follow.
        moment = local(2026, 1, 12, 9)
        return self.received(moment, procedure_id=self.land.id, **values)

    def test_at_the_counter(self):
        self.assertDue(self.due(), local(2026, 1, 19, 17))

    def test_online_limit(self):
        dossier = self.due(channel="online")
        self.assertDue(dossier, local(2026, 1, 15, 17))

    def test_more_days_for_a_remote_area(self):
        dossier = self.due(area="remote")
        self.assertDue(dossier, local(2026, 2, 2, 17))
        limit = dossier._history()[-1]["data"]["clock"]["limit"]
        self.assertEqual((limit["value"], limit["extra_days"]), (5, 10))

    def test_no_more_days_where_the_procedure_gives_none(self):
        moment = local(2026, 1, 12, 9)
        self.assertDue(self.received(moment, area="remote"), local(2026, 1, 19, 17))

    def test_a_corrected_area_counts_again_from_reception(self):
        dossier = self.due()
        record = self.at(local(2026, 1, 13, 9), dossier, "receiver")
        record.action_correct({"area": "remote"}, "The parcel is on an island")
        self.assertDue(dossier, local(2026, 2, 2, 17))
        record = self.at(local(2026, 1, 13, 10), dossier, "receiver")
        record.action_correct({"area": False}, "It is not")
        self.assertDue(dossier, local(2026, 1, 19, 17))

    def test_the_desk_says_so_before_reception(self):
        desk = self.env["onestop.reception.desk"].with_user(self.users["receiver"])
        desk = desk.with_company(self.company)
        plain = desk.open_case(self.land.id)
        remote = desk.open_case(self.land.id, area="remote")
        online = desk.open_case(self.land.id, channel="online")
        self.assertEqual(plain["remote_extra"], 10)
        self.assertEqual(len({plain["due"], remote["due"], online["due"]}), 3)
