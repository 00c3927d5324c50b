# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestMergerDossiers(DossierCase):
    """An agency does not end with dossiers in hand."""

    def merger(self):
        office = self.env["onestop.department"].create(
            {"name": "Office", "short": "T-VP", "kind": "office"}
        )
        control = self.users["returner"].copy({"login": "t.control"})
        self.add_role(control, office, "catalogue")
        self.users["control"] = control
        return (
            self.env["onestop.merger"]
            .with_user(control)
            .create(
                {
                    "name": "Merged",
                    "department_id": office.id,
                    "effective_on": "2026-03-01",
                    "line_ids": [
                        Command.create(
                            {
                                "predecessor_id": self.justice.id,
                                "successor_id": self.health.id,
                            }
                        )
                    ],
                }
            )
        )

    def test_preview_counts_and_lists_dossiers_in_hand(self):
        in_hand = self.dossier_in("processing") | self.dossier_in("approving")
        self.dossier_in("returned")
        self.new_dossier()
        merger = self.merger()
        merger.action_preview()
        items = {item.key: item for item in merger.item_ids}
        self.assertEqual(set(items["dossiers"].record_ids), set(in_hand.ids))
        self.assertEqual(items["dossiers"].count, 2)
        self.assertEqual((items["closed"].count, items["closed"].outcome), (1, "stays"))
        self.assertFalse(items["closed"].record_ids)

    def test_not_applied_with_dossiers_in_hand(self):
        dossier = self.dossier_in("processing")
        merger = self.merger()
        with self.assertRaisesRegex(UserError, dossier.code), self.env.cr.savepoint():
            merger.action_apply()
        self.env.invalidate_all()
        self.assertFalse(self.justice.valid_to)
        self.assertEqual(merger.state, "draft")
        self.act_as(dossier, "receiver").action_transfer(self.health.id, "Merged")
        merger.action_apply()
        self.assertEqual(dossier.sudo().department_id, self.health)
        self.assertEqual(self.procedure.department_id, self.health)

    def test_received_and_handled_by_whoever_took_over(self):
        """The published version names the old agency in its steps."""
        steps = self.procedure.version_ids.case_ids.step_ids
        draft = self.procedure.version_id.copy({"number": 2})
        steps = draft.case_ids.step_ids.filtered(lambda s: s.activity == "appraise")
        steps.department_id = self.justice
        self.env.flush_all()
        draft.action_publish(valid_from="2020-02-01")
        self.merger().action_apply()
        dossier = self.new_dossier()
        self.do_receive(dossier)
        self.do_forward(dossier)
        self.assertIn(self.health, dossier.sudo().viewer_ids)
        self.act_as(dossier, "stranger").action_forward("In order")
        self.assertEqual(dossier.sudo().state, "approving")

    def test_not_undone_once_a_dossier_was_received(self):
        merger = self.merger()
        merger.action_apply()
        later = fields.Datetime.now() + timedelta(minutes=1)
        dossier = self.act_as(self.new_dossier(), "receiver")
        dossier._occurred(later, "import").action_receive()
        with self.assertRaisesRegex(UserError, "1 dossiers were received"):
            merger.action_undo()
