# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import date

import psycopg2

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .fee_common import FeeCase


@tagged("post_install", "-at_install")
class TestCollectFee(FeeCase):
    """Collecting: one receipt, the next number, one event."""

    def setUp(self):
        super().setUp()
        self.dossier = self.dossier_in("received")

    def test_lines_of_a_dossier(self):
        states = {f.name: f.state for f in self.dossier.sudo().fee_ids}
        self.assertEqual(
            states,
            {
                "Charge": "due",
                "Fee": "due",
                "Copies": "due",
                "Appraisal": "to_state",
            },
        )
        self.assertEqual(self.dossier.amount_due, 173000)
        due = self.dossier._unpaid_fees("reception")
        self.assertEqual(due.mapped("name"), ["Charge", "Fee"])

    def test_one_receipt_for_several_fees(self):
        receipt = self.collect(self.dossier)
        self.assertEqual(receipt.number, 101)
        self.assertEqual(receipt.display_name, "AA-26P 0000101")
        self.assertEqual(receipt.amount, 170000)
        self.assertEqual(receipt.fee_ids.mapped("name"), ["Charge", "Fee"])
        self.assertEqual(receipt.counter_id, self.counter)
        self.assertEqual(receipt.payer_id, self.citizen)
        self.assertEqual(
            self.last_body(self.dossier)["data"],
            {
                "amount": "170000",
                "clock": self.last_body(self.dossier)["data"]["clock"],
                "fees": receipt.fee_ids.ids,
                "kinds": {"charge": "20000", "fee": "150000"},
                "method": "cash",
                "receipt": receipt.id,
            },
        )
        self.env.invalidate_all()
        self.assertEqual(self.dossier.amount_paid, 170000)
        self.assertEqual(self.dossier.amount_due, 3000)

    def test_numbers_follow(self):
        numbers = [
            self.collect(self.dossier, name).number
            for name in ("Charge", "Fee", "Copies")
        ]
        self.assertEqual(numbers, [101, 102, 103])

    def test_what_failed_leaves_no_gap(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.collect(self.dossier, "Charge")
            raise ZeroDivisionError
        self.env.invalidate_all()
        self.assertEqual(self.collect(self.dossier, "Charge").number, 101)

    def test_used_up(self):
        self.book.sudo().last = 102
        self.collect(self.dossier, "Charge")
        self.collect(self.dossier, "Fee")
        with self.assertRaisesRegex(UserError, "No book of receipts is open"):
            self.collect(self.dossier, "Copies")
        self.make_book(first=200, last=210)
        self.assertEqual(self.collect(self.dossier, "Copies").number, 200)

    def test_own_book_first(self):
        own = self.make_book(
            symbol="AB-26P", first=1, cashier_id=self.users["cashier"].id
        )
        self.assertEqual(self.collect(self.dossier, "Charge").book_id, own)
        other = self.collect(self.dossier, "Fee", who="receiver")
        self.assertEqual(other.book_id, self.book)

    def test_unit_without_a_book_gives_slips(self):
        self.book.sudo().unlink()
        receipt = self.collect(self.dossier)
        self.assertTrue(receipt.book_id.is_internal)
        self.assertEqual(receipt.number, 1)

    def test_twice(self):
        self.collect(self.dossier)
        with self.assertRaisesRegex(UserError, "paid already"):
            self.collect(self.dossier)

    def test_without_an_amount(self):
        with self.assertRaisesRegex(UserError, "State the amount first"):
            self.collect(self.dossier, "Appraisal")

    def test_fee_of_another_dossier(self):
        other = self.dossier_in("received")
        with self.assertRaisesRegex(UserError, "not a fee of this dossier"):
            self.act_as(self.dossier, "cashier").action_collect_fees(
                other.sudo().fee_ids.ids
            )

    def test_by_the_system(self):
        """A bank statement or a gateway pays; nobody logs in as the system."""
        system = self.dossier.with_user(SUPERUSER_ID)
        fees = self.fees(self.dossier, "Charge")
        with self.assertRaisesRegex(UserError, "somebody at the counter"):
            system._do_collect_fees(fees, "cash")
        receipt = system._do_collect_fees(
            fees, "transfer", reference="FT1", received_at=self.dossier.received_at
        )
        self.assertEqual(receipt.reference, "FT1")
        self.assertFalse(receipt.closing_id)
        # Paper books stay with the cashiers.
        self.assertTrue(receipt.book_id.is_internal)

    def test_online_is_not_for_the_counter(self):
        with self.assertRaisesRegex(UserError, "through the gateway"):
            self.act_as(self.dossier, "cashier").action_collect_fees(
                self.fees(self.dossier, "Fee").ids, method="online"
            )


@tagged("post_install", "-at_install")
class TestReceiptsAccess(FeeCase):
    """Who collects, who sees, and what nobody can change."""

    def setUp(self):
        super().setUp()
        self.dossier = self.dossier_in("received")
        self.receipt = self.collect(self.dossier, "Charge")

    def test_who_collects(self):
        fee = self.fees(self.dossier, "Fee")
        for who in ("appraiser", "head", "stranger", "citizen"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                self.act_as(self.dossier, who).action_collect_fees(fee.ids)

    def test_who_sees(self):
        for who, seen in (
            ("cashier", True),
            ("director", True),
            ("appraiser", True),
            ("citizen", True),
            ("stranger", False),
            ("other", False),
        ):
            with self.subTest(who=who):
                receipts = self.env["onestop.receipt"].with_user(self.users[who])
                found = receipts.search([("id", "=", self.receipt.id)])
                self.assertEqual(bool(found), seen)

    def test_nobody_writes(self):
        for who in ("cashier", "director", "appraiser", "citizen"):
            for model in ("onestop.receipt", "onestop.refund", "onestop.cash.closing"):
                records = self.env[model].with_user(self.users[who])
                with self.subTest(who=who, model=model):
                    for operation in ("write", "create", "unlink"):
                        self.assertFalse(records.has_access(operation))

    def test_books_are_kept_by_leaders(self):
        self.book.with_user(self.users["director"]).action_close()
        for who in ("cashier", "head"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                self.book.with_user(self.users[who]).action_open()

    @mute_logger("odoo.sql_db")
    def test_sql(self):
        """Neither a receipt nor its lines change, and no number twice."""
        attacks = [
            "UPDATE onestop_receipt SET amount = 1 WHERE id = %(id)s",
            "UPDATE onestop_receipt SET number = 140 WHERE id = %(id)s",
            "UPDATE onestop_receipt SET dossier_id = NULL WHERE id = %(id)s",
            "UPDATE onestop_receipt SET state = 'spoiled' WHERE id = %(id)s",
            "UPDATE onestop_receipt SET state = 'cancelled' WHERE id = %(id)s",
            "DELETE FROM onestop_receipt WHERE id = %(id)s",
            "UPDATE onestop_receipt_line SET amount = 1 WHERE receipt_id = %(id)s",
            "DELETE FROM onestop_receipt_line WHERE receipt_id = %(id)s",
            "TRUNCATE onestop_receipt CASCADE",
            "INSERT INTO onestop_receipt (dossier_id, book_id, number, currency_id, "
            "amount, method, department_id, user_id, issued_at, day, state) SELECT "
            "dossier_id, book_id, number, currency_id, amount, method, department_id, "
            "user_id, issued_at, day, state FROM onestop_receipt WHERE id = %(id)s",
            "INSERT INTO onestop_receipt (dossier_id, book_id, number, currency_id, "
            "amount, method, department_id, user_id, issued_at, day, state) SELECT "
            "dossier_id, book_id, 151, currency_id, amount, method, department_id, "
            "user_id, issued_at, day, state FROM onestop_receipt WHERE id = %(id)s",
        ]
        self.env.flush_all()
        for attack in attacks:
            with self.subTest(attack), self.assertRaises(psycopg2.IntegrityError):
                with self.env.cr.savepoint(flush=False):
                    self.env.cr.execute(attack, {"id": self.receipt.id})

    def test_book_begun_stays_as_it_is(self):
        with self.assertRaisesRegex(UserError, "were given out"):
            self.book.with_user(self.users["director"]).first = 1

    def test_day_of_the_receipt_is_a_legal_day(self):
        self.assertIsInstance(self.receipt.day, date)
