# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io
import os
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

import qrcode
from PIL import Image
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..filing import Refused
from ..filing.sheets import join, read_pages, read_sheet, sheet_text
from ..models.scan import scan_batch
from .common import PDF, DossierCase

A4 = (827, 1169)  # at 100 dpi


def paper(text=None, mark=0):
    """A picture of a page: empty, or a separator sheet."""
    page = Image.new("L", A4, 255)
    if text:
        page.paste(
            qrcode.make(text).get_image().convert("L").resize((400, 400)), (200, 300)
        )
    page.putpixel((0, mark), 0)
    return page


def scanned(kind, *pages):
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if pages[1:] else {}
    pages[0].save(out, kind, resolution=100, **more)
    return out.getvalue()


@tagged("post_install", "-at_install")
class TestScanFolder(DossierCase):
    """What a network scanner leaves in the folder of a desk."""

    def setUp(self):
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.desk = self.folder / "K99.02" / "Desk 1"
        self.desk.mkdir(parents=True)
        self.enterContext(
            patch.dict(os.environ, {scan_batch.VARIABLE: str(self.folder)})
        )
        self.dossier = self.new_dossier()
        self.form, self.extra = self.dossier.part_ids

    def leave(self, name, content, age=60):
        path = self.desk / name
        path.write_bytes(content)
        os.utime(path, (time.time() - age,) * 2)
        return path

    def stack(self, kind="PDF"):
        """A page of nobody, two of the form, one of the attachment."""
        return scanned(
            kind,
            paper(mark=1),
            paper(sheet_text(self.dossier.id, self.form.id)),
            paper(mark=2),
            paper(mark=3),
            paper(sheet_text(self.dossier.id, self.extra.id)),
            paper(mark=4),
        )

    def take(self, user="receiver", committed=True):
        batches = self.env["onestop.scan.batch"].with_user(self.users[user])
        count = batches.with_company(self.company).take()
        if committed:
            self.env.cr.postcommit.run()
        self.env.cr.postcommit.clear()
        return count

    @property
    def pages(self):
        pages = self.env["onestop.scan.page"].search(
            [("company_id", "=", self.company.id)]
        )
        return pages.sorted("number").with_user(self.users["receiver"])

    def test_split_by_sheets(self):
        for kind, name in (("PDF", "a.pdf"), ("TIFF", "b.TIF")):
            with self.subTest(kind=kind):
                before = self.pages
                path = self.leave(name, self.stack(kind))
                self.assertEqual(self.take(), 1)
                pages = self.pages - before
                self.assertEqual(
                    pages.mapped("part_id"), self.form | self.extra, "by the sheets"
                )
                self.assertEqual([bool(p.dossier_id) for p in pages], [0, 1, 1, 1])
                self.assertFalse(path.exists())
                [kept] = (self.desk / "taken").glob(f"*{name}")
                self.assertTrue(kept.read_bytes())
                self.assertEqual(self.take(), 0)

    def test_pictures(self):
        self.leave("a.jpg", scanned("JPEG", paper(mark=1)))
        self.leave("b.png", scanned("PNG", paper(mark=1)))
        self.assertEqual(self.take(), 2)
        self.assertEqual(len(self.pages), 2)

    def test_the_printed_sheet_is_read(self):
        """From our own print, through a scan of it, back to dossier and part."""
        content, _kind = self.env["ir.actions.report"]._render(
            "onestop_dossier.separator_sheet_report", self.dossier.ids
        )
        self.assertEqual(len(PdfReader(io.BytesIO(content)).pages), 2)
        pages = read_pages("a.pdf", join([(content, 0), (PDF, 0)]))
        self.assertEqual([p.sheet for p in pages], [(self.dossier.id, self.form.id)])

    def test_unfinished_and_foreign_files_stay(self):
        self.leave("new.pdf", PDF, age=0)
        self.leave("list.txt", b"x")
        self.leave(".hidden.pdf", PDF)
        secret = self.folder / "secret.pdf"
        secret.write_bytes(PDF)
        (self.desk / "link.pdf").symlink_to(secret)
        other = self.folder / "K99.06" / "Desk"
        other.mkdir(parents=True)
        (other / "x.pdf").write_bytes(PDF)
        self.assertEqual(self.take(), 0)
        self.assertFalse((self.desk / "taken").exists())

    @mute_logger("odoo.addons.onestop_dossier.models.scan.scan_batch")
    def test_a_crash_before_the_move_leaves_one_effect(self):
        path = self.leave("a.pdf", self.stack())
        self.take(committed=False)
        self.assertTrue(path.exists())
        self.assertEqual(len(self.pages), 4)
        self.assertEqual(self.take(), 0, "known: only moved")
        self.assertFalse(path.exists())
        self.assertEqual(len(self.pages), 4)
        # A disk that is full: the file is found again.
        path = self.leave("b.pdf", self.stack())
        with patch.object(scan_batch.shutil, "move", side_effect=OSError("full")):
            self.take()
        self.assertTrue(path.exists())
        self.take()
        self.assertFalse(path.exists())
        self.assertEqual(len(self.pages), 8)

    def test_what_cannot_be_read_is_said_and_kept(self):
        self.leave("a.pdf", PDF[:50])
        self.assertEqual(self.take(), 0)
        batch = self.env["onestop.scan.batch"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertIn("damaged", batch.refusal)
        self.assertEqual(len(list((self.desk / "refused").iterdir())), 1)

    def test_a_name_in_another_alphabet_holds_up_nobody(self):
        self.leave(os.fsdecode(b"qu\xe9t.pdf"), self.stack(), age=90)
        self.leave("b.pdf", PDF)
        self.assertEqual(self.take(), 2)
        names = set(self.pages.batch_id.mapped("name"))
        self.assertEqual(names, {"qu\ufffdt.pdf", "b.pdf"})

    def test_a_picture_that_breaks_the_library_is_refused(self):
        picture = scanned("PNG", paper(mark=1))
        with patch.object(Image.Image, "save", side_effect=ValueError("odd mode")):
            with self.assertRaises(Refused) as caught:
                read_pages("a.png", picture)
        self.assertEqual(caught.exception.reason, "damaged")

    def test_a_callers_defaults_file_nothing(self):
        self.leave("a.pdf", self.stack())
        batches = self.env["onestop.scan.batch"].with_user(self.users["receiver"])
        batches = batches.with_company(self.company)
        batches.with_context(default_state="filed", default_drop_reason="x").take()
        self.env.cr.postcommit.clear()
        self.assertEqual(set(self.pages.mapped("state")), {"waiting"})
        self.assertFalse(any(self.pages.mapped("drop_reason")))

    def test_file(self):
        self.leave("a.pdf", self.stack())
        self.take()
        nowhere, first, second, last = self.pages
        second.action_rotate()
        number = (first | second).action_file()
        file = self.env["onestop.dossier.file"].browse(number)
        self.assertEqual(file.dossier_part_id, self.form)
        pdf = PdfReader(io.BytesIO(file.attachment_id.raw))
        self.assertEqual([page.rotation for page in pdf.pages], [0, 90])
        self.assertEqual((first | second).mapped("state"), ["filed"] * 2)
        self.assertTrue(self.form.is_digitised)
        with self.assertRaisesRegex(UserError, "already"):
            first.action_file()
        with self.assertRaisesRegex(UserError, "Choose the dossier"):
            nowhere.action_file()
        nowhere.action_file(self.dossier.id, self.extra.id)
        with self.assertRaisesRegex(UserError, "Say why"):
            last.action_drop(" ")
        last.action_drop("Blank")
        self.assertEqual(last.state, "dropped")
        self.assertEqual(last.drop_reason, "Blank")

    def test_the_dialog(self):
        self.leave("a.pdf", self.stack())
        self.take()
        action = self.pages[1:3].action_open_filing()
        dialog = (
            self.env["onestop.scan.filing"]
            .with_user(self.users["receiver"])
            .with_context(**action["context"])
            .create({})
        )
        self.assertEqual(dialog.part_id, self.form)
        dialog.action_file()
        self.assertEqual(len(self.form.file_ids), 1)

    def test_only_the_receivers_of_the_centre(self):
        self.leave("a.pdf", self.stack())
        self.take()
        for name in ("returner", "director", "appraiser", "head", "stranger"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.take(name)
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.pages.with_user(self.users[name]).read(["state"])
        elsewhere = self.users["stranger"]
        self.add_role(elsewhere, self.health, "receiver")
        pages = self.env["onestop.scan.page"].with_user(elsewhere)
        self.assertFalse(pages.search_count([]))
        with self.assertRaises(AccessError):
            self.pages.with_user(elsewhere).action_drop("x")
        receiver = self.pages
        for method, args in (
            ("write", [{"state": "filed"}]),
            ("unlink", []),
            ("create", [{"batch_id": receiver[:1].batch_id.id, "number": 1}]),
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(receiver, method)(*args)

    def test_a_sheet_of_another_centre_says_nothing(self):
        pages = read_pages(
            "a.pdf", scanned("PDF", paper(sheet_text(self.dossier.id)), paper(mark=1))
        )
        other = self.env["res.company"].create({"name": "Other"})
        batches = self.env["onestop.scan.batch"]
        for company, found in ((self.company, self.dossier), (other, None)):
            batch = batches.create(
                {
                    "name": "x",
                    "desk": "x",
                    "company_id": company.id,
                    "written_at": 1,
                    "sha256": "x",
                }
            )
            kept = batch.page_ids._keep(batch, pages)
            self.assertEqual(kept.dossier_id, found or self.dossier.browse())

    def test_codes(self):
        for text in ("x", "ONESTOP/1", "ONESTOP/1/2/3", "ONESTOP/-1/2", "ONESTOP/²/1"):
            self.assertIsNone(read_sheet(text))
        self.assertIsNone(read_sheet(f"ONESTOP/{2**40}/1"))
        self.assertEqual(read_sheet(sheet_text(5, 6)), (5, 6))
        with self.assertRaises(Refused):
            read_pages("x.tif", b"II*\0" + b"\0" * 50)
