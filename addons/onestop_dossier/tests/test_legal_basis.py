# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What a change of rules touches in this room."""

from odoo.fields import Command
from odoo.tests import tagged

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestLegalBasis(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.law = cls.env["onestop.decision"].create(
            {"number": "1/2020/NĐ-CP", "kind": "law", "state": "in_force"}
        )
        version = cls.procedure.version_ids
        draft = version.copy({"number": 2})
        draft.legal_basis_ids = [Command.link(cls.law.id)]
        draft.action_publish(valid_from="2021-01-01")

    def touched(self, user):
        dialog = self.env["onestop.decision.touched"].with_user(self.users[user])
        lines = dialog.create({"decision_id": self.law.id}).line_ids
        return lines.filtered(lambda line: "dossiers" in line.name)

    def test_running_dossiers_are_touched(self):
        dossier = self.dossier_in("received")
        self.dossier_in("draft")
        self.dossier_in("returned")
        line = self.touched("head")
        self.assertEqual(line.count, 1)
        action = line.action_open()
        self.assertEqual(
            self.env[action["res_model"]].search(action["domain"]), dossier
        )

    def test_nobody_counts_what_he_may_not_see(self):
        self.dossier_in("received")
        self.assertEqual(self.touched("stranger").count, 0)

    def test_usual_roles_of_steps(self):
        steps = self.env["onestop.procedure.step"]
        known = dict(self.env["onestop.membership"]._fields["role"].selection)
        for activity, _label in steps._fields["activity"].selection:
            self.assertIn(steps._step_role(activity), known)
