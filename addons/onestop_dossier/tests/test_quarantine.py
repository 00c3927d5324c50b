# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import os
from contextlib import contextmanager
from unittest.mock import patch

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..filing.clamav import Scanner, ScannerError
from ..models.file import file_quarantine
from .clamd import Clamd, eicar_pdf, false_clamd
from .common import PDF, DossierCase, DossierData, make_pdf
from .kept import KeptMixin

NOBODY = "unix:/nowhere/clamd.sock"
QUARANTINE = "odoo.addons.onestop_dossier.models.file.file_quarantine"


@contextmanager
def scanner(address):
    """The scanner that the server's environment names."""
    with patch.dict(os.environ, {file_quarantine.VARIABLE: address}):
        yield


class ScannerCase(KeptMixin, DossierCase):
    """A dossier and a real clamd."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clamd = Clamd()
        cls.clamd.__enter__()
        cls.addClassCleanup(cls.clamd.__exit__)

    def scan(self, dossier, content, name="x.pdf"):
        encoded = base64.b64encode(content).decode()
        number = dossier.action_scan(dossier.part_ids[0].id, name, encoded)
        return self.env["onestop.dossier.file"].browse(number)

    @mute_logger(QUARANTINE)
    def waiting(self, content=PDF, dossier=None):
        """A file that came while the scanner was away."""
        with scanner(NOBODY):
            file = self.scan(dossier or self.new_dossier(), content)
        self.assertEqual(file.scan_state, "waiting")
        return file

    def run_cron(self, address):
        with scanner(address), mute_logger(QUARANTINE):
            with self.enter_registry_test_mode():
                self.env.ref(
                    "onestop_dossier.ir_cron_file_scan"
                ).method_direct_trigger()
        self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestScanner(ScannerCase):
    """ClamAV at its socket, and what only looks like it."""

    def test_verdicts(self):
        clamd = Scanner(self.clamd.address)
        self.assertEqual(clamd.scan(PDF, 20).state, "clean")
        verdict = clamd.scan(eicar_pdf(make_pdf), 20)
        self.assertEqual(verdict.state, "infected")
        self.assertIn("Eicar-Test", verdict.threat)
        self.assertTrue(clamd.version(20).startswith("ClamAV"))

    def test_too_large_for_the_scanner(self):
        with self.assertRaises(ScannerError) as caught:
            Scanner(self.clamd.address).scan(b"\0" * (31 * 1024 * 1024), 20)
        self.assertEqual(caught.exception.reason, "limit")

    def test_no_verdict_is_never_a_clean_one(self):
        for answer, reason in (
            (b"", "nonsense"),
            (b"OK\0", "nonsense"),
            (b"stream: OK\nstream: Eicar FOUND\0", "nonsense"),
            (b"HTTP/1.1 200 OK\r\n\r\n", "nonsense"),
            (b"INSTREAM size limit exceeded. ERROR\0", "limit"),
            (b"stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND\0", "limit"),
            (b"\xff" * 5000, "nonsense"),
        ):
            with self.subTest(answer=answer[:40]), false_clamd(answer) as address:
                with self.assertRaises(ScannerError) as caught:
                    Scanner(address).scan(PDF, 5)
                self.assertEqual(caught.exception.reason, reason)
        with false_clamd(hang=True) as address:
            with self.assertRaises(ScannerError) as caught:
                Scanner(address).scan(PDF, 0.3)
            self.assertEqual(caught.exception.reason, "slow")
        with self.assertRaises(ScannerError) as caught:
            Scanner(NOBODY).scan(PDF, 1)
        self.assertEqual(caught.exception.reason, "unreachable")

    def test_addresses(self):
        for address in (
            "",
            "clamd",
            "unix:relative",
            "tcp:host",
            "http://x:80/",
            "x:1",
        ):
            with self.subTest(address=address), self.assertRaises(ValueError):
                Scanner(address)
        self.assertEqual(Scanner("tcp:[::1]:3310").target, ("::1", 3310))


@tagged("post_install", "-at_install")
class TestQuarantine(ScannerCase):
    """What the scanner has not passed is open to nobody."""

    def test_clean_at_once(self):
        with scanner(self.clamd.address):
            file = self.scan(self.new_dossier(), PDF)
        self.assertEqual(file.scan_state, "clean")

    @mute_logger(QUARANTINE)
    def test_eicar_is_refused(self):
        dossier = self.new_dossier()
        before = self.kept()
        with scanner(self.clamd.address):
            with self.assertRaisesRegex(UserError, "found “Eicar-Test.*“x.pdf”"):
                self.scan(dossier, eicar_pdf(make_pdf))
        self.assertEqual(self.kept(), before)

    def test_no_scanner_is_said(self):
        self.assertEqual(self.scan(self.new_dossier(), PDF).scan_state, "unchecked")

    @mute_logger(QUARANTINE)
    def test_a_wrong_address_is_no_leave(self):
        with scanner("localhost"):
            file = self.scan(self.new_dossier(), PDF)
        self.assertEqual(file.scan_state, "waiting")

    def test_the_database_names_no_scanner(self):
        """Whoever may write parameters cannot have the server call an address."""
        settings = self.env["ir.config_parameter"].sudo()
        settings.set_param("onestop_clamd", "tcp:127.0.0.1:1")
        settings.set_param("onestop_dossier.clamd", "tcp:127.0.0.1:1")
        self.assertIsNone(self.env["onestop.dossier.file"]._scanner())

    @mute_logger(QUARANTINE)
    def test_slow_or_nonsense_waits(self):
        for more in ({"hang": True}, {"answer": b"fine\0"}):
            with self.subTest(**more), false_clamd(**more) as address:
                with (
                    scanner(address),
                    patch.object(file_quarantine, "SECONDS_AT_UPLOAD", 0.3),
                ):
                    file = self.scan(self.new_dossier(), PDF)
                self.assertEqual(file.scan_state, "waiting")

    def test_waiting_is_closed_to_everybody(self):
        file = self.waiting(dossier=self.dossier_in("processing"))
        for name in ("receiver", "appraiser", "head", "director"):
            user = self.users[name]
            with self.subTest(user=name):
                own = file.with_user(user)
                self.assertEqual(own.scan_state, "waiting", "shown, but closed")
                with self.assertRaises(AccessError):
                    own.attachment_id.read(["raw"])
                with self.assertRaises(AccessError):
                    own.attachment_id.read(["datas"])
                with self.assertRaisesRegex(UserError, "waits for the virus scanner"):
                    own._content()
        self.env.user.group_ids += self.env.ref("base.group_system")
        with self.assertRaises(UserError):
            file.sudo()._content()

    def test_the_cron_opens_it(self):
        file = self.waiting()
        self.run_cron(self.clamd.address)
        self.assertEqual(file.scan_state, "clean")
        self.assertEqual(file.scan_ids.mapped("answer"), ["clean"])
        self.assertEqual(file.with_user(self.users["receiver"])._content(), PDF)

    def test_the_cron_closes_it_for_ever(self):
        dossier = self.new_dossier()
        file = self.waiting(eicar_pdf(make_pdf), dossier)
        self.run_cron(self.clamd.address)
        self.assertEqual(file.scan_state, "infected")
        alert = self.env["onestop.dossier.alert"].search(
            [("dossier_id", "=", dossier.id), ("kind", "=", "infected")]
        )
        self.assertEqual(alert.about, file.id)
        self.assertIn(self.users["receiver"], alert.activity_ids.user_id)
        with self.assertRaisesRegex(UserError, "found a virus"):
            file.with_user(self.users["receiver"])._content()
        self.run_cron(self.clamd.address)
        self.assertEqual(len(alert.activity_ids), 1)

    def test_it_goes_on_waiting(self):
        """Dead, slow or talking nonsense: asked again, and said once."""
        file = self.waiting()
        for _time in range(2):
            self.run_cron(NOBODY)
        self.assertEqual(file.scan_state, "waiting")
        self.assertEqual(file.scan_ids.mapped("detail"), ["unreachable"])
        with false_clamd(b"hello\0") as address:
            self.run_cron(address)
        self.assertEqual(file.scan_state, "waiting")
        self.assertEqual(file.scan_ids[:1].detail, "nonsense")
        self.run_cron(self.clamd.address)
        self.assertEqual(file.scan_state, "clean")

    def test_what_gets_no_verdict_holds_up_nobody(self):
        """Files above the scanner's own limit are asked for last, and once a run."""
        asked = []

        class Limited(Scanner):
            def scan(self, content, seconds):
                asked.append(content)
                if content == PDF:
                    raise ScannerError("limit")
                return Scanner.scan(self, content, seconds)

        stuck = self.waiting() | self.waiting()
        later = self.waiting(make_pdf(b"[1]"))
        with (
            patch.object(file_quarantine, "Scanner", Limited),
            patch.object(file_quarantine, "BATCH", 2),
        ):
            self.run_cron(self.clamd.address)
            self.assertEqual(later.scan_state, "clean")
            self.assertEqual(set(stuck.mapped("scan_state")), {"waiting"})
            self.assertEqual(len(asked), 3)
            newest = self.waiting(make_pdf(b"[2]"))
            asked.clear()
            self.run_cron(self.clamd.address)
        self.assertEqual(newest.scan_state, "clean")
        self.assertEqual(asked[1:], [PDF, PDF], "after the new one")

    @mute_logger("odoo.sql_db")
    def test_only_the_verdict_moves(self):
        waiting, unchecked = self.waiting(), self.scan(self.new_dossier(), PDF)
        clean = self.waiting()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE onestop_dossier_file SET scan_state = 'clean' WHERE id = %s",
            [clean.id],
        )
        for file, change in (
            (waiting, "scan_state = 'unchecked'"),
            (waiting, "scan_state = NULL"),
            (waiting, "name = 'y.pdf'"),
            (waiting, "scan_state = 'clean', name = 'y.pdf'"),
            (waiting, "scan_state = 'clean', sha256 = 'x'"),
            (waiting, "scan_state = 'clean', attachment_id = attachment_id + 1"),
            (waiting, "scan_state = 'clean', create_date = NULL"),
            (waiting, "scan_state = 'waiting'"),
            (unchecked, "scan_state = 'clean'"),
            (unchecked, "scan_state = 'infected'"),
            (clean, "scan_state = 'waiting'"),
            (clean, "scan_state = 'infected'"),
        ):
            with self.subTest(state=file.scan_state, change=change):
                with self.assertRaises(IntegrityError), self.env.cr.savepoint():
                    self.env.cr.execute(
                        f"UPDATE onestop_dossier_file SET {change} WHERE id = %s",  # pylint: disable=sql-injection
                        [file.id],
                    )
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute(
                "DELETE FROM onestop_dossier_file WHERE id = %s", [waiting.id]
            )


