# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged

from ..ledger.transitions import STATES
from .common import DossierCase


@tagged("post_install", "-at_install")
class TestFlow(DossierCase):
    def check_row(self, dossier):
        """Let the deferred triggers speak now."""
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.env.cr.execute("SET CONSTRAINTS ALL DEFERRED")

    def test_every_state_is_reached_by_acts(self):
        """Each state of the contract is reached, and its row follows its event."""
        for state in STATES:
            with self.subTest(state=state):
                dossier = self.dossier_in(state)
                self.check_row(dossier)

    def test_four_on_the_spot(self):
        """Reception to return: codes, clock, outcome and national status."""
        dossier = self.dossier_in("returned").sudo()
        self.assertRegex(dossier.code, r"^K99\.02-\d{6}-\d{4}$")
        self.assertEqual(dossier.outcome, "granted")
        self.assertEqual(dossier.timeliness, "early")
        self.assertEqual(dossier.portal_state, 10)
        self.assertEqual(dossier.rule_set, "nd118_2025")
        self.assertEqual(dossier.version_id, self.procedure.version_id)
        self.assertEqual(
            dossier.event_ids.mapped("kind"),
            ["create", "receive", "forward", "forward", "approve", "issue", "return"],
        )
        checked, findings = self.env["onestop.dossier.event"]._verify_ledgers()
        self.assertEqual(findings, [])
        self.assertGreaterEqual(checked, 8)
