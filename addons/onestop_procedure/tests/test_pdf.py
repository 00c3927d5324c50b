# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Printed forms: real PDF files, as the user, and nothing fetched from outside."""

import io
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

TEMPLATE = """<t t-name="onestop_procedure.test_form">
    <t t-call="onestop_procedure.pdf_document">
        <t t-set="title" t-value="'Phiếu thử'"/>
        <div t-foreach="docs" t-as="doc" class="os-doc">
            <t t-call="onestop_procedure.pdf_header">
                <t t-set="superior" t-value="'Ủy ban nhân dân tỉnh'"/>
                <t t-set="agency" t-value="'Trung tâm'"/>
                <t t-set="date" t-value="doc.create_date"/>
            </t>
            <h1 class="os-title">Giấy tiếp nhận <t t-out="doc.name"/></h1>
            <p t-foreach="range(extra_lines or 1)" t-as="i">Dòng <t t-out="i"/></p>
            <t t-out="more"/>
            <t t-call="onestop_procedure.pdf_qr">
                <t t-set="text" t-value="doc.name"/>
                <t t-set="caption" t-value="'Tra cứu hồ sơ'"/>
            </t>
            <t t-call="onestop_procedure.pdf_signatures">
                <t t-set="blocks" t-value="[{}, {'capacity': ['GIÁM ĐỐC']}]"/>
            </t>
            <b t-out="vn_money(200000)"/>
        </div>
    </t>
</t>"""


class PdfCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env["res.groups"].create({"name": "Printers"})
        cls.env["ir.ui.view"].create(
            {
                "name": "test_form",
                "key": "onestop_procedure.test_form",
                "type": "qweb",
                "arch": TEMPLATE,
            }
        )
        cls.report = cls.env["ir.actions.report"].create(
            {
                "name": "Test form",
                "model": "res.partner",
                "report_type": "onestop-pdf",
                "report_name": "onestop_procedure.test_form",
                "print_report_name": "'Phiếu ' + object.name",
                "group_ids": [Command.link(cls.group.id)],
            }
        )
        cls.partners = cls.env["res.partner"].create(
            [{"name": "Nguyễn Thị Ánh"}, {"name": "Trần Văn Bình"}]
        )
        cls.printer = new_test_user(
            cls.env, "printer", groups="base.group_user", password="printer"
        )
        cls.printer.group_ids |= cls.group
        cls.stranger = new_test_user(
            cls.env, "stranger", groups="base.group_user", password="stranger"
        )

    def render(self, records=None, user=None, **data):
        reports = self.env["ir.actions.report"].with_user(user or self.printer)
        records = self.partners[:1] if records is None else records
        content, kind = reports._render_onestop_pdf(
            "onestop_procedure.test_form", records.ids, data
        )
        self.assertEqual(kind, "pdf")
        return content

    def pages(self, content):
        return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


