# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestSpawn(DossierCase):
    """Inter-linked procedures: one hand-in, one code, the parent waits."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.linked = cls.make_procedure("9.000050", cls.health)

    def spawn(self, dossier, user="appraiser", procedure=None):
        procedure = self.linked if procedure is None else procedure
        child = self.act_as(dossier, user).action_spawn(procedure.id)
        return self.env["onestop.dossier"].sudo().browse(child)

    def test_the_parent_waits_for_its_children(self):
        dossier = self.dossier_in("processing")
        child = self.spawn(dossier)
        self.assertEqual(child.parent_id, dossier)
        self.assertEqual(child.person_id, dossier.person_id)
        self.assertEqual(child.state, "draft")
        self.do_appraise(dossier)
        with self.assertRaises(UserError) as caught:
            self.do_approve(dossier)
        self.assertIn("linked", str(caught.exception))
        # The one-stop unit receives it, the other agency handles it.
        child.part_ids.write({"received": True, "finding": "ok"})
        receiver = self.act_as(child, "receiver")
        receiver.action_receive()
        receiver.action_forward()
        self.act_as(child, "stranger").action_forward("In order")
        head = self.act_as(child, "stranger_head")
        head._do_reject("No", seen=head.approval_digest)
        with self.assertRaises(UserError):
            self.do_approve(dossier)
        self.act_as(child, "stranger_head")._do_revoke_decision("Replaced")
        self.act_as(child, "stranger_head")._do_stop("Not needed", "Article 1")
        self.do_approve(dossier)
        self.assertEqual(dossier.state, "approved")

    def test_one_code_is_tracked(self):
        dossier = self.dossier_in("processing")
        child = self.spawn(dossier)
        child.part_ids.write({"received": True, "finding": "ok"})
        self.act_as(child, "receiver").action_receive()
        self.assertNotEqual(child.code, dossier.code)
        self.assertEqual(child.tracking_code, dossier.code)

    def test_each_procedure_once(self):
        dossier = self.dossier_in("processing")
        self.spawn(dossier)
        for procedure in (self.linked, self.procedure, self.linked.browse()):
            with self.subTest(procedure=procedure), self.assertRaises(UserError):
                self.spawn(dossier, procedure=procedure)

    def test_only_who_appraises_opens_one(self):
        dossier = self.dossier_in("processing")
        for user in ("receiver", "head", "records", "stranger", "citizen"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.spawn(dossier, user)

    def test_no_parent_by_hand(self):
        dossier = self.dossier_in("processing")
        child = self.new_dossier(procedure_id=self.linked.id)
        with self.assertRaises(AccessError):
            child.parent_id = dossier
        with self.assertRaises(AccessError):
            self.new_dossier(procedure_id=self.linked.id, parent_id=dossier.id)
