# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .bank_common import BankData
from .common import DossierCase


@tagged("post_install", "-at_install")
class TestBankStatement(BankData, DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_bank()

    def line(self, *row, **options):
        return self.statement(row, **options).line_ids

    # ------------------------------------------------------------
    # Matching
    # ------------------------------------------------------------

    def test_exact_money_is_booked(self):
        dossier = self.paid_dossier()
        told = self.told(dossier)
        line = self.line("FT1", "150.000", f"MBVCB.123.{told.lower()}.CT tu 0123")
        self.assertEqual((line.state, line.dossier_id), ("matched", dossier))
        receipt = line.receipt_id
        self.assertEqual(
            (receipt.amount, receipt.method, receipt.reference),
            (150000, "transfer", "FT1"),
        )
        self.assertEqual(receipt.user_id, self.users["cashier"])
        self.assertEqual(str(receipt.received_at), "2026-11-22 05:00:00")
        self.assertEqual(dossier.amount_due, 20000)

    def test_everything_at_once_is_booked(self):
        dossier = self.paid_dossier()
        line = self.line("FT1", "170000", self.told(dossier))
        self.assertEqual(line.state, "matched")
        self.assertFalse(dossier._unpaid_fees())

    def test_what_cannot_be_booked_waits(self):
        dossier, other = self.paid_dossier(), self.paid_dossier()
        told = self.told(dossier)
        finished = self.paid_dossier("processing")
        self.act_as(finished, "head")._do_stop("Court", "Article 1")
        abroad = self.paid_dossier()
        statement = self.statement(
            ("F1", "150000", "tien nha thang 11"),
            ("F2", "150000", f"nop phi {dossier.code}"),
            ("F3", "150000", f"{told} {self.told(other)}"),
            ("F4", "100000", told),
            ("F5", "200000", told),
            ("F6", "150000", self.told(finished)),
            ("F7", "150000", told[:-1] + str((int(told[-1]) + 1) % 10)),
        )
        found = {line.reference: line for line in statement.line_ids}
        self.assertEqual(
            {name: line.finding for name, line in found.items()},
            {
                "F1": "unknown",
                "F2": "unsure",
                "F3": "ambiguous",
                "F4": "part",
                "F5": "over",
                "F6": "closed",
                "F7": "unknown",
            },
        )
        self.assertEqual(set(statement.line_ids.mapped("state")), {"to_decide"})
        self.assertEqual(found["F2"].dossier_id, dossier)
        self.assertEqual(dossier.amount_due, 170000)
        self.assertEqual(abroad.amount_due, 170000)

    def test_paid_already(self):
        dossier = self.paid_dossier("ready")
        self.act_as(dossier, "cashier")._do_collect_fees(dossier._unpaid_fees(), "cash")
        line = self.line("FT1", "170000", self.told(dossier))
        self.assertEqual((line.state, line.finding), ("to_decide", "paid"))

    def test_receipt_was_given_at_the_counter(self):
        """The citizen showed his transfer; the statement brings the same money."""
        dossier = self.paid_dossier()
        receipt = self.act_as(dossier, "cashier")._do_collect_fees(
            dossier.fee_ids[:1], "transfer", reference="shown"
        )
        line = self.line("FT1", "150000", self.told(dossier))
        self.assertEqual((line.state, line.receipt_id), ("matched", receipt.sudo()))
        self.assertEqual(len(dossier.receipt_ids), 1)
        again = self.line("FT2", "150000", self.told(dossier))
        self.assertEqual((again.state, again.finding), ("to_decide", "over"))

    def test_a_dossier_of_another_centre_is_unknown(self):
        """Money on this Centre's account pays nobody else's fees."""
        account = self.make_other_account()
        dossier = self.paid_dossier()
        line = self.line(
            "FT1", "150000", self.told(dossier), name="other_cashier", account=account
        )
        self.assertEqual((line.state, line.finding), ("to_decide", "unknown"))
        self.assertEqual(dossier.amount_due, 170000)

    def make_other_account(self):
        values = {"company_id": self.other_company.id, "number": "999"}
        account = self.make_account(confirm=False, proposer="other_cashier", **values)
        account.with_user(self.users["other_head"])._do_confirm()
        return account

    # ------------------------------------------------------------
    # Once
    # ------------------------------------------------------------

    def test_the_same_line_twice_has_one_effect(self):
        dossier = self.paid_dossier()
        row = ("FT1", "150.000", self.told(dossier))
        first = self.statement(row)
        with self.assertRaises(UserError):
            self.statement(row)
        second = self.statement(row, ("FT2", "1.000", "x"), ("FT2", "1.000", "x"))
        self.assertEqual((first.repeated, second.repeated), (0, 2))
        self.assertEqual(second.line_ids.mapped("reference"), ["FT2"])
        self.assertEqual(len(dossier.receipt_ids), 1)

    def test_a_reference_that_says_something_else(self):
        self.statement(("FT1", "1.000", "x"))
        second = self.statement(("FT1", "9.000", "x"), ("FT2", "1.000", "y"))
        self.assertEqual(second.line_ids.mapped("reference"), ["FT2"])
        self.assertIn("FT1", second.problems)

    def test_what_the_bank_said_is_not_changed(self):
        line = self.line("FT1", "1.000", "x")
        for query in (
            "UPDATE onestop_bank_line SET amount = 9 WHERE id = %s",
            "UPDATE onestop_bank_line SET description = 'y' WHERE id = %s",
            "DELETE FROM onestop_bank_line WHERE id = %s",
        ):
            with (
                self.assertRaises(psycopg2.IntegrityError, msg=query),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.cr.execute(query, [line.id])

    def test_rows_that_cannot_be_read_are_told(self):
        statement = self.statement(("F1", "12x", "x"), ("F2", "1.000", "x"))
        self.assertEqual(len(statement.line_ids), 1)
        self.assertIn("12x", statement.problems)
        with self.assertRaises(UserError):
            self.statement(("F3", "12x", "x"))

    def test_long_statements_go_on_in_the_background(self):
        dossier = self.paid_dossier()
        rows = [(f"F{n}", "1.000", "x") for n in range(50)]
        statement = self.statement(*rows, ("F99", "150000", self.told(dossier)))
        last = statement.line_ids.filtered(lambda line: line.reference == "F99")
        self.assertEqual(
            len(statement.line_ids.filtered(lambda x: x.state == "new")), 1
        )
        waiting = statement.line_ids.filtered(lambda x: x.state == "new")
        waiting.with_user(statement.user_id)._match()
        self.assertEqual(last.state, "matched")

    # ------------------------------------------------------------
    # Decisions
    # ------------------------------------------------------------

    def test_the_cashier_names_the_dossier(self):
        dossier = self.paid_dossier()
        line = self.line("FT1", "200000", "le phi")
        mine = self.as_user(line, "cashier")
        with self.assertRaises(UserError):
            mine.action_collect(dossier.id, [])
        mine.action_collect(dossier.id, dossier.fee_ids.ids, "He called")
        self.assertEqual((line.state, line.refund_amount), ("refund", 30000))
        self.assertEqual(line.receipt_id.amount, 170000)
        mine.action_refunded("UNC 12")
        self.assertEqual(line.state, "refunded")
        self.assertEqual(
            [step["state"] for step in line.course], ["to_decide", "refund", "refunded"]
        )
        with self.assertRaises(UserError):
            mine.action_refunded("UNC 12")

    def test_a_fee_is_never_paid_in_part(self):
        dossier = self.paid_dossier()
        line = self.line("FT1", "100000", self.told(dossier))
        mine = self.as_user(line, "cashier")
        with self.assertRaises(UserError):
            mine.action_collect(dossier.id, dossier.fee_ids[:1].ids)
        mine.action_collect(dossier.id, dossier.fee_ids[1:].ids)
        self.assertEqual((line.receipt_id.amount, line.refund_amount), (20000, 80000))

    def test_ignored_and_taken_up_again(self):
        line = self.line("FT1", "5000", "x")
        mine = self.as_user(line, "cashier")
        with self.assertRaises(UserError):
            mine.action_ignore(" ")
        mine.action_ignore("Interest of the bank")
        mine.action_reopen("It was a fee")
        self.assertEqual(line.state, "to_decide")
        mine.action_refund("Nobody knows it")
        self.assertEqual((line.state, line.refund_amount), ("refund", 5000))

    def test_booked_on_the_wrong_dossier(self):
        """The receipt stays and is refunded; the money is booked where it belongs."""
        wrong, right = self.paid_dossier(), self.paid_dossier()
        line = self.line("FT1", "150000", self.told(wrong))
        receipt = line.receipt_id
        mine = self.as_user(line, "cashier")
        mine.action_unmatch("The citizen named another dossier")
        self.assertEqual((line.state, line.finding), ("to_decide", "cancelled"))
        self.assertEqual(receipt.state, "issued")
        self.assertEqual(wrong.refund_ids.amount, 150000)
        self.assertEqual(wrong.amount_due, 170000)
        mine.action_collect(right.id, right.fee_ids[:1].ids)
        self.assertEqual(line.state, "matched")
        self.assertNotEqual(line.receipt_id, receipt)

    def test_a_refunded_fee_is_paid_back(self):
        dossier = self.paid_dossier()
        line = self.line("FT1", "170000", self.told(dossier))
        self.act_as(dossier, "cashier").action_refund_fee(
            line.receipt_id.id, "Exempt", amount=20000, method="transfer"
        )
        self.assertEqual((line.state, line.refund_amount), ("refund", 20000))
        self.as_user(line, "cashier").action_refunded("UNC 3")
        self.assertEqual(line.state, "refunded")

    def test_by_the_dialog(self):
        dossier = self.paid_dossier()
        line = self.line("FT1", "170000", f"phi {dossier.code}")
        self.env.flush_all()
        wizards = self.env["onestop.bank.decision"].with_user(self.users["cashier"])
        wizard = wizards.create({"line_id": line.id})
        self.assertEqual(wizard.decision, "collect")
        self.assertEqual(wizard.dossier_id, dossier)
        self.assertEqual(wizard.fee_ids, dossier.fee_ids)
        wizard.action_decide()
        self.assertEqual(line.state, "matched")

    def test_import_by_the_dialog(self):
        dossier = self.paid_dossier()
        content = self.csv(("FT1", "150.000", self.told(dossier)))
        self.env.flush_all()
        wizards = self.env["onestop.bank.import"].with_user(self.users["cashier"])
        wizard = wizards.create(
            {
                "account_id": self.account.id,
                "file": base64.b64encode(content),
                "file_name": "s.csv",
            }
        )
        self.assertEqual(wizard.column_credit, "Ghi có")
        self.assertEqual(wizard.new_count, 1)
        self.assertIn(dossier.code, wizard.preview)
        action = wizard.action_import()
        statement = self.env["onestop.bank.statement"].browse(action["res_id"])
        self.assertEqual(statement.line_ids.state, "matched")
        self.assertEqual(self.account.columns["credit"], "Ghi có")
        wizard = wizards.create(
            {"account_id": self.account.id, "file": base64.b64encode(b"x")}
        )
        self.assertEqual(wizard.new_count, 0)
        self.assertIn("alert-danger", wizard.preview)

    # ------------------------------------------------------------
    # Waiting for payment
    # ------------------------------------------------------------

    def test_what_waited_for_these_fees_goes_on(self):
        dossier = self.paid_dossier()
        charge = dossier.fee_ids[:1]
        self.act_as(dossier, "appraiser").action_request_payment("Pay", charge.ids)
        self.assertEqual(dossier.state, "payment")
        self.statement(("FT1", "150000", self.told(dossier)))
        self.assertEqual(dossier.state, "processing")

    def test_what_waits_for_something_else_goes_on_waiting(self):
        dossier = self.paid_dossier()
        self.act_as(dossier, "appraiser").action_request_payment("Land tax")
        self.statement(("FT1", "170000", self.told(dossier)))
        self.assertEqual(dossier.state, "payment")
        self.assertEqual(dossier.amount_due, 0)

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    def test_only_cashiers_of_the_centre(self):
        line = self.line("FT1", "1000", "x")
        for name in ("receiver", "appraiser", "stranger_head", "other_cashier"):
            with self.assertRaises(AccessError, msg=name):
                self.statement(("FT9", "1000", "x"), name=name)
            with self.assertRaises(AccessError, msg=name):
                self.as_user(line, name).action_ignore("Mine")
            lines = self.as_user(self.env["onestop.bank.line"], name)
            if lines.has_access("read"):
                self.assertFalse(lines.search([]), name)
        for name in ("cashier", "director"):
            mine = self.as_user(line, name)
            for vals in ({"state": "matched"}, {"dossier_id": 1}, {"amount": 1}):
                with self.assertRaises(AccessError, msg=name):
                    mine.write(vals)
            with self.assertRaises(AccessError):
                mine.copy()
            with self.assertRaises(AccessError):
                mine.unlink()
