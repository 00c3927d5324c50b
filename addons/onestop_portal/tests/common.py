# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from lxml import html

from odoo.http import Request
from odoo.tests import HttpCase

from odoo.addons.onestop_dossier.tests.common import PDF, DossierData

OTHER_PDF = PDF.replace(b"%PDF-1.4", b"%PDF-1.5")


class PortalCase(DossierData, HttpCase):
    """The Centre's portal, open for filing; its host is that of the tests."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.set_up_data()
        host = cls.base_url().split("://")[1].partition(":")[0]
        cls.env["res.company"].search([("onestop_host", "=", host)]).onestop_host = None
        cls.company.write({"onestop_host": host, "onestop_online_open": True})
        cls.case = cls.procedure.version_id.case_ids
        cls.form_part, cls.extra_part = cls.case.part_ids

    # ------------------------------------------------------------
    # As a browser without JavaScript
    # ------------------------------------------------------------

    def sign_in(self, name="citizen"):
        self.authenticate(f"t.{name}", f"t.{name}.secret")

    def page(self, url, status=200, **options):
        """Get a page and parse it."""
        response = self.url_open(url, **options)
        self.assertEqual(response.status_code, status, url)
        return html.fromstring(response.text)

    def post(self, url, data=None, files=None, csrf=True, **options):
        """Send a form; the answer is not followed when it is a redirection."""
        data = dict(data or {})
        if csrf:
            data["csrf_token"] = Request.csrf_token(self)
        return self.url_open(
            url, data=data, files=files, allow_redirects=False, **options
        )

    def said(self, response):
        """What a page says went wrong."""
        page = html.fromstring(response.text)
        return [alert.text_content() for alert in page.xpath("//*[@role='alert']")]

    def path_of(self, response):
        """The path to which an answer leads."""
        self.assertEqual(response.status_code, 303, self.said(response))
        return self.parse_http_location(response.headers["Location"]).path

    def begin(self, **values):
        """Open a draft by the form of the first step."""
        response = self.post(
            f"/procedures/{self.procedure.code}/file",
            {"case_id": self.case.id, "result_channel": "counter", **values},
        )
        url = self.path_of(response)
        self.assertRegex(url, r"^/my/drafts/\d+$")
        return self.draft_of(url)

    def draft_of(self, url):
        return self.env["onestop.portal.draft"].browse(int(url.split("/")[3]))

    def choose(self, draft, *files, button="save"):
        """Choose files for parts: (part, name, content) each."""
        return self.post(
            f"/my/drafts/{draft.id}",
            {button: "1"},
            [
                (f"part_{part.id}", (name, content, "application/octet-stream"))
                for part, name, content in files
            ]
            or {"nothing": ("", b"")},
        )

    def filed(self, name="citizen"):
        """A dossier filed online by the pages."""
        self.sign_in(name)
        draft = self.begin()
        self.choose(draft, (self.form_part, "form.pdf", PDF), button="next")
        url = self.path_of(self.post(f"/my/drafts/{draft.id}/check", {"declared": "1"}))
        return self.env["onestop.dossier"].browse(int(url.split("/")[3]))
