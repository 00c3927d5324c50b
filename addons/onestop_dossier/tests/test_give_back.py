# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .return_common import OTHER, OWNER, ReturnCase, power


@tagged("post_install", "-at_install")
class TestGiveBack(ReturnCase):
    """Originals go back when there is no result, too; and once only."""

    def test_all_at_once(self):
        for state, user in (("refused", "receiver"), ("stopped", "returner")):
            with self.subTest(state=state):
                dossier, part = self.dossier_with_originals(state)
                self.act_as(dossier, user).action_give_back(*OWNER)
                self.assertEqual(dossier.sudo().state, state)
                row = dossier.sudo().original_ids
                self.assertEqual((row.dossier_part_id, row.count), (part, 2))
                self.assertEqual(row.move, "given_back")
                with self.assertRaisesRegex(UserError, "No original"):
                    self.act_as(dossier, user).action_give_back(*OWNER)

    def test_in_parts(self):
        dossier, part = self.dossier_with_originals("withdrawing")
        self.act_as(dossier, "receiver").action_accept_withdrawal()
        returner = self.act_as(dossier, "returner")
        returner.action_give_back(*OWNER, [{"part": part.id, "count": 1}])
        with self.assertRaisesRegex(UserError, "fewer originals"):
            returner.action_give_back(*OWNER, [{"part": part.id, "count": 2}])
        returner.action_give_back(*OWNER, [{"part": part.id, "count": 1}])
        self.assertEqual(sum(dossier.sudo().original_ids.mapped("count")), 2)

    def test_what_stayed_at_return(self):
        dossier, part = self.dossier_with_originals("ready")
        returner = self.act_as(dossier, "returner")
        returner.action_return(
            "counter",
            *OWNER,
            originals=[{"part": part.id, "count": 1, "move": "given_back"}],
        )
        returner.action_give_back(*OWNER)
        self.assertEqual(dossier.sudo().original_ids.mapped("count"), [1, 1])

    def test_receiver_is_asked_for_here_as_well(self):
        dossier, _part = self.dossier_with_originals("stopped")
        returner = self.act_as(dossier, "returner")
        with self.assertRaisesRegex(UserError, "identity card"):
            returner.action_give_back("Citizen 901")
        with self.assertRaisesRegex(UserError, "authorisation"):
            returner.action_give_back(*OTHER)
        returner.action_give_back(*OTHER, authority=power())

    def test_not_while_it_is_handled(self):
        dossier, _part = self.dossier_with_originals("processing")
        with self.assertRaisesRegex(UserError, "not possible"):
            self.act_as(dossier, "returner").action_give_back(*OWNER)

    def test_access_twin(self):
        dossier, _part = self.dossier_with_originals("stopped")
        for user in ("cashier", "head", "appraiser", "stranger", "citizen", "other"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.act_as(dossier, user).action_give_back(*OWNER)
        self.assertFalse(dossier.sudo().original_ids)
