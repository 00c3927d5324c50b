# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .notice_common import NoticeCase


@tagged("post_install", "-at_install")
class TestNoticeTemplate(NoticeCase):
    """Texts: by the Centre's head, with the placeholders of the list alone."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.default = cls.env.ref("onestop_dossier.notice_receive_mail_vi")
        director = cls.users["director"]
        adapted = cls.default.with_user(director).with_company(cls.company)
        cls.own = cls.default.with_user(director).browse(
            adapted.action_adapt()["res_id"]
        )

    def test_defaults(self):
        """Every text of the default set fits its channel."""
        for text in self.env["onestop.notice.template"].search(
            [("company_id", "=", False)]
        ):
            with self.subTest(text=text.display_name):
                text._check_placeholders()
                subject, body = text._render(text._examples())
                self.assertNotIn("{{", f"{subject}{body}")
                if text.channel == "sms":
                    self.assertIn("GSM-7", text.sms_length)
                    self.assertLessEqual(len(body), 2 * 153)

    def test_unknown_placeholder(self):
        for body in ("{{ slip_secret }}", "{{ object.env }}", '<t t-out="env"/>'):
            with (
                self.subTest(body=body),
                self.assertRaisesRegex(ValidationError, "no placeholder"),
            ):
                self.own.body = body

    def test_own_text(self):
        self.own.write({"subject": "Our words {{ code }}", "body": "{{ owner }}"})
        self.dossier_in("received")
        notice = self.fill()
        self.assertIn("Our words", notice.subject)
        self.assertEqual(notice.version_id.number, 2)
        self.assertEqual(notice.version_id.template_id, self.own)

    def test_switched_off(self):
        """A Centre that says nothing is not overruled by the default."""
        self.own.active = False
        self.dossier_in("received")
        self.assertFalse(self.fill())

    def test_versions_and_default(self):
        self.own.body = "One"
        self.own.body = "Two"
        self.assertEqual(
            self.own.version_ids.sorted("number").mapped("body")[1:], ["One", "Two"]
        )
        self.own.action_restore()
        self.assertEqual(self.own.body, self.default.body)
        self.assertEqual(len(self.own.version_ids), 4)

    def test_preview(self):
        dossier = self.dossier_in("received")
        preview = (
            self.env["onestop.notice.preview"]
            .with_user(self.users["director"])
            .create({"template_id": self.own.id, "dossier_id": dossier.id})
        )
        self.assertIn(dossier.code, preview.subject)
        self.assertIn(self.citizen.name, preview.body)
        self.assertFalse(self.env["onestop.notice"].search([]))

    def test_used_text_stays(self):
        self.dossier_in("received")
        self.fill()
        with self.assertRaises(UserError):
            self.own.unlink()

    def test_prescribed_needs_an_article(self):
        with self.assertRaises(ValidationError):
            self.own.prescribed = True

    def test_who_writes(self):
        other = self.env["res.company"].create(
            {"name": "Other Centre", "onestop_department_id": self.health.id}
        )
        foreign = self.default.copy({"company_id": other.id})
        director = self.users["director"]
        for text, user in (
            (self.default, director),
            (foreign, director),
            (self.own, self.users["receiver"]),
            (self.own, self.users["head"]),
            (self.own, self.users["citizen"]),
        ):
            with (
                self.subTest(text=text.company_id.name, user=user.login),
                self.assertRaises(AccessError),
            ):
                text.with_user(user).body = "Mine"
        for vals in ({"company_id": other.id}, {"version_id": False}):
            with self.assertRaises(AccessError):
                self.own.write(vals)
        with self.assertRaises(AccessError):
            self.default.with_user(self.users["head"]).with_company(
                self.company
            ).action_adapt()
