# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import subprocess

from lxml import html

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.onestop_dossier.money import vietqr
from odoo.addons.onestop_dossier.tests.bank_common import BankData

from .common import PortalCase


@tagged("post_install", "-at_install")
class TestPayment(BankData, PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_bank()
        cls.set_up_gateway()

    def setUp(self):
        super().setUp()
        self.dossier = self.paid_dossier()
        self.url = f"/my/dossiers/{self.dossier.id}/pay"

    def form(self):
        """What the page hands to the browser's payment form."""
        forms = self.page(self.url).xpath("//form[@id='o_payment_form']")
        return forms[0].attrib

    def begin(self, token=None, **values):
        return self.call_route(
            f"{self.url}/transaction",
            provider_id=self.gateway.id,
            payment_method_id=self.method.id,
            flow="redirect",
            access_token=self.form()["data-access-token"] if token is None else token,
            **values,
        )

    def call_route(self, url, **params):
        return self.url_open(url, json={"jsonrpc": "2.0", "params": params}).json()

    def payments(self):
        return self.env["payment.transaction"].search(
            [("onestop_dossier_id", "=", self.dossier.id)]
        )

    # ------------------------------------------------------------
    # The page
    # ------------------------------------------------------------

    def test_what_is_due_and_the_code_to_scan(self):
        """The code is there without JavaScript, and a camera reads what is due."""
        self.sign_in()
        page = self.page(self.url)
        due = page.xpath("//*[@data-money='due']")[0].text_content()
        self.assertRegex(due, r"150[.,]000")
        purpose = page.xpath("//*[@data-money='purpose']")[0].text_content()
        self.assertEqual(purpose, self.told(self.dossier))
        image = page.xpath("//img[@alt='VietQR']")[0].get("src")
        read = vietqr.decode(self.scan(image))
        self.assertEqual(
            (read.amount, read.account, read.purpose), (150000, "1012345678", purpose)
        )

    def scan(self, image):
        """What a camera reads from the picture that a phone saves."""
        kind, content = image.split(",")
        self.assertEqual(kind, "data:image/png;base64")
        seen = subprocess.run(
            ["zbarimg", "--raw", "-q", "png:-"],
            input=base64.b64decode(content),
            capture_output=True,
            check=True,
        )
        return seen.stdout.decode().strip()

    def test_the_dossier_leads_to_it(self):
        self.sign_in()
        page = self.page(f"/my/dossiers/{self.dossier.id}")
        self.assertTrue(page.xpath(f"//a[@href='{self.url}']"))

    def test_whoever_holds_the_slip_may_pay(self):
        """By transfer: without an account nobody pays online."""
        self.authenticate(None, None)
        self.page("/track")
        form = {"code": self.dossier.code, "secret": self.dossier.slip_secret}
        page = html.fromstring(self.post("/track", form).text)
        image = page.xpath("//img[@alt='VietQR']")[0].get("src")
        self.assertEqual(vietqr.decode(self.scan(image)).amount, 150000)
        self.assertFalse(page.xpath("//a[contains(@href, '/pay')]"))
        wrong = form | {"secret": "WRONG2"}
        page = html.fromstring(self.post("/track", wrong).text)
        self.assertFalse(page.xpath("//img[@alt='VietQR']"))

    def test_nothing_due_leads_back(self):
        self.act_as(self.dossier, "cashier").action_collect_fee(
            self.dossier.fee_ids[0].id
        )
        self.sign_in()
        answer = self.url_open(self.url, allow_redirects=False)
        self.assertIn(f"/my/dossiers/{self.dossier.id}", answer.headers["Location"])

    def test_without_account_and_gateway(self):
        self.as_user(self.account, "director")._do_end()
        self.gateway.state = "disabled"
        self.sign_in()
        page = self.page(self.url)
        self.assertFalse(
            page.xpath("//img[@alt='VietQR'] | //form[@id='o_payment_form']")
        )
        self.assertIn("Please pay at the Centre", page.text_content())

    def test_receipt_is_his_to_download(self):
        receipt = self.act_as(self.dossier, "cashier")._do_collect_fees(
            self.dossier.fee_ids, "cash"
        )
        url = f"/my/dossiers/{self.dossier.id}/receipts/{receipt.id}"
        self.sign_in()
        answer = self.url_open(url)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertTrue(answer.content.startswith(b"%PDF"))
        page = self.page(f"/my/dossiers/{self.dossier.id}")
        self.assertTrue(page.xpath(f"//a[@href='{url}']"))
        self.sign_in("other")
        self.assertEqual(self.url_open(url).status_code, 404)

    # ------------------------------------------------------------
    # Paying
    # ------------------------------------------------------------

    def test_pays_what_is_due(self):
        self.sign_in()
        answer = self.begin(amount=1, partner_id=1, landing_route="//evil")
        self.assertNotIn("error", answer)
        payment = self.payments()
        self.assertEqual(payment.amount, 150000)
        self.assertEqual(payment.onestop_fee_ids, self.dossier.fee_ids[0])
        self.assertEqual(payment.landing_route, f"{self.url}/done")
        self.assertEqual(payment.partner_id, self.users["citizen"].partner_id)
        payment._set_done()
        self.env.flush_all()
        page = self.page(f"{self.url}/done")
        outcome = page.xpath("//*[@data-outcome]")[0].get("data-outcome")
        self.assertEqual(outcome, "collected")
        self.assertEqual(self.dossier.receipt_ids.method, "online")
        page = self.page(f"/my/dossiers/{self.dossier.id}")
        self.assertTrue(
            page.xpath(f"//a[@data-receipt='{self.dossier.receipt_ids.id}']")
        )

    @mute_logger("odoo.http")
    def test_another_amount_than_shown(self):
        self.sign_in()
        token = self.form()["data-access-token"]
        self.dossier.fee_ids[0].amount = 160000
        self.env.flush_all()
        for wrong in (token, "x", ""):
            answer = self.begin(token=wrong)
            self.assertIn("error", answer)
        self.assertFalse(self.payments())

    @mute_logger("odoo.http")
    def test_gateways_that_were_not_offered(self):
        self.sign_in()
        disabled = self.gateway.copy({"state": "disabled"})
        hidden = self.gateway.copy({"state": "test", "is_published": False})
        for provider in (self.other_gateway, disabled, hidden):
            answer = self.begin_with(provider_id=provider.id)
            self.assertIn("error", answer, provider)
        for extra in ({"flow": "token"}, {"payment_method_id": 0}):
            self.assertIn("error", self.begin_with(**extra), extra)
        self.assertFalse(self.payments())

    def begin_with(self, **values):
        params = {
            "provider_id": self.gateway.id,
            "payment_method_id": self.method.id,
            "flow": "redirect",
            "access_token": self.form()["data-access-token"],
        }
        return self.call_route(f"{self.url}/transaction", **(params | values))

    @mute_logger("odoo.http")
    def test_another_citizen(self):
        """Neither sees the page, nor pays, nor learns what became of a payment."""
        self.sign_in()
        token = self.form()["data-access-token"]
        self.begin(token=token)
        self.sign_in("other")
        for url in (self.url, f"{self.url}/done"):
            self.assertEqual(self.url_open(url).status_code, 404, url)
        self.assertIn("error", self.begin(token=token))
        self.assertEqual(len(self.payments()), 1)
        self.authenticate(None, None)
        answer = self.call_route(f"{self.url}/transaction", access_token=token)
        self.assertIn("error", answer)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_payments_over_rpc(self):
        self.sign_in()
        self.begin()
        payment = self.payments()
        for method, args in (
            ("read", [payment.ids, ["state", "amount"]]),
            ("search_read", [[], ["reference"]]),
            ("write", [payment.ids, {"state": "done"}]),
            ("create", [{"onestop_dossier_id": self.dossier.id}]),
            ("_set_done", [payment.ids]),
            ("action_onestop_refunded", [payment.ids, "x"]),
        ):
            answer = self.call_route(
                f"/web/dataset/call_kw/payment.transaction/{method}",
                model="payment.transaction",
                method=method,
                args=args,
                kwargs={},
            )
            self.assertIn("error", answer, method)
        for model in ("onestop.bank.account", "onestop.bank.line"):
            answer = self.call_route(
                f"/web/dataset/call_kw/{model}/search_read",
                model=model,
                method="search_read",
                args=[[]],
                kwargs={},
            )
            self.assertIn("error", answer, model)
        self.assertEqual(payment.state, "draft")

    def test_citizen_pays_in_a_browser(self):
        """With the demo gateway, from the dossier's page to the receipt."""
        self.gateway.state = "disabled"
        demo = self.env["payment.provider"].search([("code", "=", "demo")], limit=1)
        self.assertTrue(demo, "Install payment_demo, as ./onestop test does.")
        demo.copy(
            {
                "state": "test",
                "is_published": True,
                "company_id": self.company.id,
                "payment_method_ids": [Command.set(demo.payment_method_ids.ids)],
            }
        )
        demo.payment_method_ids.active = True
        self.start_tour(
            f"/my/dossiers/{self.dossier.id}",
            "onestop_portal_payment",
            login="t.citizen",
        )
        receipt = self.dossier.receipt_ids
        self.assertEqual((receipt.amount, receipt.method), (150000, "online"))
