# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json
import random
from collections import Counter
from datetime import timedelta

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .fee_common import FeeCase

# An event of money: how it counts in the till of whom did it.
SIGNS = {"collect_fee": 1, "cancel_receipt": -1, "refund_fee": -1}


@tagged("post_install", "-at_install")
class TestCashClosing(FeeCase):
    """Receipts of a day, the closing and the ledger agree; two persons sign."""

    def signed(self, counted=170000):
        self.dossier = self.dossier_in("received")
        self.collect(self.dossier)
        closing = self.closing()
        closing.action_sign(counted, "Change was short" if counted != 170000 else None)
        return closing

    def test_difference_is_explained(self):
        self.collect(self.dossier_in("received"))
        closing = self.closing()
        with self.assertRaisesRegex(UserError, "explain the difference"):
            closing.action_sign(169000)
        closing.action_sign(169000, "A note was torn")
        self.assertEqual(closing.difference, -1000)

    def test_denominations(self):
        self.collect(self.dossier_in("received"))
        notes = {"100000": 1, "50000": 1, "20000": 1}
        with self.assertRaisesRegex(UserError, "do not add up"):
            self.closing().action_sign(171000, denominations=notes)
        self.closing().action_sign(None, denominations=notes)
        self.assertEqual(self.closing().counted, 170000)

    def test_two_persons(self):
        closing = self.signed()
        for who in ("cashier", "head", "receiver"):
            with self.subTest(who=who), self.assertRaises(AccessError):
                closing.with_user(self.users[who])._do_close()
        # The cashier becomes deputy: he still does not close his own day.
        self.add_role(self.users["cashier"], self.centre, "deputy")
        with self.assertRaises(AccessError):
            closing._do_close()
        closing.with_user(self.users["director"])._do_close()
        self.assertEqual(closing.state, "closed")

    def test_not_before_the_cashier(self):
        self.collect(self.dossier_in("received"))
        with self.assertRaisesRegex(UserError, "The cashier signs first"):
            self.closing().with_user(self.users["director"])._do_close()

    def test_only_the_cashier_signs(self):
        self.collect(self.dossier_in("received"))
        with self.assertRaises(AccessError):
            self.closing().with_user(self.users["director"]).action_sign(170000)

    def test_closing_asks_for_the_identity(self):
        method = type(self.env["onestop.cash.closing"]).action_close
        self.assertTrue(getattr(method, "__has_check_identity", False))

    def test_sent_back(self):
        closing = self.signed()
        director = closing.with_user(self.users["director"])
        with self.assertRaisesRegex(UserError, "what does not agree"):
            director.action_send_back("")
        director.action_send_back("Count again")
        self.collect(self.dossier, "Copies")
        self.closing().action_sign(173000)
        self.assertEqual(self.closing().collected, 173000)

    @mute_logger("odoo.sql_db")
    def test_closed_day_stays(self):
        closing = self.signed()
        closing.with_user(self.users["director"])._do_close()
        with self.assertRaisesRegex(UserError, "counted and signed"):
            self.collect(self.dossier, "Copies")
        self.env.flush_all()
        receipt = self.dossier.sudo().receipt_ids
        for attack in (
            "UPDATE onestop_cash_closing SET counted = 0 WHERE id = %(closing)s",
            "UPDATE onestop_cash_closing SET state = 'open' WHERE id = %(closing)s",
            "DELETE FROM onestop_cash_closing WHERE id = %(closing)s",
            "UPDATE onestop_receipt SET state = 'cancelled', cancelled_at = now() "
            "WHERE id = %(receipt)s",
            "INSERT INTO onestop_receipt (dossier_id, book_id, number, currency_id, "
            "amount, method, department_id, user_id, issued_at, day, state, "
            "closing_id) SELECT dossier_id, book_id, number + 1, currency_id, amount, "
            "method, department_id, user_id, issued_at, day, state, closing_id "
            "FROM onestop_receipt WHERE id = %(receipt)s",
        ):
            with self.subTest(attack), self.assertRaises(psycopg2.IntegrityError):
                with self.env.cr.savepoint(flush=False):
                    self.env.cr.execute(
                        attack, {"closing": closing.id, "receipt": receipt.id}
                    )

    def test_who_sees(self):
        closing = self.signed()
        for who, seen in (
            ("cashier", True),
            ("director", True),
            ("receiver", False),
            ("head", False),
        ):
            with self.subTest(who=who):
                closings = self.env["onestop.cash.closing"].with_user(self.users[who])
                self.assertEqual(bool(closings.search([("id", "=", closing.id)])), seen)

    def test_a_list_of_days_costs_the_same(self):
        """Open days are counted from their receipts, all at once."""
        dossier = self.dossier_in("received")
        moment = dossier.received_at

        def read(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.env["onestop.cash.closing"].with_user(
                self.users["cashier"]
            ).web_search_read([], {"collected": {}, "expected": {}}, limit=limit)
            return self.env.cr.sql_log_count - before

        for number in range(5):
            later = self.dossier_in("received")
            self.act_as(later, "cashier")._occurred(
                moment + timedelta(days=number), "import"
            )._do_collect_fees(self.fees(later, "Fee"), "cash")
        read(1)
        self.assertEqual(read(5), read(1))

    def test_spoiled_blank(self):
        self.collect(self.dossier_in("received"))
        cashier = self.users["cashier"]
        with self.assertRaisesRegex(UserError, "Say why"):
            self.book.with_user(cashier).action_spoil(" ")
        self.book.with_user(cashier).action_spoil("Torn")
        receipt = self.collect(self.dossier_in("received"), "Charge")
        self.assertEqual(receipt.number, 103)
        [row] = self.closing()._sheet()["books"]
        self.assertEqual((row["first"], row["last"]), (101, 103))
        self.assertEqual((row["issued"], row["spoiled"]), (2, [102]))

    # ------------------------------------------------------------
    # Closing and ledger
    # ------------------------------------------------------------

    def test_agrees_with_the_events(self):
        """Whatever was collected, cancelled and refunded: the ledger says the same."""
        for seed in range(3):
            dice = random.Random(seed)
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                dossiers = self.play(dice)
                for who in ("cashier", "receiver"):
                    self.agree(dossiers, who)
                savepoint.rollback()
            self.env.invalidate_all()

    def play(self, dice):
        dossiers = [self.dossier_in("received") for _each in range(4)]
        for _turn in range(24):
            dossier = dice.choice(dossiers)
            who = dice.choice(("cashier", "receiver"))
            record = self.act_as(dossier, who)
            try:
                with self.env.cr.savepoint():
                    self.turn(dice, dossier, record, who)
            except (UserError, AccessError):
                self.env.invalidate_all()
        return dossiers

    def turn(self, dice, dossier, record, who):
        receipts = dossier.sudo().receipt_ids
        act = dice.choice(("collect", "collect", "cancel", "refund"))
        if act == "collect":
            names = dice.sample(("Charge", "Fee", "Copies"), dice.randint(1, 3))
            method = dice.choice(("cash", "cash", "card", "transfer"))
            self.collect(dossier, *names, who=who, method=method)
        elif not receipts:
            return
        elif act == "cancel":
            record.action_cancel_receipt(dice.choice(receipts).id, "Wrong")
        else:
            receipt = dice.choice(receipts)
            record.action_refund_fee(
                receipt.id,
                "Too much",
                amount=dice.choice((None, 1000, 3000)),
                method=dice.choice(("cash", "transfer")),
            )

    def agree(self, dossiers, who):
        """Count the ledger's events again, and compare with the closing's figures."""
        sums = {name: Counter() for name in ("methods", "kinds", "back", "back_kinds")}
        numbers, cash = Counter(), 0
        receipts = self.env["onestop.receipt"].sudo()
        for dossier in dossiers:
            for event in dossier.sudo().event_ids:
                body = json.loads(event.body)
                if body["kind"] not in SIGNS:
                    continue
                data, sign = body["data"], SIGNS[body["kind"]]
                # Money cancelled leaves the till of who gave the receipt out.
                receipt = receipts.browse(data["receipt"])
                till = receipt.user_id.id if sign == -1 else body["actor"]
                if body["kind"] == "refund_fee":
                    till = body["actor"]
                if till != self.users[who].id:
                    continue
                back = body["kind"] == "refund_fee"
                amount = int(data["amount"])
                sums["back" if back else "methods"][data["method"]] += (
                    amount if back else sign * amount
                )
                for kind, part in data["kinds"].items():
                    sums["back_kinds" if back else "kinds"][kind] += (
                        int(part) if back else sign * int(part)
                    )
                cash += sign * amount if data["method"] == "cash" else 0
                numbers[body["kind"]] += 1
        self.closing(who)
        sheets = self.env["onestop.cash.closing"].search(
            [("cashier_id", "=", self.users[who].id)]
        )
        if not sheets:
            self.assertFalse(numbers)
            return
        self.assertEqual(len(sheets), 1)
        sheet = sheets._sheet()
        for name, key in (
            ("methods", "methods"),
            ("kinds", "kinds"),
            ("back", "refund_methods"),
            ("back_kinds", "refund_kinds"),
        ):
            told = {k: int(v) for k, v in sheet[key].items()}
            self.assertEqual(told, {k: v for k, v in sums[name].items() if v})
        self.assertEqual(int(sheet["cash"]), cash)
        issued = numbers["collect_fee"] - numbers["cancel_receipt"]
        self.assertEqual(sheet["receipts"], issued)
        self.assertEqual(sum(b["issued"] for b in sheet["books"]), issued)
        self.assertEqual(
            sum(len(b["cancelled"]) for b in sheet["books"]), numbers["cancel_receipt"]
        )