@contextmanager
def listener():
    """An address on this machine, and the list of the paths that were asked of it."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@tagged("post_install", "-at_install")
class TestPdf(PdfCase):
    def test_the_text_is_vietnamese_and_real(self):
        (text,) = self.pages(self.render())
        for words in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Nguyễn Thị Ánh".upper(),
            "200.000 đồng",
            "Tra cứu hồ sơ",
        ):
            self.assertIn(words, text)

    def test_it_is_pdf_a_2b(self):
        content = self.render()
        reader = PdfReader(io.BytesIO(content))
        metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
        self.assertRegex(metadata, r"pdfaid:part(=\"|>)2")
        self.assertRegex(metadata, r"pdfaid:conformance(=\"|>)B")
        self.assertIn("/OutputIntents", reader.trailer["/Root"])
        self.assertEqual(reader.metadata.title, "Phiếu thử")

    def test_fonts_are_embedded_liberation(self):
        reader = PdfReader(io.BytesIO(self.render()))
        fonts = reader.pages[0]["/Resources"]["/Font"].values()
        names = {font.get_object()["/BaseFont"] for font in fonts}
        self.assertTrue(all("Liberation" in name for name in names), names)

    def test_the_same_form_gives_the_same_bytes(self):
        self.assertEqual(self.render(), self.render())

    def test_each_record_starts_a_page_and_counts_its_own(self):
        pages = self.pages(self.render(self.partners, extra_lines=35))
        self.assertEqual(len(pages), 4)
        for first in (0, 2):
            self.assertIn("VIỆT NAM", pages[first])
            self.assertNotIn("VIỆT NAM", pages[first + 1])
            self.assertNotIn("1", pages[first].splitlines())
            self.assertIn("2", pages[first + 1].splitlines())

    def test_remote_addresses_are_refused_and_never_asked(self):
        with listener() as (address, asked):
            for more in (
                f"<img src='{address}/image.png'/>",
                f"<link rel='stylesheet' href='{address}/style.css'/>",
                f"<div style='background: url({address}/back.png)'>x</div>",
                f"<style>@import url({address}/import.css);</style>",
                "<style>@font-face {font-family: x; src: url("
                f"{address}/font.ttf)}} b {{font-family: x}}</style>",
                "<img src='/web/image/1'/>",
                "<img src='file:///etc/hostname'/>",
                "<svg viewBox='0 0 9 9'>"
                f"<image href='{address}/svg.png' width='9' height='9'/></svg>",
            ):
                with (
                    self.subTest(more=more),
                    mute_logger("weasyprint"),
                    self.assertRaises(UserError),
                ):
                    self.render_more(more)
            self.assertEqual(asked, [])

    def render_more(self, more):
        view = self.env.ref("onestop_procedure.test_form", raise_if_not_found=False)
        view = view or self.env["ir.ui.view"].search(
            [("key", "=", "onestop_procedure.test_form")]
        )
        view.arch = TEMPLATE.replace('<t t-out="more"/>', more)
        return self.render()

    def test_data_addresses_are_served(self):
        pixel = (
            "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElE"
            "QVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
        )
        self.assertTrue(self.render_more(f"<img src='{pixel}'/>"))

    def test_the_group_of_the_report_is_asked(self):
        with self.assertRaises(AccessError):
            self.render(user=self.stranger)

    def test_the_rules_of_the_record_are_asked(self):
        rule = self.env["ir.rule"].create(
            {
                "name": "hidden",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "domain_force": str([("id", "!=", self.partners[1].id)]),
            }
        )
        self.assertTrue(rule)
        self.env.invalidate_all()
        self.assertTrue(self.render(self.partners[0]))
        with (
            mute_logger("odoo.addons.base.models.ir_rule"),
            self.assertRaises(AccessError),
        ):
            self.render(self.partners)

    def test_nothing_to_print(self):
        with self.assertRaises(UserError):
            self.render(self.env["res.partner"])

    def test_generic_rendering_finds_the_type(self):
        reports = self.env["ir.actions.report"].with_user(self.printer)
        content, kind = reports._render(self.report.id, self.partners[:1].ids)
        self.assertEqual((content[:5], kind), (b"%PDF-", "pdf"))

    def test_the_action_asks_for_no_layout(self):
        admin = self.env.ref("base.user_admin")
        action = self.report.with_user(admin).report_action(self.partners)
        self.assertEqual(action["type"], "ir.actions.report")
        self.assertEqual(action["context"]["active_ids"], self.partners.ids)


@tagged("post_install", "-at_install")
class TestPdfRoute(PdfCase, HttpCase):
    def get(self, records, **params):
        docids = ",".join(map(str, records.ids))
        return self.url_open(
            f"/onestop/pdf/onestop_procedure.test_form/{docids}", params=params
        )

    def test_the_printer_gets_a_named_pdf(self):
        self.authenticate("printer", "printer")
        answer = self.get(self.partners[0], options='{"extra_lines": 35}')
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertRegex(
            answer.headers["Content-Disposition"],
            r"^inline; .*filename\*=UTF-8''Phi%E1%BA%BFu%20Nguy",
        )
        self.assertEqual(len(self.pages(answer.content)), 2)

    def test_a_stranger_is_refused(self):
        self.authenticate("stranger", "stranger")
        with mute_logger("odoo.http"):
            self.assertEqual(self.get(self.partners[0]).status_code, 403)

    def test_nobody_is_sent_to_log_in(self):
        answer = self.url_open(
            "/onestop/pdf/onestop_procedure.test_form/1", allow_redirects=False
        )
        self.assertIn("/web/login", answer.headers["Location"])

    def test_what_is_not_there(self):
        self.authenticate("printer", "printer")
        partner = self.partners[0]
        gone = self.env["res.partner"].browse(2**31 - 2)
        self.assertEqual(self.get(partner | gone).status_code, 404)
        answer = self.url_open(f"/onestop/pdf/web.report_layout/{partner.id}")
        self.assertEqual(answer.status_code, 404)
        answer = self.url_open("/onestop/pdf/onestop_procedure.test_form/1,x")
        self.assertEqual(answer.status_code, 400)

    def test_the_web_client_opens_it(self):
        """The action handler opens the route in a tab of its own."""
        ids = self.partners.ids
        script = """
            const { browser } = odoo.loader.modules.get("@web/core/browser/browser");
            browser.open = (url) => {
                const wanted = "/onestop/pdf/onestop_procedure.test_form/DOCIDS";
                console.log(url === wanted ? "test successful" : `opened ${url}`);
                return window;
            };
            odoo.__WOWL_DEBUG__.root.env.services.action.doAction({
                type: "ir.actions.report",
                report_type: "onestop-pdf",
                report_name: "onestop_procedure.test_form",
                context: { active_ids: [DOCIDS] },
            });
        """
        self.browser_js(
            "/odoo",
            script.replace("DOCIDS", ",".join(map(str, ids))),
            "odoo.isReady === true",
            login="printer",
        )
