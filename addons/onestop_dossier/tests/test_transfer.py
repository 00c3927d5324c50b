# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DossierCase

REASON = "Reason"


@tagged("post_install", "-at_install")
class TestTransfer(DossierCase):
    """Another agency becomes competent: misrouted, or merged (NĐ 61/2018, Điều 18)."""

    def transfer(self, dossier, user="head", to=None, reason=REASON):
        return self.act_as(dossier, user).action_transfer(
            (to or self.health).id, reason
        )

    def test_the_work_goes_on_at_the_other_agency(self):
        dossier = self.dossier_in("processing")
        due, code = dossier.due_at, dossier.code
        self.transfer(dossier)
        self.assertEqual(dossier.department_id, self.health)
        self.assertEqual((dossier.due_at, dossier.code), (due, code))
        self.act_as(dossier, "stranger").action_forward("In order")
        with self.assertRaises(AccessError):
            self.act_as(dossier, "approver").action_send_back(REASON)
        head = self.act_as(dossier, "stranger_head")
        head._do_approve(seen=head.approval_digest)
        self.assertEqual(dossier.state, "approved")
        # Whoever worked on it goes on seeing it.
        mine = [("id", "=", dossier.id)]
        seen = self.env["onestop.dossier"].with_user(self.users["appraiser"])
        self.assertTrue(seen.search(mine))

    def test_the_time_is_booked_to_who_had_it(self):
        dossier = self.dossier_in("processing")
        self.transfer(dossier)
        agencies = [e["data"]["clock"]["agency"] for e in dossier.sudo()._history()]
        self.assertEqual(agencies[-2:], [self.justice.id, self.health.id])

    def test_a_reason_and_another_agency(self):
        dossier = self.dossier_in("processing")
        with self.assertRaises(UserError):
            self.transfer(dossier, reason=" ")
        with self.assertRaises(UserError):
            self.transfer(dossier, to=self.justice)
        ended = self.env["onestop.department"].create(
            {"name": "Ended", "short": "T-END", "valid_to": "2020-01-01"}
        )
        merged = self.env["onestop.department"].create(
            {"name": "Merged", "short": "T-MER", "successor_id": self.health.id}
        )
        for agency in (ended, merged):
            with self.subTest(agency=agency.name), self.assertRaises(UserError):
                self.transfer(dossier, to=agency)

    def test_who_may_not(self):
        dossier = self.dossier_in("processing")
        for user in ("appraiser", "records", "cashier", "stranger_head", "citizen"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.transfer(dossier, user)
