# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import AccessError, UserError
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

    def test_dossiers_in_hand_go_to_the_successor(self):
        states = ("received", "processing", "supplement", "approving", "ready")
        dossiers = [self.dossier_in(state) for state in states]
        left = self.dossier_in("returned")
        due = [d.due_at for d in dossiers]
        merger = self.merger()
        merger.action_apply()
        self.env.invalidate_all()
        for dossier in dossiers:
            self.assertEqual(dossier.sudo().department_id, self.health)
            event = dossier.sudo()._history()[-1]
            self.assertEqual(event["kind"], "transfer")
            self.assertEqual(event["actor"], SUPERUSER_ID)
            self.assertEqual(event["data"]["merger"], merger.id)
        self.assertEqual([d.due_at for d in dossiers], due)
        self.assertEqual([d.state for d in dossiers], list(states))
        # What was finished stays with who decided it.
        self.assertEqual(left.sudo().department_id, self.justice)
        self.assertEqual(self.procedure.department_id, self.health)
        # The successor's people go on where the old agency's stood.
        head = self.act_as(dossiers[3], "stranger_head")
        head._do_approve(seen=head.approval_digest)
        self.assertEqual(dossiers[3].sudo().state, "approved")
        _count, findings = self.env["onestop.dossier.event"]._verify_ledgers()
        self.assertEqual(findings, [])

    def test_dossiers_go_back_when_it_is_undone(self):
        waiting, moved_on = self.dossier_in("processing"), self.dossier_in("approving")
        merger = self.merger()
        merger.action_apply()
        head = self.act_as(moved_on, "stranger_head")
        head._do_approve(seen=head.approval_digest)
        merger.action_undo()
        self.env.invalidate_all()
        self.assertEqual(waiting.sudo().department_id, self.justice)
        self.assertEqual(moved_on.sudo().department_id, self.justice)
        self.assertEqual(moved_on.sudo().state, "approved")
        self.assertEqual(waiting.sudo()._history()[-1]["kind"], "transfer")

    def test_nobody_transfers_as_the_system(self):
        dossier = self.dossier_in("processing")
        for user in ("appraiser", "director", "stranger_head"):
            with self.assertRaises(AccessError):
                self.act_as(dossier, user).action_transfer(self.health.id, "Mine")

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
