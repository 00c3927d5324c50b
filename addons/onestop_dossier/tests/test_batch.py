# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..wizard.dossier_batch import MAX_DOSSIERS
from .common import DossierCase


@tagged("post_install", "-at_install")
class TestBatch(DossierCase):
    """One act on many dossiers: what is left out is named with its reason."""

    def batch(self, name, dossiers, **values):
        batch = (
            self.env["onestop.dossier.batch"]
            .with_user(self.users[name])
            .with_context(active_model="onestop.dossier", active_ids=dossiers.ids)
            .create(values)
        )
        batch.action_check()
        return batch

    def run_all(self, batch):
        while batch.action_run(limit=1):
            pass

    def reasons(self, batch):
        return {line.dossier_id.id: line.reason for line in batch.line_ids}

    def test_claim(self):
        """An appraiser takes what is in progress; what is not is left out."""
        open_one, other = self.dossier_in("processing"), self.dossier_in("processing")
        closed = self.dossier_in("returned")
        batch = self.batch("appraiser", open_one | other | closed, act="claim")
        self.assertEqual(batch.possible_count, 2)
        self.assertEqual(batch.left_out_ids.dossier_id.ids, closed.ids)
        self.assertIn("not possible", batch.left_out_ids.reason)
        self.run_all(batch)
        self.assertEqual(batch.done_count, 2)
        for dossier in open_one | other:
            self.assertEqual(dossier.sudo().user_id, self.users["appraiser"])
        self.assertFalse(closed.sudo().user_id)

    def test_not_mine(self):
        """The receiver cannot take what the agency has; the reason says so."""
        dossier = self.dossier_in("processing")
        batch = self.batch("receiver", dossier, act="claim")
        self.assertIn("not for you", self.reasons(batch)[dossier.id])
        self.run_all(batch)
        self.assertFalse(dossier.sudo().user_id)

    def test_refused_by_a_guard(self):
        """What a guard refuses is left out, and the others are done."""
        silent, noted = self.dossier_in("processing"), self.dossier_in("received")
        batch = self.batch("appraiser", silent, act="forward")
        self.run_all(batch)
        self.assertFalse(batch.done_count)
        self.assertTrue(batch.line_ids.reason)
        self.assertEqual(silent.sudo().state, "processing")
        batch = self.batch("receiver", noted, act="forward")
        self.run_all(batch)
        self.assertEqual(noted.sudo().state, "processing")

    def test_give_to_a_colleague(self):
        """Only colleagues with a role for the running step are offered."""
        dossiers = self.dossier_in("processing") | self.dossier_in("processing")
        batch = self.batch("appraiser", dossiers, act="assign")
        self.assertIn(self.users["appraiser"], batch.colleague_ids)
        self.assertNotIn(self.users["receiver"], batch.colleague_ids)
        with self.assertRaises(UserError):
            batch.action_run()
        batch.holder_id = self.users["appraiser"]
        self.run_all(batch)
        self.assertEqual(dossiers.sudo().mapped("user_id"), self.users["appraiser"])

    def test_a_stranger_reads_nothing(self):
        """A batch shows no dossier that its maker may not read."""
        dossier = self.dossier_in("processing")
        batch = self.env["onestop.dossier.batch"].with_user(self.users["stranger"])
        batch = batch.create({"line_ids": [(0, 0, {"dossier_id": dossier.id})]})
        with self.assertRaises(AccessError):
            batch.action_check()
        with self.assertRaises(AccessError):
            batch.line_ids.person_id.read(["name"])

    def test_too_many(self):
        batch = self.env["onestop.dossier.batch"].with_user(self.users["appraiser"])
        with self.assertRaises(UserError):
            batch.with_context(
                active_model="onestop.dossier",
                active_ids=list(range(1, MAX_DOSSIERS + 2)),
            ).create({})

    def test_tabs_count_what_the_user_reads(self):
        """The numbers on the tabs are those of the user's own record rules."""
        self.dossier_in("processing")
        domain = [("procedure_id", "=", self.procedure.id)]
        counted = {}
        for name in ("appraiser", "stranger"):
            model = self.env["onestop.dossier"].with_user(self.users[name])
            counted[name] = model.count_by_domain({"all": domain})["all"]
        self.assertEqual(counted, {"appraiser": 1, "stranger": 0})

    def test_time_used(self):
        """The bar is empty at reception, and full when the time is over."""
        dossier = self.dossier_in("received")
        reader = self.act_as(dossier, "receiver")
        self.assertLess(reader.time_used, 0.2)
        self.assertFalse(self.new_dossier().time_used)
