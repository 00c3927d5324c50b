# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common import OTHER_PDF, PDF, PortalCase

DRAFT = "odoo.addons.onestop_portal.models.portal_draft"


@tagged("post_install", "-at_install")
class TestDraft(PortalCase):
    def test_draft_is_kept_and_continued(self):
        """The citizen leaves and comes back: nothing is lost."""
        self.sign_in()
        draft = self.begin()
        self.choose(draft, (self.form_part, "form.pdf", PDF))
        self.logout()
        self.sign_in()
        links = self.page("/my/dossiers").xpath("//a/@href")
        self.assertIn(f"/my/drafts/{draft.id}", links)
        links = self.page(f"/procedures/{self.procedure.code}/file").xpath("//a/@href")
        self.assertIn(f"/my/drafts/{draft.id}", links)
        page = self.page(f"/my/drafts/{draft.id}")
        self.assertIn("form.pdf", page.text_content())

    def test_remove_a_file(self):
        self.sign_in()
        draft = self.begin()
        self.choose(
            draft,
            (self.form_part, "form.pdf", PDF),
            (self.form_part, "again.pdf", OTHER_PDF),
        )
        first = draft.upload_ids[0]
        self.post(f"/my/drafts/{draft.id}", {"remove": first.id})
        self.assertEqual(draft.upload_ids.mapped("name"), ["again.pdf"])

    def test_same_file_twice_is_kept_once(self):
        """A reload of the page that sent it makes no second one."""
        self.sign_in()
        draft = self.begin()
        for _each in range(2):
            self.choose(draft, (self.form_part, "form.pdf", PDF))
        self.assertEqual(len(draft.upload_ids), 1)

    def test_chosen_file_can_be_looked_at(self):
        self.sign_in()
        draft = self.begin()
        self.choose(draft, (self.form_part, "form.pdf", PDF))
        url = f"/my/drafts/{draft.id}/files/{draft.upload_ids.id}"
        answer = self.url_open(url)
        self.assertEqual(answer.content, PDF)
        self.assertIn("attachment", answer.headers["Content-Disposition"])

    def test_discard(self):
        self.sign_in()
        draft = self.begin()
        self.choose(draft, (self.form_part, "form.pdf", PDF))
        self.post(f"/my/drafts/{draft.id}/discard")
        self.assertFalse(draft.exists())

    def test_file_names_are_plain(self):
        """No folders and no control characters come in with a name."""
        plain = self.env["onestop.portal.upload"]._plain_name
        self.assertEqual(plain("../../etc/passwd"), "passwd")
        self.assertEqual(plain("C:\\scans\\tờ khai.pdf"), "tờ khai.pdf")
        self.assertEqual(plain("a\r\nSet-Cookie: x.pdf"), "aSet-Cookie: x.pdf")
        self.assertEqual(plain(""), "file")
        self.assertTrue(plain("x" * 500 + ".pdf").endswith(".pdf"))
        self.assertLessEqual(len(plain("x" * 500 + ".pdf")), 150)

    def test_files_follow_a_changed_case(self):
        """Another case of the procedure: files move to the parts of the same name."""
        version = self.env["onestop.procedure.version"].create(
            {
                "procedure_id": self.procedure.id,
                "number": 2,
                "case_ids": [
                    Command.create(
                        {
                            "name": name,
                            "time_value": 5,
                            "part_ids": [Command.create({"name": "Form"})],
                        }
                    )
                    for name in ("General case", "Other case")
                ],
            }
        )
        self.sign_in()
        draft = self.begin()
        self.choose(draft, (self.form_part, "form.pdf", PDF))
        version.action_publish(valid_from="2021-01-01")
        self.env["onestop.procedure"].invalidate_model()
        self.page(f"/my/drafts/{draft.id}")
        self.assertEqual(draft.case_id, version.case_ids[0])
        self.assertEqual(draft.upload_ids.part_id, version.case_ids[0].part_ids)
        answer = self.post(
            f"/my/drafts/{draft.id}/case",
            {"case_id": version.case_ids[1].id, "result_channel": "post"},
        )
        self.assertEqual(self.path_of(answer), f"/my/drafts/{draft.id}")
        self.assertEqual(draft.result_channel, "post")
        self.assertEqual(draft._uploads().mapped("name"), ["form.pdf"])

    def test_case_not_in_force_is_not_filed(self):
        """Behind the pages, a case of an earlier version is refused."""
        self.procedure.version_id.action_new_version()
        draft = self.procedure.version_ids.filtered(lambda v: v.state == "draft")
        draft.action_publish(valid_from="2021-01-01")
        dossiers = self.env["onestop.dossier"].with_user(self.users["citizen"])
        with self.assertRaises(UserError):
            dossiers._file_online(
                self.citizen, self.procedure, self.case, self.filing_values(), []
            )

    def test_nobody_files_in_another_name(self):
        dossiers = self.env["onestop.dossier"].with_user(self.users["citizen"])
        with self.assertRaises(AccessError):
            dossiers._file_online(
                self.other_citizen, self.procedure, self.case, self.filing_values(), []
            )

    def test_not_too_many_drafts(self):
        """Nobody fills the Centre's disk with what he never hands in."""
        self.sign_in()
        with patch(f"{DRAFT}.MOST_DRAFTS", 1):
            self.begin()
            answer = self.post(
                f"/procedures/{self.procedure.code}/file",
                {"case_id": self.case.id, "result_channel": "counter"},
            )
        self.assertEqual(answer.status_code, 200)
        self.assertTrue(self.said(answer))

    def test_not_too_many_files(self):
        self.sign_in()
        draft = self.begin()
        with patch(f"{DRAFT}.MOST_FILES", 1):
            self.choose(
                draft,
                (self.form_part, "form.pdf", PDF),
                (self.extra_part, "extra.pdf", OTHER_PDF),
            )
        self.assertEqual(draft.upload_ids.mapped("name"), ["form.pdf"])

    def test_going_back_after_handing_in(self):
        """The browser's back button leads to the receipt, not to a second dossier."""
        dossier = self.filed()
        draft = self.env["onestop.portal.draft"].search(
            [("dossier_id", "=", dossier.id)]
        )
        for url in (f"/my/drafts/{draft.id}", f"/my/drafts/{draft.id}/check"):
            answer = self.url_open(url, allow_redirects=False)
            self.assertEqual(self.path_of(answer), f"/my/dossiers/{dossier.id}/receipt")

    def filing_values(self):
        return {"company_id": self.company.id, "result_channel": "counter"}

    def test_old_drafts_are_forgotten(self):
        """A draft that nobody touched for two months goes, with its files."""
        self.sign_in()
        old, fresh = self.begin(), self.begin()
        self.choose(old, (self.form_part, "form.pdf", PDF))
        old.edited_at = fields.Datetime.now() - timedelta(days=61)
        self.env["onestop.portal.draft"]._gc_drafts()
        self.assertFalse(old.exists())
        self.assertTrue(fresh.exists())
