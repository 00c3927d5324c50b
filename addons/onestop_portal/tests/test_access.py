# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import os
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.onestop_dossier.models.file.file_quarantine import VARIABLE

from .common import PDF, PortalCase

# Read by nobody on the citizens' side, whatever program he uses.
INTERNAL = (
    "viewer_ids",
    "step_id",
    "user_id",
    "event_ids",
    "text_ids",
    "slip_secret",
    "rule_set",
    "head_hash",
    "allowed_acts",
    "appraisal",
    "approval_digest",
)


@tagged("post_install", "-at_install")
class TestAccess(PortalCase):
    def call(self, model, method, *args, **kwargs):
        """Call a method as the web client does."""
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            json=self.build_rpc_payload(
                {"model": model, "method": method, "args": args, "kwargs": kwargs}
            ),
        )
        return answer.json()

    def assertRefused(self, answer):
        self.assertIn("error", answer)
        self.assertIn(
            answer["error"]["data"]["name"],
            ("odoo.exceptions.AccessError", "werkzeug.exceptions.Forbidden"),
        )

    # ------------------------------------------------------------
    # Pages
    # ------------------------------------------------------------

    def test_another_citizens_pages_are_not_found(self):
        """Every page of a dossier or draft answers a stranger as if it were none."""
        dossier = self.filed()
        draft = self.begin()
        self.choose(draft, (self.form_part, "form.pdf", PDF))
        self.sign_in("other")
        for url in (
            f"/my/dossiers/{dossier.id}",
            f"/my/dossiers/{dossier.id}/receipt",
            f"/my/dossiers/{dossier.id}/withdraw",
            f"/my/dossiers/{dossier.id}/supplement",
            f"/my/dossiers/{dossier.id}/files/{dossier.file_ids.id}",
            f"/my/drafts/{draft.id}",
            f"/my/drafts/{draft.id}/case",
            f"/my/drafts/{draft.id}/check",
            f"/my/drafts/{draft.id}/files/{draft.upload_ids.id}",
        ):
            with self.subTest(url=url):
                self.assertEqual(self.url_open(url).status_code, 404)
        for url in (
            f"/my/drafts/{draft.id}",
            f"/my/drafts/{draft.id}/check",
            f"/my/drafts/{draft.id}/discard",
            f"/my/dossiers/{dossier.id}/withdraw",
        ):
            with self.subTest(post=url):
                data = {"declared": "1", "reason": "Mine", "confirmed": "1"}
                self.assertEqual(self.post(url, data).status_code, 404)
        self.assertTrue(draft.exists())
        self.assertEqual(dossier.state, "submitted")

    def test_staff_find_no_work_of_theirs_on_the_citizens_pages(self):
        """What an officer may read in his office is not among “My dossiers”."""
        dossier = self.dossier_in("processing")
        self.sign_in("receiver")
        page = self.page("/my/dossiers")
        self.assertEqual(page.xpath("//@data-dossier"), [])
        answer = self.url_open(f"/my/dossiers/{dossier.id}")
        self.assertEqual(answer.status_code, 404)

    def test_my_file_under_a_strangers_dossier_is_not_found(self):
        """The address names dossier and file: both have to fit."""
        theirs, mine = self.filed("other"), self.filed("citizen")
        url = f"/my/dossiers/{theirs.id}/files/{mine.file_ids.id}"
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_download_is_safe(self):
        """Saved, never shown as a page of this site, and never sniffed."""
        dossier = self.filed()
        answer = self.url_open(f"/my/dossiers/{dossier.id}/files/{dossier.file_ids.id}")
        self.assertEqual(answer.content, PDF)
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertTrue(answer.headers["Content-Disposition"].startswith("attachment"))
        self.assertIn("no-store", answer.headers["Cache-Control"])

    def test_own_files_are_shown(self):
        """In the page, by the viewer; the content stays a download."""
        dossier = self.filed()
        self.sign_in()
        url = f"/my/dossiers/{dossier.id}/files/{dossier.file_ids.id}"
        page = self.page(f"/my/dossiers/{dossier.id}")
        self.assertTrue(page.xpath(f"//a[@href='{url}/view']"))
        [frame] = self.page(f"{url}/view").xpath("//iframe/@src")
        self.assertIn("/pdfjs/", frame)
        self.assertIn("sandbox", self.url_open(url).headers["Content-Security-Policy"])
        self.sign_in("other")
        self.assertEqual(self.url_open(f"{url}/view").status_code, 404)

    @mute_logger("odoo.addons.onestop_dossier.models.file.file_quarantine")
    def test_quarantine_is_said_and_closed(self):
        dossier = self.dossier_in("draft")
        nowhere = {VARIABLE: "unix:/nowhere/clamd.sock"}
        with patch.dict(os.environ, nowhere):
            file = self.env["onestop.dossier.file"]._store(
                dossier, "x.pdf", PDF, part=dossier.part_ids[0]
            )
        self.sign_in()
        page = self.page(f"/my/dossiers/{dossier.id}")
        self.assertIn("Waits for the virus scanner", page.text_content())
        url = f"/my/dossiers/{dossier.id}/files/{file.id}"
        self.assertFalse(page.xpath(f"//a[@href='{url}']"))
        for address in (url, f"{url}/view"):
            self.assertEqual(self.url_open(address).status_code, 404)

    def test_draft_result_is_not_shown(self):
        """The draft of a result is the agency's own until it is issued."""
        dossier = self.dossier_in("processing")
        draft = self.act_as(dossier, "appraiser")._attach("draft.pdf", PDF, "draft")
        self.sign_in()
        page = self.page(f"/my/dossiers/{dossier.id}")
        self.assertNotIn("draft.pdf", page.text_content())
        url = f"/my/dossiers/{dossier.id}/files/{draft.id}"
        self.assertEqual(self.url_open(url).status_code, 404)

    def test_attachment_route_gives_nothing(self):
        """The platform's own download address asks the same rules."""
        dossier = self.filed("other")
        self.sign_in()
        attachment = dossier.file_ids.attachment_id
        answer = self.url_open(f"/web/content/{attachment.id}")
        self.assertEqual(answer.status_code, 404)

    # ------------------------------------------------------------
    # Programs
    # ------------------------------------------------------------

    def test_other_peoples_records_over_rpc(self):
        dossier = self.filed("other")
        draft = self.begin()
        self.choose(draft, (self.form_part, "form.pdf", PDF))
        self.sign_in()
        for model, record in (
            ("onestop.dossier", dossier),
            ("onestop.dossier.file", dossier.file_ids),
            ("onestop.dossier.part", dossier.part_ids[0]),
            ("onestop.portal.draft", draft),
            ("onestop.portal.upload", draft.upload_ids),
            ("onestop.person", self.other_citizen),
        ):
            with self.subTest(model=model):
                self.assertRefused(self.call(model, "read", record.ids, ["id"]))
                found = self.call(
                    model, "search_read", [["id", "in", record.ids]], ["id"]
                )
                self.assertEqual(found["result"], [])

    def test_internal_fields_over_rpc(self):
        """Not even of his own dossier."""
        dossier = self.filed()
        for name in INTERNAL:
            with self.subTest(field=name):
                self.assertRefused(
                    self.call("onestop.dossier", "read", dossier.ids, [name])
                )
                self.assertRefused(
                    self.call("onestop.dossier", "search_count", [[name, "!=", False]])
                )
        for name in ("finding", "note"):
            with self.subTest(field=name):
                self.assertRefused(
                    self.call(
                        "onestop.dossier.part", "read", dossier.part_ids.ids, [name]
                    )
                )

    def test_ledger_texts_and_attempts_over_rpc(self):
        self.filed()
        for model in (
            "onestop.dossier.event",
            "onestop.dossier.text",
            "onestop.track.attempt",
        ):
            with self.subTest(model=model):
                self.assertRefused(self.call(model, "search_read", [], ["id"]))

    def test_drafts_are_written_by_the_pages_alone(self):
        self.sign_in()
        draft = self.begin()
        self.choose(draft, (self.form_part, "form.pdf", PDF))
        self.assertRefused(
            self.call("onestop.portal.draft", "write", draft.ids, {"subject": "x"})
        )
        self.assertRefused(self.call("onestop.portal.draft", "unlink", draft.ids))
        self.assertRefused(
            self.call(
                "onestop.portal.upload", "read", draft.upload_ids.ids, ["content"]
            )
        )
        self.assertRefused(
            self.call(
                "onestop.dossier",
                "create",
                {"procedure_id": self.procedure.id, "person_id": self.citizen.id},
            )
        )

    def test_staff_do_not_read_drafts(self):
        """What was not handed in is the citizen's own affair."""
        self.sign_in()
        draft = self.begin()
        for name in ("receiver", "head"):
            with self.assertRaises(AccessError):
                draft.with_user(self.users[name]).read(["subject"])

    def test_private_methods_over_rpc(self):
        dossier = self.filed()
        for method in ("_portal_timeline", "_track", "_file_online"):
            with self.subTest(method=method):
                self.assertIn(
                    "error", self.call("onestop.dossier", method, dossier.ids)
                )
