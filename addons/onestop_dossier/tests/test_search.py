# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from odoo.addons.onestop_procedure.identity import search_key

from .common import PDF, DossierCase

NAMES = (
    "Nguyễn Thị Ánh Ngọc",
    "ĐẶNG VĂN ĐỨC",
    "Phường Ô Môn – tổ 12/3",
    'Công ty TNHH MTV "Hòa_Phát" (chi nhánh)',
    "Trà Sữa 100% & Đường",
    "  Số 15/GP-SXD  ",
)


@tagged("post_install", "-at_install")
class TestSearch(DossierCase):
    """A dossier is found by what a clerk remembers of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.citizen.write({"name": "Đặng Thị Ánh Ngọc", "phone": "+84912345678"})
        cls.other_citizen.name = "Nguyễn Văn Được"

    def found(self, text, user="receiver"):
        self.env.flush_all()
        dossiers = self.env["onestop.dossier"].with_user(self.users[user])
        return dossiers.search([("find", "ilike", text)])

    def test_key_is_the_same_in_sql(self):
        for name in NAMES:
            self.env.cr.execute("SELECT onestop_search_key(%s)", [name])
            self.assertEqual(self.env.cr.fetchone()[0], search_key(name))

    def test_by_name_without_diacritics(self):
        mine = self.new_dossier()
        other = self.new_dossier(person_id=self.other_citizen.id)
        for text in ("dang thi anh", "Ánh Ngọc", "NGOC DANG", "anh  ngo"):
            self.assertEqual(self.found(text), mine, text)
        self.assertEqual(self.found("duoc nguyen"), other)
        self.assertFalse(self.found("dang van"))

    def test_by_submitter(self):
        dossier = self.new_dossier(submitter_id=self.other_citizen.id)
        self.assertEqual(self.found("van duoc"), dossier)

    def test_by_telephone(self):
        dossier = self.new_dossier()
        for text in ("0912345678", "0912 345 678", "+84 912 345 678", "345678"):
            self.assertEqual(self.found(text), dossier, text)
        self.assertFalse(self.found("0912345679"))

    def test_by_part_of_the_code(self):
        dossier = self.dossier_in("received")
        day, number = dossier.code.rsplit("-", 2)[1:]
        for text in (
            dossier.code,
            dossier.code.lower(),
            f"{day}-{number}",
            f"{day}{number}",
            number,
        ):
            self.assertIn(dossier, self.found(text), text)
        self.assertFalse(self.found(f"{day}-9999"))

    def test_by_abstract_and_number_of_result(self):
        dossier = self.dossier_in("approved", subject="Giấy phép thăm dò nước")
        self.assertEqual(self.found("tham do nuoc"), dossier)
        self.assertFalse(self.found("152/GP-STP"))
        self.act_as(dossier, "records").action_record_outside(
            "152/GP-STP", "2026-01-05", "Head", base64.b64encode(PDF).decode()
        )
        self.assertEqual(self.found("152/gp stp"), dossier)
        # What is written again from the dossier keeps the number.
        self.citizen.phone = "+84987654321"
        self.assertEqual(self.found("152/GP-STP"), dossier)
        self.assertEqual(self.found("0987654321"), dossier)

    def test_by_number_of_a_receipt(self):
        dossier = self.dossier_in("received")
        # sudo: onestop.dossier.fee - as derived from the case
        fee = dossier.sudo().fee_ids.create(
            {
                "dossier_id": dossier.id,
                "name": "Fee",
                "amount": 50_000,
                "currency_id": self.env.ref("base.VND").id,
            }
        )
        receipt = self.act_as(dossier, "cashier")._do_collect_fees(fee, "cash")
        self.assertEqual(self.found(receipt.sudo().display_name), dossier)

    def test_by_the_whole_identity_number_only(self):
        dossier = self.new_dossier()
        self.assertEqual(self.found("089090000901"), dossier)
        self.assertFalse(self.found("08909000090"))

    def test_a_corrected_name_is_found(self):
        dossier = self.new_dossier()
        self.citizen.name = "Trần Thị Bưởi"
        self.assertEqual(self.found("tran thi buoi"), dossier)
        self.assertFalse(self.found("dang thi"))

    def test_a_wildcard_is_a_character(self):
        self.new_dossier()
        for text in ("%", "_", "100%", "\\"):
            self.assertFalse(self.found(text), text)

    def test_nothing_asked_for_refuses_nothing(self):
        dossier = self.new_dossier()
        self.assertIn(dossier, self.found(" "))

    def test_a_stranger_finds_nothing(self):
        dossier = self.dossier_in("received")
        self.assertFalse(self.found("dang thi", "stranger"))
        self.assertFalse(self.found("089090000901", "stranger"))
        for user in ("stranger", "citizen", "director"):
            row = self.env["onestop.dossier.search"].with_user(self.users[user])
            with self.assertRaises(AccessError):
                row.search_read([("dossier_id", "=", dossier.id)], ["key"])
        with self.assertRaises(AccessError):
            self.act_as(dossier, "citizen").search([("find", "ilike", "dang")])

    def test_as_a_reference(self):
        dossier = self.dossier_in("received")
        names = self.env["onestop.dossier"].with_user(self.users["receiver"])
        self.assertEqual(names.name_search("anh ngoc"), [(dossier.id, dossier.code)])

    def test_answered_from_the_index(self):
        self.new_dossier()
        self.env.flush_all()
        # sudo: onestop.dossier.search - only its plan is looked at
        rows = self.env["onestop.dossier.search"].sudo()
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        query = rows._search([("key", "like", "anh"), ("key", "like", "ngoc")])
        self.env.cr.execute(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("onestop_dossier_search_key_idx", plan)
