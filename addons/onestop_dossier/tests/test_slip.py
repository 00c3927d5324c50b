# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Form 01: what stands on the paper, read back by foreign programs."""

import io
import re
import subprocess
import tempfile
from pathlib import Path

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import DossierCase

REPORT = "onestop_dossier.report_dossier_slip"


@tagged("post_install", "-at_install")
class TestSlip(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.citizen.write({"street": "1 Example Street", "phone": "0900000901"})
        paid = [
            Command.create({"name": "Charge", "mode": "fixed", "amount": 200000}),
            Command.create(
                {
                    "name": "Late fee",
                    "mode": "fixed",
                    "amount": 15000,
                    "collect_at": "return",
                }
            ),
        ]
        cls.with_fees = cls.make_procedure("9.000002", cls.justice, fee_ids=paid)

    def slip(self, dossier, name="receiver"):
        reports = self.env["ir.actions.report"].with_user(self.users[name])
        content, _kind = reports._render_onestop_pdf(REPORT, dossier.ids)
        return content

    def pages(self, content):
        pages = PdfReader(io.BytesIO(content)).pages
        return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]

    def test_two_copies_with_the_words_of_the_form(self):
        dossier = self.dossier_in("received", procedure_id=self.with_fees.id)
        record = self.act_as(dossier, "receiver")
        self.act_as(dossier, "cashier").action_collect_fee(record.fee_ids[0].id)
        kept, given = self.pages(self.slip(dossier))
        self.assertIn("(Liên: Lưu)", kept)
        self.assertIn("(Liên: Giao khách hàng)", given)
        for page in (kept, given):
            for words in (
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Mẫu số 01",
                "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
                f"Mã hồ sơ: {record.code}",
                "Tiếp nhận hồ sơ của: Citizen 901",
                "Địa chỉ: 1 Example Street",
                "Số điện thoại: 0900000901",
                "Số căn cước/hộ chiếu: 089090000901",
                "Nội dung yêu cầu giải quyết: Procedure 9.000002",
                "Số lượng hồ sơ: 01 (bộ)",
                "theo quy định là: 05 ngày làm việc",
                f"Thời gian nhận hồ sơ: {self.words(record.received_at)}",
                f"Thời gian trả kết quả giải quyết hồ sơ: {self.words(record.due_at)}",
                "Đăng ký nhận kết quả tại: Test Centre",
                "đã nộp 200.000 đồng (Hai trăm nghìn đồng)",
                "còn phải nộp 15.000 đồng (Mười lăm nghìn đồng)",
                "NGƯỜI NỘP HỒ SƠ",
                "NGƯỜI TIẾP NHẬN HỒ SƠ",
            ):
                self.assertIn(words, page)

    def words(self, moment):
        local = fields.Datetime.context_timestamp(
            self.env["onestop.dossier"].with_context(tz="Asia/Ho_Chi_Minh"), moment
        )
        return f"{local:%H giờ %M phút, ngày %d/%m/%Y}"

    def test_only_the_citizen_gets_the_secret(self):
        dossier = self.dossier_in("received")
        secret = self.act_as(dossier, "receiver").slip_secret
        kept, given = self.pages(self.slip(dossier))
        self.assertNotIn(secret, kept)
        self.assertIn(secret, given)

    def test_only_what_was_handed_in_is_listed(self):
        dossier = self.new_dossier()
        dossier.part_ids[1].write({"received": False, "finding": False})
        self.do_receive(dossier)
        kept, _given = self.pages(self.slip(dossier))
        self.assertIn("1 Form 1", kept)
        self.assertNotIn("Attachment", kept)

    def test_online_only_the_receiver_signs(self):
        dossier = self.new_dossier(channel="online")
        self.do_receive(dossier)
        kept, _given = self.pages(self.slip(dossier))
        self.assertNotIn("NGƯỜI NỘP HỒ SƠ", kept)
        self.assertIn("NGƯỜI TIẾP NHẬN HỒ SƠ", kept)

    def test_printed_again_it_says_the_same(self):
        dossier = self.dossier_in("processing")
        first = self.pages(self.slip(dossier))
        head = self.act_as(dossier, "head")
        later = fields.Datetime.to_string(fields.Datetime.add(head.due_at, days=1))
        head._do_extend("statutory", later, "By law", "Article 1")
        self.assertEqual(self.pages(self.slip(dossier)), first)

    def test_qr_code_leads_to_tracking(self):
        dossier = self.dossier_in("received")
        code = self.act_as(dossier, "receiver").code
        with tempfile.TemporaryDirectory() as folder:
            pdf = Path(folder, "slip.pdf")
            pdf.write_bytes(self.slip(dossier))
            for page in ("1", "2"):
                picture = Path(folder, f"page{page}")
                subprocess.run(
                    ["pdftoppm", "-r", "150", "-png", "-singlefile"]
                    + ["-f", page, "-l", page, pdf, picture],
                    check=True,
                )
                read = subprocess.run(
                    ["zbarimg", "--quiet", "--raw", f"{picture}.png"],
                    check=True,
                    capture_output=True,
                    text=True,
                )
                base = self.env["onestop.dossier"].get_base_url()
                self.assertEqual(read.stdout.strip(), f"{base}/track?code={code}")

    def test_reading_the_identity_is_logged(self):
        dossier = self.dossier_in("received")
        # sudo: the read log is for administrators
        before = len(self.citizen.sudo().reading_ids)
        self.slip(dossier)
        self.citizen.invalidate_recordset()
        # Once a copy would be twice a slip.
        self.assertEqual(len(self.citizen.sudo().reading_ids), before + 1)

    def test_who_may_print(self):
        dossier = self.dossier_in("received")
        for name in ("appraiser", "stranger"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.slip(dossier, name)

    def test_nothing_to_print_before_reception(self):
        with self.assertRaisesRegex(
            UserError, "when the dossier is received|khi hồ sơ đã tiếp nhận"
        ):
            self.slip(self.new_dossier())
