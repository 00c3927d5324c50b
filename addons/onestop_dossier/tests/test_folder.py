# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The filed folder: contents in order, sheets, and everything with its hash."""

import hashlib
import io
import json
import re
import zipfile

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, HttpCase, tagged

from ..forms.folder import Entry, numbered, plain_name
from .common import PDF, DossierCase, DossierData


class TestFolderPure(BaseCase):
    def test_sheets_are_counted_in_the_order_of_the_work(self):
        lines = numbered(
            [
                Entry("Result", "result", sheets=1),
                Entry("Form", "submitted", sheets=2),
                Entry("Scan", "submitted"),
                Entry("Deed", "submitted", sheets=3),
            ]
        )
        self.assertEqual(
            [(line.number, line.title, line.span) for line in lines],
            [
                (1, "Form", "1-2"),
                (2, "Scan", ""),
                (3, "Deed", "3-5"),
                (4, "Result", "6"),
            ],
        )

    def test_names_that_every_system_takes(self):
        for name, plain in (
            ("Đơn đề nghị.pdf", "Don-de-nghi.pdf"),
            ("../../etc/passwd", "etc-passwd"),
            ("a\\b:c?.PDF", "a-b-c.PDF"),
            ("", "tai-lieu"),
            ("…", "tai-lieu"),
            ("x" * 300 + ".pdf", "x" * 80 + ".pdf"),
        ):
            with self.subTest(name=name):
                self.assertEqual(plain_name(name).replace("/", "!"), plain)


@tagged("post_install", "-at_install")
class TestFolder(DossierCase):
    def package(self, dossier, user="receiver"):
        target = io.BytesIO()
        self.act_as(dossier, user)._write_folder(target)
        return zipfile.ZipFile(target)

    def test_the_package_says_what_is_in_it(self):
        dossier = self.dossier_in("returned")
        archive = self.package(dossier)
        self.assertIsNone(archive.testzip())
        told = dict(
            reversed(line.split("  "))
            for line in archive.read("SHA256SUMS").decode().splitlines()
        )
        self.assertEqual(set(told) | {"SHA256SUMS"}, set(archive.namelist()))
        for name, digest in told.items():
            content = archive.read(name)
            self.assertEqual(hashlib.sha256(content).hexdigest(), digest)
        result = dossier.sudo().file_ids.filtered(lambda f: f.kind == "result")
        self.assertIn(result.sha256, told.values())
        events = json.loads(archive.read("nhat-ky.json"))
        self.assertEqual(
            [event["hash"] for event in events],
            dossier.sudo().event_ids.sorted("sequence").mapped("hash"),
        )
        for event in events:
            body = event["body"].encode()
            self.assertEqual(hashlib.sha256(body).hexdigest(), event["hash"])

    def test_table_of_contents(self):
        dossier = self.dossier_in("returned")
        parts = self.act_as(dossier, "receiver").part_ids
        parts[0].sheets, parts[1].sheets = 2, 3
        archive = self.package(dossier)
        pages = PdfReader(io.BytesIO(archive.read("muc-luc.pdf"))).pages
        [page] = [re.sub(r"\s+", " ", page.extract_text()) for page in pages]
        for words in (
            "MỤC LỤC VĂN BẢN TRONG HỒ SƠ",
            dossier.code,
            "Form",
            "1-2",
            "3-5",
            "Kết quả giải quyết",
            "CHỨNG TỪ KẾT THÚC",
            "Hồ sơ gồm 05 tờ giấy đã đánh số, 01 tệp điện tử",
        ):
            self.assertIn(words, page)

    def test_drafts_and_quarantined_files_are_left_out(self):
        dossier = self.dossier_in("approving")
        files = self.env["onestop.dossier.file"]
        files._store(dossier, "draft.pdf", PDF, kind="draft")
        bad = files._store(dossier, "bad.pdf", PDF, kind="submitted")
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE onestop_dossier_file DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE onestop_dossier_file SET scan_state = 'infected' WHERE id = %s",
            [bad.id],
        )
        self.env.cr.execute("ALTER TABLE onestop_dossier_file ENABLE TRIGGER USER")
        self.env.invalidate_all()
        names = " ".join(self.package(dossier, "appraiser").namelist())
        self.assertNotIn("draft", names)
        self.assertNotIn("bad", names)

    def test_sheets_are_counted_at_the_end_as_well(self):
        part = self.act_as(self.dossier_in("returned"), "receiver").part_ids[0]
        part.sheets = 4
        self.assertEqual(part.sheets, 4)
        with self.assertRaises(AccessError):
            part.write({"sheets": 5, "finding": "wrong"})

    def test_not_before_reception(self):
        with self.assertRaises(UserError):
            self.act_as(self.new_dossier(), "receiver").action_download_folder()


@tagged("post_install", "-at_install")
class TestFolderDownload(DossierData, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_data()

    def test_for_whom_it_is(self):
        dossier = self.dossier_in("processing")
        url = f"/onestop/folder/{dossier.id}"
        for user, status in (("appraiser", 200), ("stranger", 404), ("citizen", 404)):
            self.authenticate(f"t.{user}", f"t.{user}.secret")
            with self.subTest(user=user):
                response = self.url_open(url)
                self.assertEqual(response.status_code, status)
                if status == 200:
                    names = zipfile.ZipFile(io.BytesIO(response.content)).namelist()
                    self.assertIn("muc-luc.pdf", names)

    def test_the_register_is_downloaded(self):
        dossier = self.dossier_in("processing")
        day = dossier._legal_day(dossier.received_at)
        export = (
            self.env["onestop.register.export"]
            .with_user(self.users["receiver"])
            .create({"company_id": self.company.id, "date_from": day, "date_to": day})
        )
        url = export.action_make()["url"]
        for user, status in (("receiver", 200), ("returner", 404)):
            self.authenticate(f"t.{user}", f"t.{user}.secret")
            with self.subTest(user=user):
                response = self.url_open(url)
                self.assertEqual(response.status_code, status)
                if status == 200:
                    self.assertIn("spreadsheetml", response.headers["Content-Type"])
                    self.assertEqual(response.content[:2], b"PK")
