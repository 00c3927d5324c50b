# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.onestop_dossier.tests.common import PDF

from .common import PortalCase


@tagged("post_install", "-at_install")
class TestReturning(PortalCase):
    """What the citizen sees and does when the result is there."""

    def shown(self, dossier):
        return self.page(f"/my/dossiers/{dossier.id}").text_content()

    def download(self, dossier):
        [file] = dossier.sudo().file_ids.filtered(lambda f: f.kind == "result")
        return self.url_open(
            f"/my/dossiers/{dossier.id}/files/{file.id}", allow_redirects=False
        )

    def test_early_result(self):
        dossier = self.dossier_in("ready")
        self.sign_in()
        self.assertIn("Earlier than promised", self.shown(dossier))

    def test_first_download_returns_an_electronic_result(self):
        dossier = self.dossier_in("ready", result_channel="electronic")
        self.sign_in("other")
        self.assertEqual(self.download(dossier).status_code, 404)
        self.sign_in()
        self.assertEqual(self.download(dossier).content, PDF)
        self.env.invalidate_all()
        self.assertEqual(dossier.sudo().state, "returned")
        events = dossier.sudo().head_sequence
        self.assertEqual(self.download(dossier).content, PDF)
        self.env.invalidate_all()
        self.assertEqual(dossier.sudo().head_sequence, events)
        self.assertIn("Result downloaded", self.shown(dossier))

    def test_fees_before_an_electronic_result(self):
        fee = {"name": "Charge", "amount": 20000, "collect_at": "return"}
        procedure = self.make_procedure(
            "9.000002", self.justice, fee_ids=[Command.create(fee)]
        )
        dossier = self.dossier_in(
            "ready", result_channel="electronic", procedure_id=procedure.id
        )
        self.sign_in()
        self.assertEqual(self.download(dossier).status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(dossier.sudo().state, "ready")

    def test_result_for_the_counter_is_not_returned_by_looking(self):
        dossier = self.dossier_in("ready")
        self.sign_in()
        self.assertEqual(self.download(dossier).content, PDF)
        self.env.invalidate_all()
        self.assertEqual(dossier.sudo().state, "ready")

    def test_in_the_post(self):
        dossier = self.dossier_in("ready", result_channel="post")
        returner = self.act_as(dossier, "returner")
        returner.action_send_parcel(
            "Citizen 901", "12 Hidden Road, An Giang", "0912345678", "EV1VN"
        )
        self.sign_in()
        shown = self.shown(dossier)
        self.assertIn("EV1VN", shown)
        self.assertIn("by post on", shown)
        self.assertNotIn("Hidden Road", shown)
        returner.action_record_undelivered("Moved away")
        shown = self.shown(dossier)
        self.assertIn("came back", shown)
        self.assertIn("Moved away", shown)

    # ------------------------------------------------------------
    # Rating
    # ------------------------------------------------------------

    def rating(self, dossier):
        self.env.invalidate_all()
        return dossier.sudo()._own_rating()

    def test_rate_on_the_page(self):
        question = self.env["onestop.rating.question"].create({"name": "Polite?"})
        dossier = self.dossier_in("returned")
        url = f"/my/dossiers/{dossier.id}/rate"
        self.sign_in()
        self.assertIn("Rate the service", self.shown(dossier))
        self.assertTrue(self.said(self.post(url, {"value": "4"})))
        told = {"value": "5", f"question_{question.id}": "2", "comment": "Good"}
        self.assertEqual(
            self.path_of(self.post(url, told)), f"/my/dossiers/{dossier.id}"
        )
        rating = self.rating(dossier)
        self.assertEqual((rating.rating, rating.feedback), (5, "Good"))
        self.assertEqual(rating.onestop_answer_ids.points, 2)
        self.assertIn("Very satisfied", self.shown(dossier))
        self.sign_in("other")
        self.page(url, 404)

    def test_rate_by_link(self):
        dossier = self.dossier_in("returned")
        self.authenticate(None, None)
        path = dossier.sudo()._rating_url().split("/rating/")[1]
        self.page("/rating/K99.02-261122-0001/" + "0" * 64, 404)
        page = self.page(f"/rating/{path}")
        self.assertNotIn("Citizen", page.text_content())
        response = self.post(f"/rating/{path}", {"value": "1", "comment": "Slow"})
        self.assertIn("arrived", response.text)
        self.assertEqual(self.rating(dossier).onestop_source, "link")
        # Who has only the link does not read what was said.
        self.assertNotIn("Slow", self.page(f"/rating/{path}").text_content())
        with mute_logger("odoo.http"):
            self.post(f"/rating/{path}", {"value": "5"}, csrf=False)
        self.assertEqual(self.rating(dossier).rating, 1)

    def test_not_before_the_end(self):
        dossier = self.dossier_in("ready")
        self.sign_in()
        self.assertNotIn("Rate the service", self.shown(dossier))
