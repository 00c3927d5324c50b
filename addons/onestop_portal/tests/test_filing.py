# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import os
from unittest.mock import patch

from lxml import html

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.onestop_dossier.models.file.file_quarantine import VARIABLE
from odoo.addons.onestop_dossier.tests.bad_files import bad_files
from odoo.addons.onestop_dossier.tests.clamd import Clamd, eicar_pdf
from odoo.addons.onestop_dossier.tests.common import make_pdf
from odoo.addons.onestop_dossier.tests.kept import KeptMixin

from .common import OTHER_PDF, PDF, PortalCase


@tagged("post_install", "-at_install")
class TestFiling(KeptMixin, PortalCase):
    def test_file_with_two_files(self):
        """Case, papers, check, receipt: the dossier is the citizen's own act."""
        self.sign_in()
        case_page = self.page(f"/procedures/{self.procedure.code}/file")
        self.assertTrue(case_page.xpath("//input[@name='case_id']"))
        draft = self.begin(subject="For a school")
        answer = self.choose(
            draft,
            (self.form_part, "form.pdf", PDF),
            (self.extra_part, "extra.pdf", OTHER_PDF),
            button="next",
        )
        self.assertEqual(self.path_of(answer), f"/my/drafts/{draft.id}/check")
        check = self.page(f"/my/drafts/{draft.id}/check")
        self.assertIn("extra.pdf", check.text_content())
        url = self.path_of(self.post(f"/my/drafts/{draft.id}/check", {"declared": "1"}))
        self.assertRegex(url, r"^/my/dossiers/\d+/receipt$")

        dossier = draft.dossier_id
        self.assertEqual(dossier.state, "submitted")
        self.assertEqual(dossier.channel, "online")
        self.assertEqual(dossier.company_id, self.company)
        self.assertEqual(dossier.person_id, self.citizen)
        self.assertEqual(dossier.subject, "For a school")
        self.assertEqual(dossier.event_ids.mapped("kind"), ["create", "submit"])
        self.assertEqual(dossier.event_ids.actor_id, self.users["citizen"])
        self.assertEqual(
            [(f.name, f.dossier_part_id.part_id) for f in dossier.file_ids],
            [("form.pdf", self.form_part), ("extra.pdf", self.extra_part)],
        )
        self.assertFalse(draft.upload_ids)
        receipt = self.page(url)
        self.assertEqual(
            receipt.xpath("//*[@data-receipt='code']/text()"), [dossier.code]
        )
        self.assertEqual(
            receipt.xpath("//*[@data-receipt='secret']/text()"), [dossier.slip_secret]
        )

    def test_submitted_twice_is_one_dossier(self):
        """A double click, or a second window, makes no second dossier."""
        dossier = self.filed()
        draft = self.env["onestop.portal.draft"].search(
            [("dossier_id", "=", dossier.id)]
        )
        again = self.post(f"/my/drafts/{draft.id}/check", {"declared": "1"})
        self.assertEqual(self.path_of(again), f"/my/dossiers/{dossier.id}/receipt")
        self.assertEqual(
            self.env["onestop.dossier"].search_count(
                [("person_id", "=", self.citizen.id)]
            ),
            1,
        )

    def test_the_receiver_goes_on(self):
        """What a citizen files is received like any other dossier."""
        dossier = self.filed()
        self.act_as(dossier, "receiver").action_receive()
        self.assertEqual(dossier.state, "received")
        self.assertTrue(dossier.due_at)

    # ------------------------------------------------------------
    # Refusals
    # ------------------------------------------------------------

    def errors_at(self, response, part):
        page = self.parse(response)
        return page.xpath(f"//*[@data-part='{part.id}']//*[@role='alert']")

    def parse(self, response):
        self.assertEqual(response.status_code, 200)
        return html.fromstring(response.text)

    def test_wrong_type_is_refused_at_its_field(self):
        """The type is found from the content; the other file is kept."""
        self.sign_in()
        draft = self.begin()
        answer = self.choose(
            draft,
            (self.form_part, "form.pdf", b"#!/bin/sh\necho hello\n"),
            (self.extra_part, "extra.pdf", PDF),
            button="next",
        )
        self.assertTrue(self.errors_at(answer, self.form_part))
        self.assertFalse(self.errors_at(answer, self.extra_part))
        self.assertEqual(draft.upload_ids.mapped("name"), ["extra.pdf"])

    def test_too_large_is_refused(self):
        """The Centre's limit holds on the server, whatever the browser did."""
        self.company.onestop_file_size = 1
        self.sign_in()
        draft = self.begin()
        large = PDF + b"\n" * (1024 * 1024)
        answer = self.choose(draft, (self.form_part, "form.pdf", large))
        self.assertTrue(self.errors_at(answer, self.form_part))
        self.assertFalse(draft.upload_ids)

    def test_bad_files_are_refused_at_their_field(self):
        """Each in a sentence of its own; nothing is kept of any of them."""
        self.sign_in()
        draft = self.begin()
        before = self.kept()
        for what, name, content, word in bad_files():
            with self.subTest(what=what):
                answer = self.choose(draft, (self.form_part, name, content))
                [error] = self.errors_at(answer, self.form_part)
                self.assertIn(word, error.text_content())
        self.assertFalse(draft.upload_ids)
        self.assertEqual(self.kept(), before)

    def test_200_mb(self):
        """Read by nobody: its size is known from the form."""
        self.sign_in()
        draft = self.begin()
        before = self.kept()
        large = bytes(200 * 1024 * 1024)
        answer = self.choose(draft, (self.form_part, "form.pdf", large))
        [error] = self.errors_at(answer, self.form_part)
        self.assertIn("larger than 20 MB", error.text_content())
        self.assertEqual(self.kept(), before)

    @mute_logger("odoo.addons.onestop_dossier.models.file.file_quarantine")
    def test_a_virus_is_refused_at_its_field(self):
        """EICAR, and a real clamd."""
        self.sign_in()
        draft = self.begin()
        with Clamd() as clamd, patch.dict(os.environ, {VARIABLE: clamd.address}):
            answer = self.choose(
                draft, (self.form_part, "form.pdf", eicar_pdf(make_pdf))
            )
            [error] = self.errors_at(answer, self.form_part)
            self.assertIn("Eicar-Test", error.text_content())
            self.assertFalse(draft.upload_ids)
            self.choose(draft, (self.form_part, "form.pdf", PDF))
            self.post(f"/my/drafts/{draft.id}/check", {"declared": "1"})
        self.assertEqual(draft.dossier_id.file_ids.scan_state, "clean")

    def test_empty_file_is_refused(self):
        self.sign_in()
        draft = self.begin()
        answer = self.choose(draft, (self.form_part, "form.pdf", b""))
        self.assertTrue(self.errors_at(answer, self.form_part))

    def test_missing_part_is_said_at_its_field(self):
        self.sign_in()
        draft = self.begin()
        answer = self.choose(draft, (self.extra_part, "extra.pdf", PDF), button="next")
        self.assertTrue(self.errors_at(answer, self.form_part))
        self.assertEqual(draft.upload_ids.mapped("name"), ["extra.pdf"])

    def test_missing_part_cannot_be_handed_in_past_the_page(self):
        """Posting to the last step directly makes no dossier."""
        self.sign_in()
        draft = self.begin()
        answer = self.post(f"/my/drafts/{draft.id}/check", {"declared": "1"})
        self.assertTrue(self.parse(answer).xpath("//*[@id='form_error']"))
        self.assertFalse(draft.dossier_id)
        self.assertFalse(self.citizen.dossier_ids)

    def test_declaration_is_required(self):
        self.sign_in()
        draft = self.begin()
        self.choose(draft, (self.form_part, "form.pdf", PDF))
        answer = self.post(f"/my/drafts/{draft.id}/check")
        self.assertTrue(self.parse(answer).xpath("//*[@id='form_error']"))
        self.assertFalse(draft.dossier_id)

    def test_closed_form_leads_to_the_national_portal(self):
        """Since 01/7/2025 the Centre's own form is open by setting alone."""
        self.company.onestop_online_open = False
        self.sign_in()
        page = self.page(f"/procedures/{self.procedure.code}/file")
        self.assertFalse(page.xpath("//input[@name='case_id']"))
        self.assertTrue(page.xpath("//a[@href='https://dichvucong.gov.vn']"))
        self.post(
            f"/procedures/{self.procedure.code}/file",
            {"case_id": self.case.id, "result_channel": "counter"},
        )
        drafts = self.env["onestop.portal.draft"]
        self.assertFalse(drafts.search([("person_id", "=", self.citizen.id)]))

    def test_form_closed_meanwhile(self):
        """A draft begun before the form was closed is kept, not handed in."""
        self.sign_in()
        draft = self.begin()
        self.choose(draft, (self.form_part, "form.pdf", PDF))
        self.company.onestop_online_open = False
        answer = self.post(f"/my/drafts/{draft.id}/check", {"declared": "1"})
        self.assertTrue(self.parse(answer).xpath("//*[@id='form_error']"))
        self.assertFalse(draft.dossier_id)
        self.assertEqual(draft.upload_ids.mapped("name"), ["form.pdf"])

    def test_suspended_procedure_takes_nothing(self):
        self.procedure.action_suspend()
        self.sign_in()
        self.page(f"/procedures/{self.procedure.code}/file", status=404)

    def test_unknown_case_is_refused(self):
        other = self.make_procedure("9.000002", self.health)
        self.sign_in()
        answer = self.post(
            f"/procedures/{self.procedure.code}/file",
            {
                "case_id": other.version_id.case_ids.id,
                "result_channel": "counter",
                "subject": "Kept after the error",
            },
        )
        page = self.parse(answer)
        self.assertTrue(page.xpath("//*[@id='form_error']"))
        self.assertEqual(
            page.xpath("//input[@name='subject']/@value"), ["Kept after the error"]
        )

    def test_staff_cannot_file_with_their_account(self):
        self.sign_in("receiver")
        page = self.page(f"/procedures/{self.procedure.code}/file")
        self.assertTrue(page.xpath("//*[contains(@class, 'o_onestop_no_person')]"))

    def test_a_form_from_elsewhere_is_refused(self):
        """Without the token of the session nothing is done (CSRF)."""
        self.sign_in()
        draft = self.begin()
        self.choose(draft, (self.form_part, "form.pdf", PDF))
        answer = self.post(
            f"/my/drafts/{draft.id}/check", {"declared": "1"}, csrf=False
        )
        self.assertEqual(answer.status_code, 400)
        self.assertFalse(draft.dossier_id)

    def test_visitors_sign_in_first(self):
        answer = self.url_open(
            f"/procedures/{self.procedure.code}/file", allow_redirects=False
        )
        self.assertIn("/web/login", answer.headers["Location"])
