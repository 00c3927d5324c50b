# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .fee_common import FeeCase


@tagged("post_install", "-at_install")
class TestSetFee(FeeCase):
    """What a fee comes to: by the procedure, counted, or less by an article."""

    def setUp(self):
        super().setUp()
        self.dossier = self.dossier_in("processing")

    def set(self, name, who="appraiser", reason="Counted", **more):
        fee = self.fees(self.dossier, name)
        self.act_as(self.dossier, who).action_set_fee(fee.id, reason, **more)
        self.env.invalidate_all()
        return fee

    def test_amount_stated(self):
        fee = self.set("Appraisal", amount=450000)
        self.assertEqual((fee.amount, fee.state), (450000, "due"))
        data = self.last_body(self.dossier)["data"]
        self.assertEqual(data["amount"], "450000")
        self.assertEqual(self.collect(self.dossier, "Appraisal").amount, 450000)

    def test_quantity(self):
        fee = self.set("Copies", quantity=7)
        self.assertEqual((fee.quantity, fee.amount), (7, 21000))
        with self.assertRaisesRegex(UserError, "not counted by quantity"):
            self.set("Fee", quantity=2)

    def test_fixed_stays_fixed(self):
        with self.assertRaisesRegex(UserError, "The procedure fixes"):
            self.set("Fee", amount=100000)

    def test_reduced_and_exempt_by_an_article(self):
        for relief, amount in (("reduced", 75000), ("exempt", None)):
            with self.assertRaisesRegex(UserError, "legal basis"):
                self.set("Fee", relief=relief, amount=amount)
        fee = self.set("Fee", relief="reduced", amount=75000, legal_basis="Article 10")
        self.assertEqual((fee.amount, fee.relief), (75000, "reduced"))
        fee = self.set("Fee", relief="exempt", legal_basis="Article 10")
        self.assertEqual((fee.amount, fee.state), (0, "exempt"))
        self.assertEqual(self.last_body(self.dossier)["data"]["relief"], "exempt")
        with self.assertRaisesRegex(UserError, "less than the full one"):
            self.set("Fee", relief="reduced", amount=150000, legal_basis="Article 10")

    def test_paid(self):
        self.collect(self.dossier)
        with self.assertRaisesRegex(UserError, "This fee is paid"):
            self.set("Fee", relief="exempt", legal_basis="Article 10")

    def test_access(self):
        for who in ("returner", "records", "stranger", "citizen"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                self.set("Appraisal", who=who, amount=1000)
        for who in ("cashier", "appraiser", "head"):
            with self.subTest(who=who):
                self.set("Appraisal", who=who, amount=1000)
