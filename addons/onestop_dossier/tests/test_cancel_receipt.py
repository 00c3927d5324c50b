# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from .fee_common import FeeCase


@tagged("post_install", "-at_install")
class TestCancelReceipt(FeeCase):
    """A receipt of today is cancelled; its number stays, its fees are due again."""

    def setUp(self):
        super().setUp()
        self.dossier = self.dossier_in("received")
        self.receipt = self.collect(self.dossier)

    def cancel(self, who="cashier", reason="Wrong amount"):
        self.act_as(self.dossier, who).action_cancel_receipt(self.receipt.id, reason)

    def test_cancel_and_collect_again(self):
        self.cancel()
        self.env.invalidate_all()
        self.assertEqual(self.receipt.state, "cancelled")
        self.assertEqual(self.receipt.canceller_id, self.users["cashier"])
        self.assertFalse(self.fees(self.dossier, "Charge").paid_at)
        body = self.last_body(self.dossier)
        self.assertEqual(body["kind"], "cancel_receipt")
        self.assertEqual(body["data"]["receipt"], self.receipt.id)
        self.assertEqual(self.collect(self.dossier).number, 102)

    def test_reason(self):
        with self.assertRaisesRegex(UserError, "Give the reason"):
            self.cancel(reason=" ")

    def test_twice(self):
        self.cancel()
        with self.assertRaisesRegex(UserError, "cancelled already"):
            self.cancel()

    def test_not_a_colleagues(self):
        """Who gave it out has the money; the head may always."""
        with self.assertRaisesRegex(UserError, "by who gave it out"):
            self.cancel(who="receiver")
        self.cancel(who="director")

    def test_not_later(self):
        record = self.act_as(self.dossier, "cashier")
        later = self.receipt.issued_at + timedelta(days=1)
        with self.assertRaisesRegex(UserError, "Refund the fee instead"):
            record._occurred(later, "import").action_cancel_receipt(
                self.receipt.id, "Late"
            )

    def test_not_what_came_through_the_bank(self):
        self.receipt = self.collect(self.dossier, "Copies", method="transfer")
        with self.assertRaisesRegex(UserError, "Refund the fee instead"):
            self.cancel()

    def test_not_when_the_day_is_signed(self):
        self.closing().action_sign(170000)
        with self.assertRaisesRegex(UserError, "counted and signed"):
            self.cancel()
        with self.assertRaisesRegex(UserError, "counted and signed"):
            self.collect(self.dossier, "Copies")
