# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io
import json
from datetime import timedelta
from xml.etree import ElementTree

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .fee_common import FeeCase
from .form_common import read_pages


@tagged("post_install", "-at_install")
class TestCashScreens(FeeCase):
    """What the cashier works with: queue, dialogs, paper, data, reminder."""

    def setUp(self):
        super().setUp()
        self.dossier = self.dossier_in("received")

    def wizard(self, model, who="cashier", **values):
        self.env.flush_all()
        return self.env[f"onestop.{model}"].with_user(self.users[who]).create(values)

    def queue(self, who="cashier"):
        self.env.flush_all()
        dossiers = self.env["onestop.dossier"].with_user(self.users[who])
        return dossiers.search(
            [
                ("to_collect", "=", True),
                ("support_department_id.user_ids", "in", [self.users[who].id]),
                ("procedure_id", "=", self.procedure.id),
            ]
        )

    def test_queue(self):
        self.assertIn(self.dossier, self.queue())
        self.assertFalse(self.queue("appraiser"))
        self.collect(self.dossier)
        # What is left is due at return, and the result is not ready.
        self.assertNotIn(self.dossier, self.queue())
        for step in ("forward", "appraise", "approve", "issue"):
            getattr(self, f"do_{step}")(self.dossier)
        self.assertIn(self.dossier, self.queue())
        for dossier in self.queue():
            self.assertTrue(dossier.to_collect)

    def test_scan_and_collect(self):
        code = f"https://example.com/track?code={self.dossier.code}"
        wizard = self.env["onestop.collect"].with_user(self.users["cashier"])
        shown = wizard.new({"code": code})
        shown._onchange_code()
        self.assertEqual(shown.dossier_id.id, self.dossier.id)
        wizard = self.wizard("collect", dossier_id=self.dossier.id, given=200000)
        self.assertEqual(wizard.fee_ids.mapped("name"), ["Charge", "Fee"])
        self.assertEqual((wizard.amount, wizard.change), (170000, 30000))
        wizard.given = 100000
        with self.assertRaisesRegex(UserError, "missing"):
            wizard.action_collect()
        wizard.given = 170000
        action = wizard.action_collect()
        self.assertEqual(action["report_name"], "onestop_dossier.report_receipt")

    def test_unknown_code(self):
        wizard = self.env["onestop.collect"].with_user(self.users["cashier"])
        with self.assertRaisesRegex(UserError, "No dossier"):
            wizard.new({"code": "K99.02-990101-0001"})._onchange_code()

    def test_dialogs_show_a_stranger_nothing(self):
        receipt = self.collect(self.dossier)
        fee = self.fees(self.dossier, "Copies")
        closing = self.closing()
        for model, values in (
            ("collect", {"dossier_id": self.dossier.id, "method": "transfer"}),
            (
                "fee.act",
                {
                    "dossier_id": self.dossier.id,
                    "fee_id": fee.id,
                    "receipt_id": receipt.id,
                    "act": "refund_fee",
                },
            ),
            ("cash.count", {"closing_id": closing.id}),
            ("spoil", {"book_id": self.book.id}),
        ):
            wizards = self.env[f"onestop.{model}"].with_user(self.users["stranger"])
            for name, field in wizards._fields.items():
                if not (field.compute or field.related) or name == "display_name":
                    continue
                # Of what was typed, and of nothing else.
                if (model, name) in (
                    ("collect", "amount"),
                    ("collect", "change"),
                    ("cash.count", "counted"),
                ):
                    continue
                self.env.invalidate_all()
                with self.subTest(model=model, field=name):
                    with self.assertRaises(AccessError):
                        shown = wizards.new(values)[name]
                        if field.relational:
                            shown.mapped("display_name")

    def test_act_dialog(self):
        fee = self.fees(self.dossier, "Copies")
        wizard = self.wizard(
            "fee.act",
            act="set_fee",
            dossier_id=self.dossier.id,
            fee_id=fee.id,
            quantity=4,
            reason="Counted",
        )
        self.assertEqual(wizard.amount, 12000)
        wizard.action_apply()
        self.assertEqual(fee.amount, 12000)
        receipt = self.collect(self.dossier, "Copies")
        values = {"dossier_id": self.dossier.id, "receipt_id": receipt.id}
        wizard = self.wizard("fee.act", act="refund_fee", reason="Less", **values)
        self.assertEqual(wizard.amount, 12000)
        wizard.amount = 2000
        wizard.action_apply()
        self.assertEqual(receipt.line_ids._left(), 10000)
        receipt = self.collect(self.dossier, "Fee")
        values["receipt_id"] = receipt.id
        self.wizard(
            "fee.act", act="cancel_receipt", reason="Wrong", **values
        ).action_apply()
        self.assertEqual(receipt.state, "cancelled")

    def test_dialogs_open(self):
        record = self.act_as(self.dossier, "cashier")
        for act, model in (
            ("collect_fee", "onestop.collect"),
            ("set_fee", "onestop.fee.act"),
            ("refund_fee", "onestop.fee.act"),
        ):
            action = record.with_context(act=act).action_open_act()
            self.assertEqual(action["res_model"], model)

    def test_refund_is_proposed(self):
        self.collect(self.dossier)
        self.assertFalse(self.dossier.refund_proposed)
        self.do_withdraw(self.dossier)
        self.act_as(self.dossier, "receiver").action_accept_withdrawal()
        self.env.invalidate_all()
        self.assertTrue(self.dossier.refund_proposed)

    # ------------------------------------------------------------
    # Desk
    # ------------------------------------------------------------

    def test_desk_gives_one_receipt(self):
        case = self.procedure.version_id.case_ids
        fees = case.fee_ids.filtered(lambda f: f.name in ("Charge", "Fee"))
        desk = self.env["onestop.reception.desk"].with_user(self.users["receiver"])
        desk = desk.with_company(self.company)
        parts = desk.open_case(self.procedure.id, person_id=self.citizen.id)["parts"]
        for part in parts:
            part.update(received=True, finding="ok")
        entry = {
            "person_id": self.citizen.id,
            "procedure_id": self.procedure.id,
            "case_id": case.id,
            "parts": parts,
            "paid_fee_ids": fees.ids,
        }
        answer = desk.receive(entry)
        dossier = self.env["onestop.dossier"].browse(answer["id"])
        self.assertEqual(len(dossier.receipt_ids), 1)
        self.assertEqual(dossier.receipt_ids.amount, 170000)
        self.assertEqual(
            answer["receipt"]["report_name"], "onestop_dossier.report_receipt"
        )
        # Books that keep fees and charges apart make two of it.
        self.book.sudo().action_close()
        for kind in ("fee", "charge"):
            self.make_book(symbol=f"{kind}-26P", kind=kind)
        answer = desk.receive(entry)
        dossier = self.env["onestop.dossier"].browse(answer["id"])
        self.assertEqual(
            sorted(dossier.receipt_ids.book_id.mapped("kind")), ["charge", "fee"]
        )

    # ------------------------------------------------------------
    # Paper and data
    # ------------------------------------------------------------

    def test_receipt_on_paper(self):
        receipt = self.collect(self.dossier)
        keys = [
            form["key"] for form in self.act_as(self.dossier, "cashier")._form_keys()
        ]
        self.assertIn("receipt", keys)
        report = self.env["ir.actions.report"].with_user(self.users["cashier"])
        content, _kind = report._render("onestop_dossier.report_receipt", receipt.ids)
        pages = read_pages(content)
        self.assertEqual(len(pages), 3)
        words = " ".join(word.text for page in pages for word in page.words)
        for text in (
            "01BLP3-001",
            "AA-26P",
            "0000101",
            "Citizen 901",
            self.dossier.code,
            "170.000 đồng",
            "Một trăm bảy mươi nghìn đồng",
            "Tiền mặt",
            "Liên 1",
            "Liên 2",
            "Liên 3",
        ):
            self.assertIn(text, words)

    def test_data_for_a_provider(self):
        receipt = self.collect(self.dossier).with_user(self.users["cashier"])
        data = receipt.receipt_data()
        self.assertEqual(
            (data["form"], data["symbol"], data["number"]),
            ("01BLP3-001", "AA-26P", "0000101"),
        )
        self.assertEqual(data["amount"], "170000")
        self.assertEqual(data["authority"]["code"], "K99.02")
        self.assertEqual([line["kind"] for line in data["line"]], ["LP", "P"])
        self.assertEqual(json.loads(json.dumps(data)), data)
        root = ElementTree.fromstring(receipt.receipt_xml())
        self.assertEqual(root.findtext("payer/name"), "Citizen 901")
        self.assertEqual(len(root.findall("line")), 2)
        with self.assertRaises(AccessError):
            receipt.with_user(self.users["stranger"]).receipt_data()

    def test_spreadsheet(self):
        self.collect(self.dossier)
        closing = self.closing()
        book = openpyxl.load_workbook(io.BytesIO(closing._xlsx()))
        rows = list(book.active.iter_rows(values_only=True))
        self.assertEqual(len(rows), 3)
        self.assertEqual(sum(row[5] for row in rows[1:]), 170000)
        self.assertEqual(closing.action_xlsx()["type"], "ir.actions.act_url")

    def test_reminder(self):
        record = self.act_as(self.dossier, "cashier")
        moment = self.dossier.received_at - timedelta(days=2)
        record._occurred(moment, "import")._do_collect_fees(
            self.fees(self.dossier, "Fee"), "cash"
        )
        messages = self.env["mail.message"]
        before = messages.search_count([])
        self.env["onestop.cash.closing"]._cron_remind()
        new = messages.search(
            [], order="id desc", limit=messages.search_count([]) - before
        )
        self.assertIn(self.users["cashier"].partner_id, new.partner_ids)

    # ------------------------------------------------------------
    # Verification
    # ------------------------------------------------------------

    def test_verify(self):
        receipt = self.collect(self.dossier)
        self.act_as(self.dossier, "cashier").action_refund_fee(
            receipt.id, "Less", amount=1000
        )
        events = self.env["onestop.dossier.event"]
        self.assertEqual(events._verify_receipts()[1], [])
        guard = "ALTER TABLE onestop_receipt {} TRIGGER onestop_kept"
        self.env.cr.execute(guard.format("DISABLE"))
        self.env.cr.execute(
            "UPDATE onestop_receipt SET amount = 1, number = 105 WHERE id = %s",
            [receipt.id],
        )
        self.env.cr.execute(guard.format("ENABLE"))
        findings = events._verify_receipts()[1]
        self.assertEqual(
            [(f["ledger"], f["row"]) for f in findings],
            [
                ("onestop.receipt", f"id {receipt.id}"),
                ("onestop.receipt.book", f"id {self.book.id}"),
            ],
        )