@tagged("post_install", "-at_install")
class TestQuarantineHttp(DossierData, HttpCase):
    """By every address under which a file could be fetched."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.set_up_data()

    @mute_logger(QUARANTINE, "odoo.http")
    def test_no_address_opens_it(self):
        dossier = self.dossier_in("processing")
        files = self.env["onestop.dossier.file"]
        with scanner(NOBODY):
            file = files._store(dossier, "x.pdf", PDF, part=dossier.part_ids[0])
        open_file = files._store(dossier, "y.pdf", make_pdf(b"[1]"))
        self.env.flush_all()
        attachment = file.attachment_id
        token = attachment._get_raw_access_token()
        self.users["head"].group_ids += self.env.ref("base.group_system")
        for name in ("receiver", "appraiser", "head", "citizen"):
            self.authenticate(f"t.{name}", f"t.{name}.secret")
            for path in (
                f"/web/content/{attachment.id}",
                f"/web/content/{attachment.id}?download=true",
                f"/web/content/{attachment.id}?access_token={token}",
                f"/web/content/ir.attachment/{attachment.id}/datas",
                f"/web/image/{attachment.id}",
                f"/web/content?model=onestop.dossier.file&id={file.id}&field=attachment_id",
            ):
                with self.subTest(user=name, path=path):
                    answer = self.url_open(path)
                    self.assertNotIn(b"%PDF", answer.content)
        self.authenticate("t.receiver", "t.receiver.secret")
        answer = self.url_open(f"/web/content/{open_file.attachment_id.id}")
        self.assertTrue(answer.content.startswith(b"%PDF"))
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", answer.headers["Content-Security-Policy"])
