# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from lxml import html

from odoo import fields
from odoo.tests import tagged

from .common import PortalCase


@tagged("post_install", "-at_install")
class TestTracking(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.citizen.name = "Nguyễn Văn A"

    def track(self, code, secret):
        """Answer of the page: what it shows, as parsed."""
        self.page("/track")  # a session, for the token of the form
        return self.post("/track", {"code": code, "secret": secret})

    def shown(self, answer):
        page = self.parsed(answer)
        return page.xpath("//@data-track")[:1]

    def parsed(self, answer):
        return html.fromstring(answer.text)

    def setUp(self):
        super().setUp()
        self.dossier = self.dossier_in("processing").sudo()
        self.authenticate(None, None)

    def test_right_secret_shows_a_little(self):
        """Code, masked name, state and steps; no procedure, no number, no file."""
        answer = self.track(self.dossier.code, self.dossier.slip_secret)
        page = self.parsed(answer)
        self.assertEqual(page.xpath("//*[@data-track='owner']/text()"), ["N••• V•• A"])
        self.assertEqual(
            page.xpath("//@data-step"),
            ["received", "processing", "approving", "ready", "returned"],
        )
        for hidden in (
            "Nguyễn",
            self.dossier.procedure_id.name,
            self.citizen.identity_number,
        ):
            self.assertNotIn(hidden, page.text_content())
        self.assertIn("no-store", answer.headers["Cache-Control"])

    def test_typed_as_people_type(self):
        secret = self.dossier.slip_secret
        answer = self.track(
            f" {self.dossier.code.lower()} ", f"{secret[:3]} {secret[3:]}".lower()
        )
        self.assertEqual(self.shown(answer), ["found"])

    def test_wrong_code_and_wrong_secret_look_the_same(self):
        """Nobody learns which codes exist."""
        wrong_secret = self.track(self.dossier.code, "AAAAAA")
        wrong_code = self.track("K99.02-000101-9999", self.dossier.slip_secret)
        self.assertEqual(self.shown(wrong_secret), ["wrong"])
        self.assertEqual(self.shown(wrong_code), ["wrong"])
        self.assertEqual(wrong_code.status_code, wrong_secret.status_code)

        def plain(answer, code):
            page = self.parsed(answer)
            return page.xpath("//main")[0].text_content().replace(code, "")

        self.assertEqual(
            plain(wrong_secret, self.dossier.code),
            plain(wrong_code, "K99.02-000101-9999"),
        )

    def test_strange_input_is_just_wrong(self):
        for code, secret in (
            ("", ""),
            (self.dossier.code, ""),
            ("%", "%"),
            (self.dossier.code, "ĐĐĐĐĐĐ"),
            ("", "??????"),
            (self.dossier.code, "??????"),
        ):
            with self.subTest(code=code, secret=secret):
                self.assertEqual(self.shown(self.track(code, secret)), ["wrong"])

    def test_a_draft_has_no_code_to_track(self):
        draft = self.new_dossier().sudo()
        self.assertIsNone(self.env["onestop.dossier"]._track("", draft.slip_secret))

    def test_limit_per_code(self):
        """Guessing a secret ends soon, also with the right one at last."""
        self.company.onestop_track_per_code = 3
        for _each in range(3):
            self.assertEqual(
                self.shown(self.track(self.dossier.code, "AAAAAA")), ["wrong"]
            )
        answer = self.track(self.dossier.code, self.dossier.slip_secret)
        self.assertEqual(answer.status_code, 429)
        self.assertEqual(self.shown(answer), ["limited"])
        # Another code is not affected, and neither is a code that does not exist.
        other = self.dossier_in("received").sudo()
        answer = self.track(other.code, other.slip_secret)
        self.assertEqual(self.shown(answer), ["found"])

    def test_limit_per_code_holds_for_codes_that_do_not_exist(self):
        self.company.onestop_track_per_code = 2
        answers = [self.track("K99.02-000101-9999", "AAAAAA") for _each in range(3)]
        self.assertEqual(answers[-1].status_code, 429)

    def test_limit_per_address(self):
        self.company.onestop_track_per_address = 3
        for number in range(3):
            self.track(f"K99.02-000101-000{number}", "AAAAAA")
        answer = self.track(self.dossier.code, self.dossier.slip_secret)
        self.assertEqual(answer.status_code, 429)

    def test_limit_ends(self):
        """After ten minutes the count begins anew."""
        self.company.onestop_track_per_code = 1
        self.track(self.dossier.code, "AAAAAA")
        self.env.cr.execute(
            "UPDATE onestop_track_attempt SET tried_at = tried_at - %s",
            [timedelta(minutes=11)],
        )
        answer = self.track(self.dossier.code, self.dossier.slip_secret)
        self.assertEqual(self.shown(answer), ["found"])

    def test_attempts_keep_no_address_and_go(self):
        self.track(self.dossier.code, "AAAAAA")
        attempts = self.env["onestop.track.attempt"]
        attempt = attempts.search([("code", "=", self.dossier.code)])
        self.assertNotIn("127.0.0.1", attempt.address)
        self.env.cr.execute(
            "UPDATE onestop_track_attempt SET tried_at = %s",
            [fields.Datetime.now() - timedelta(days=2)],
        )
        attempts._gc_attempts()
        self.assertFalse(attempts.search([]))

    def test_qr_of_the_slip_fills_in_the_code(self):
        page = self.page(f"/track?code={self.dossier.code}")
        self.assertEqual(
            page.xpath("//input[@name='code']/@value"), [self.dossier.code]
        )

    def test_secret_in_the_address_is_ignored(self):
        """A secret belongs in no log and no history."""
        page = self.page(
            f"/track?code={self.dossier.code}&secret={self.dossier.slip_secret}"
        )
        self.assertEqual(page.xpath("//@data-track"), [])

    def test_mask(self):
        mask = self.env["onestop.dossier"]._mask_name
        self.assertEqual(mask("Nguyễn Văn A"), "N••• V•• A")
        self.assertEqual(mask("  Công ty  "), "C••• t•")
        self.assertEqual(mask(""), "")
