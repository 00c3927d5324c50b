# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import re

from odoo.tests import tagged

from .common import PortalCase


@tagged("post_install", "-at_install")
class TestNotices(PortalCase):
    """The citizen says how he is told; links in mails do what they say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.email = "centre@test.example"
        cls.citizen.write({"email": "citizen@test.example", "phone": "+84912345678"})
        cls.env["onestop.notice.queue"].search([]).unlink()

    def choose(self, csrf=True, **form):
        return self.post("/my/notices", {"language": "vi", **form}, csrf=csrf)

    def test_choice(self):
        self.sign_in()
        self.page("/my/notices")
        answer = self.choose(
            sms="1", language="en", quiet="1", quiet_from="20:30", quiet_to="06:00"
        )
        self.assertEqual(self.path_of(answer), "/my/notices")
        person = self.citizen
        self.assertEqual(
            (person.notice_mail, person.notice_sms, person.notice_app),
            (False, True, False),
        )
        self.assertEqual(person.notice_language, "en")
        self.assertEqual(
            (person.notice_quiet_from, person.notice_quiet_to), (20.5, 6.0)
        )
        page = self.page("/my/notices?saved=1")
        self.assertTrue(page.xpath("//*[@data-notices='saved']"))

    def test_what_is_no_choice(self):
        """Nothing but the choice is written by its form."""
        self.sign_in()
        for form in (
            {"language": "xx"},
            {"quiet": "1", "quiet_from": "25:00", "quiet_to": "06:00"},
            {"quiet": "1", "quiet_from": "x", "quiet_to": "06:00"},
        ):
            with self.subTest(form=form):
                self.assertEqual(self.choose(**form).status_code, 200)
        self.choose(email="other@test.example", notice_email_confirmed="x", name="X")
        self.assertEqual(self.citizen.email, "citizen@test.example")
        self.assertFalse(self.citizen.notice_email_confirmed)

    def test_needs_a_session_and_a_token(self):
        answer = self.choose(csrf=False)
        self.assertEqual(self.path_of(answer), "/web/login")
        self.sign_in()
        self.assertEqual(self.choose(csrf=False).status_code, 400)

    def test_confirm(self):
        """Whoever follows the link has the address; another address needs its own."""
        self.sign_in()
        self.post("/my/notices/confirm")
        mail = self.env["mail.mail"].search(
            [("email_to", "=", "citizen@test.example")], order="id desc", limit=1
        )
        token = re.search(r"/notices/confirm/([\w=-]+)", mail.body_html)[1]
        self.authenticate(None, None)
        for wrong in ("x", f"{token[:-3]}AAA", "AAAA"):
            page = self.page(f"/notices/confirm/{wrong}")
            self.assertFalse(page.xpath("//*[@data-notices='confirmed']"))
        self.assertFalse(self.citizen.is_email_confirmed)
        page = self.page(f"/notices/confirm/{token}")
        self.assertTrue(page.xpath("//*[@data-notices='confirmed']"))
        self.env.invalidate_all()
        self.assertTrue(self.citizen.is_email_confirmed)
        self.citizen.email = "new@test.example"
        page = self.page(f"/notices/confirm/{token}")
        self.assertFalse(page.xpath("//*[@data-notices='confirmed']"))
        self.assertFalse(self.citizen.is_email_confirmed)

    def test_stop(self):
        """The link in a mail stops mails, when confirmed or by one click (RFC 8058)."""
        self.dossier_in("received")
        self.env.flush_all()
        outbox = self.env["onestop.notice"]
        outbox._fill(100)
        notice = outbox.search([("person_id", "=", self.citizen.id)], limit=1)
        message = notice._mail_message()
        url = message["List-Unsubscribe"].strip("<>")
        self.assertIn(url, message.get_body(("plain",)).get_content())
        path = url[url.index("/notices/") :]
        self.assertNotIn(self.citizen.name, url)
        self.page(path)
        self.assertTrue(self.citizen.notice_mail, "looking at it stops nothing")
        other = path.replace(f"/{self.citizen.id}/", f"/{self.other_citizen.id}/")
        self.page(other, status=404)
        self.page(f"{path}x", status=404)
        self.page(f"{path}é", status=404)
        answer = self.post(path, {"List-Unsubscribe": "One-Click"}, csrf=False)
        self.assertEqual(answer.status_code, 200)
        self.env.invalidate_all()
        self.assertFalse(self.citizen.notice_mail)
        self.assertTrue(self.other_citizen.notice_mail)

    def test_host_of_the_centre(self):
        self.company.onestop_host = "dichvucong.test.example"
        self.assertIn("//dichvucong.test.example", self.company._onestop_public_url())
