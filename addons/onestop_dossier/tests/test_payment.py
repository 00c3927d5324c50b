# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .bank_common import BankData
from .common import DossierCase


@tagged("post_install", "-at_install")
class TestPayment(BankData, DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_bank()
        cls.set_up_gateway()

    def paid(self, transaction, name="citizen"):
        """The gateway said yes, and the citizen's browser tells of it."""
        transaction._set_done()
        self.env.flush_all()
        # As the page does: with his session, and sudo.
        transaction.with_user(self.users[name]).sudo()._post_process()

    # ------------------------------------------------------------
    # One receipt
    # ------------------------------------------------------------

    def test_paid_online(self):
        dossier = self.paid_dossier()
        transaction = self.begun(dossier)
        self.assertTrue(transaction.reference.startswith(dossier.code))
        self.assertEqual(transaction.amount, 150000)
        self.paid(transaction)
        receipt = transaction.onestop_receipt_id
        self.assertEqual(
            (receipt.amount, receipt.method, receipt.reference),
            (150000, "online", transaction.reference),
        )
        self.assertEqual(receipt.user_id.id, SUPERUSER_ID)
        self.assertEqual(transaction.onestop_state, "collected")
        self.assertEqual(dossier.amount_due, 20000)
        event = dossier.event_ids.sorted("sequence")[-1]
        self.assertEqual(event.kind, "collect_fee")

    def test_told_twice(self):
        """Webhook, return and cron all tell of it: one receipt."""
        dossier = self.paid_dossier()
        transaction = self.begun(dossier)
        self.paid(transaction)
        transaction._set_done()
        transaction.is_post_processed = False
        transaction._post_process()
        transaction._post_process()
        self.assertEqual(len(dossier.receipt_ids), 1)

    def test_nothing_before_it_is_done(self):
        dossier = self.paid_dossier()
        for change in ("_set_pending", "_set_canceled"):
            transaction = self.begun(dossier)
            getattr(transaction, change)()
            transaction._post_process()
            self.assertFalse(transaction.onestop_state)
            transaction.last_state_change = "2020-01-01"
        self.assertFalse(dossier.receipt_ids)

    def test_references_differ(self):
        dossier = self.paid_dossier()
        first, second = self.begun(dossier), self.begun(dossier)
        self.assertNotEqual(first.reference, second.reference)

    # ------------------------------------------------------------
    # Money for which nothing is due
    # ------------------------------------------------------------

    def test_paid_twice(self):
        """Two windows, two payments: one receipt, the other money goes back."""
        dossier = self.paid_dossier()
        first, second = self.begun(dossier), self.begun(dossier)
        self.paid(first)
        self.paid(second)
        self.assertEqual(first.onestop_state, "collected")
        self.assertEqual(second.onestop_state, "refund")
        self.assertEqual(len(dossier.receipt_ids), 1)
        mine = self.as_user(second, "cashier")
        mine.action_onestop_refunded("UNC 7")
        self.assertEqual(second.onestop_state, "refunded")
        with self.assertRaises(UserError):
            mine.action_onestop_refunded("UNC 7")

    def test_a_refunded_fee_is_paid_back(self):
        dossier = self.paid_dossier()
        transaction = self.begun(dossier)
        self.paid(transaction)
        receipt = transaction.onestop_receipt_id
        self.act_as(dossier, "cashier").action_refund_fee(
            receipt.id, "Exempt", amount=50000, method="online"
        )
        self.assertEqual(
            (transaction.onestop_state, transaction.onestop_refund_amount),
            ("refund", 50000),
        )
        self.assertEqual(transaction.onestop_receipt_id, receipt)
        # This gateway cannot pay back by itself.
        mine = self.as_user(transaction, "cashier")
        with self.assertRaises(UserError):
            mine.action_onestop_refund()
        mine.action_onestop_refunded("UNC 9")
        self.assertEqual(transaction.onestop_state, "refunded")

    def test_paid_in_cash_meanwhile(self):
        dossier = self.paid_dossier()
        transaction = self.begun(dossier)
        self.act_as(dossier, "cashier").action_collect_fee(dossier.fee_ids[0].id)
        self.paid(transaction)
        self.assertEqual(transaction.onestop_state, "refund")
        self.assertTrue(transaction.onestop_finding)

    def test_fees_changed_meanwhile(self):
        dossier = self.paid_dossier()
        transaction = self.begun(dossier)
        dossier.fee_ids[0].amount = 160000
        self.paid(transaction)
        self.assertEqual(transaction.onestop_state, "refund")
        self.assertFalse(dossier.receipt_ids)

    def test_stopped_meanwhile(self):
        dossier = self.paid_dossier()
        transaction = self.begun(dossier)
        self.act_as(dossier, "head")._do_stop("Court", "Article 1")
        self.paid(transaction)
        self.assertEqual(transaction.onestop_state, "refund")

    def test_a_test_payment_pays_nothing_in_production(self):
        dossier = self.paid_dossier()
        transaction = self.begun(dossier)
        self.env["ir.config_parameter"].set_param("onestop.production", "True")
        partner = self.users["citizen"].partner_id
        fees = dossier._fees_asked()
        providers, methods = dossier._payment_options(partner, 150000, fees.currency_id)
        self.assertFalse(providers or methods)
        self.paid(transaction)
        self.assertFalse(dossier.receipt_ids)

    def test_one_at_a_time(self):
        dossier = self.paid_dossier()
        running = self.begun(dossier)
        running._set_pending()
        with self.assertRaises(UserError):
            dossier._payment_values()
        running.last_state_change = "2020-01-01"
        self.assertTrue(dossier._payment_values())

    def test_nothing_to_pay(self):
        with self.assertRaises(UserError):
            self.dossier_in("processing")._payment_values()
        stopped = self.paid_dossier()
        self.act_as(stopped, "head")._do_stop("Court", "Article 1")
        with self.assertRaises(UserError):
            stopped._payment_values()

    # ------------------------------------------------------------
    # Waiting for payment
    # ------------------------------------------------------------

    def test_goes_on_when_paid(self):
        dossier = self.paid_dossier()
        asked = dossier.fee_ids[0].ids
        self.act_as(dossier, "appraiser").action_request_payment("Please pay", asked)
        self.paid(self.begun(dossier))
        self.assertEqual(dossier.state, "processing")
        kinds = dossier.event_ids.sorted("sequence").mapped("kind")
        self.assertEqual(kinds[-2:], ["collect_fee", "resume"])

    def test_asked_for_fees_that_are_none(self):
        dossier, other = self.paid_dossier(), self.paid_dossier()
        mine = self.act_as(dossier, "appraiser")
        with self.assertRaises(UserError):
            mine.action_request_payment("Pay", other.fee_ids.ids)

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    def test_nobody_writes_a_payment(self):
        dossier = self.paid_dossier()
        transaction = self.begun(dossier)
        for name in ("citizen", "other", "receiver", "stranger", "other_cashier"):
            mine = self.as_user(transaction, name)
            with self.assertRaises(AccessError, msg=name):
                mine.read(["state"])
        for name in ("citizen", "cashier", "director", "other_cashier"):
            mine = self.as_user(transaction, name)
            for values in (
                {"state": "done"},
                {"onestop_state": "refunded"},
                {"amount": 1},
                {"onestop_fee_ids": [(5,)]},
            ):
                with self.assertRaises(AccessError, msg=name):
                    mine.write(values)
            with self.assertRaises(AccessError, msg=name):
                mine.unlink()
        for name in ("citizen", "other_cashier"):
            with self.assertRaises(AccessError, msg=name):
                self.as_user(transaction, name).action_onestop_refunded("x")
        self.assertEqual(self.as_user(transaction, "cashier").amount, 150000)
