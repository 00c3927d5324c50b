# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The staff's screens in a browser, and what is fetched by address."""

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.onestop_procedure.pdf import html_to_pdf

from .common import PDF, DossierData


@tagged("post_install", "-at_install")
class TestStaffWeb(DossierData, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.set_up_data()

    def login(self, name):
        self.authenticate(f"t.{name}", f"t.{name}.secret")

    def test_approve_with_identity_check(self):
        """The head reads draft and appraisal, approves, gives his password."""
        dossier = self.dossier_in("processing")
        draft = html_to_pdf(["<html lang='en'><title>Draft</title><p>Draft"])
        self.act_as(dossier, "appraiser")._attach("draft.pdf", draft, "draft")
        self.do_appraise(dossier)
        self.start_tour(
            f"/odoo/onestop-approvals/{dossier.id}",
            "onestop_dossier_approve",
            login="t.head",
        )
        self.env.invalidate_all()
        head = self.act_as(dossier, "head")
        self.assertEqual(head.state, "approved")
        last = head.event_ids.sorted("sequence")[-1]
        self.assertEqual((last.kind, last.actor_id), ("approve", self.users["head"]))

    def desk_dossiers(self):
        return (
            self.env["onestop.dossier"]
            .with_user(self.users["receiver"])
            .search([("person_id", "=", self.citizen.id)], order="id")
        )

    def test_receive_at_the_desk(self):
        """The receiver types a person and a procedure, ticks, and receives."""
        self.start_tour(
            "/odoo/onestop-reception", "onestop_dossier_receive", login="t.receiver"
        )
        dossier = self.desk_dossiers()
        self.assertEqual(dossier.state, "received")
        self.assertEqual(dossier.part_ids.mapped("received"), [True, True])

    def test_guide_at_the_desk(self):
        """Something is missing: form 02, and a second one warns."""
        for _each in range(2):
            self.start_tour(
                "/odoo/onestop-reception", "onestop_dossier_guide", login="t.receiver"
            )
            self.assertFalse(self.desk_dossiers())
        given = self.env["onestop.guidance"].with_user(self.users["receiver"])
        notices = given.search([("person_id", "=", self.citizen.id)])
        self.assertEqual(notices.item_ids.mapped("name"), ["Form", "Form"])

    def test_several_on_one_slip_at_the_desk(self):
        self.start_tour(
            "/odoo/onestop-reception", "onestop_dossier_together", login="t.receiver"
        )
        first, second = self.desk_dossiers()
        self.assertTrue(first.bundle_id)
        self.assertEqual(first.bundle_id, second.bundle_id)

    def test_scanned_slip_opens_its_dossier(self):
        dossier = self.dossier_in("received")
        code = self.act_as(dossier, "receiver").code
        self.browser_js(
            "/odoo/onestop-counter",
            f"""
            const send = (key) => document.body.dispatchEvent(
                new KeyboardEvent("keydown", {{ key, bubbles: true }}));
            document.activeElement.blur();
            [..."https://x.example/track?code={code}", "Enter"].forEach(send);
            const wait = setInterval(() => {{
                if (document.querySelector(".o_onestop_title")) {{
                    clearInterval(wait);
                    console.log("test successful");
                }}
            }}, 50);
            """,
            "!!document.querySelector('.o_list_view')",
            login="t.receiver",
        )

    def test_file_for_whoever_sees_the_dossier(self):
        dossier = self.dossier_in("processing")
        file = self.act_as(dossier, "appraiser")._attach("draft.pdf", PDF, "draft")
        address = f"/web/content/{file.attachment_id.id}?download=true"
        for name in ("receiver", "appraiser", "head"):
            self.login(name)
            answer = self.url_open(address)
            self.assertEqual((answer.status_code, answer.content), (200, PDF), name)
            self.assertIn("attachment", answer.headers["Content-Disposition"])
        for name in ("stranger", "citizen", "other"):
            self.login(name)
            answer = self.url_open(address)
            self.assertNotEqual(answer.content, PDF, name)
            self.assertIn(answer.status_code, (403, 404), name)
        self.logout()
        self.assertNotEqual(self.url_open(address).content, PDF)

    def test_slip_by_address(self):
        dossier = self.dossier_in("received")
        address = f"/onestop/pdf/onestop_dossier.report_dossier_slip/{dossier.id}"
        self.login("receiver")
        answer = self.url_open(address)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.login("stranger")
        with mute_logger("odoo.http"):
            self.assertEqual(self.url_open(address).status_code, 403)
