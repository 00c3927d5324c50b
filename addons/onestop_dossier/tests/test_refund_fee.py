# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .fee_common import FeeCase


@tagged("post_install", "-at_install")
class TestRefundFee(FeeCase):
    """Money is given back of a receipt, never more than it took."""

    def setUp(self):
        super().setUp()
        self.dossier = self.dossier_in("processing")
        self.receipt = self.collect(self.dossier)

    def refund(self, who="cashier", reason="Paid twice", **more):
        self.act_as(self.dossier, who).action_refund_fee(
            self.receipt.id, reason, **more
        )
        self.env.invalidate_all()

    def test_all_of_it(self):
        self.refund()
        self.assertEqual(sum(self.receipt.line_ids.refund_ids.mapped("amount")), 170000)
        self.assertEqual(self.receipt.state, "issued")
        # The dossier is open: what was given back in full is due again.
        self.assertEqual(
            self.fees(self.dossier, "Charge", "Fee").mapped("state"), ["due"] * 2
        )
        self.assertEqual(
            self.last_body(self.dossier)["data"]["kinds"],
            {"charge": "20000", "fee": "150000"},
        )

    def test_a_part(self):
        fee = self.fees(self.dossier, "Fee")
        self.refund(amount=50000, fee_ids=fee.ids)
        self.assertEqual((fee.state, fee.refunded), ("paid", 50000))
        self.assertEqual(self.dossier.amount_paid, 120000)
        with self.assertRaisesRegex(UserError, "At most"):
            self.refund(amount=100001, fee_ids=fee.ids)
        self.refund(amount=100000, fee_ids=fee.ids)
        with self.assertRaisesRegex(UserError, "Nothing is left"):
            self.refund(fee_ids=fee.ids)

    def test_closed_dossier(self):
        """Withdrawn: the money goes back, and nothing is due again."""
        self.do_withdraw(self.dossier)
        self.act_as(self.dossier, "receiver").action_accept_withdrawal()
        self.refund()
        states = self.fees(self.dossier, "Charge", "Fee").mapped("state")
        self.assertEqual(states, ["refunded", "refunded"])
        self.assertEqual(self.dossier.amount_paid, 0)

    def test_nonsense(self):
        for amount in (0, -1, "1000", True, float("inf"), float("nan")):
            with self.subTest(amount=amount), self.assertRaises(UserError):
                self.refund(amount=amount)

    def test_cancelled(self):
        self.act_as(self.dossier, "cashier").action_cancel_receipt(
            self.receipt.id, "Wrong"
        )
        with self.assertRaisesRegex(UserError, "was cancelled"):
            self.refund()

    def test_access(self):
        for who in ("receiver", "returner", "appraiser", "head", "citizen"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                self.refund(who=who)
        self.refund(who="director")
