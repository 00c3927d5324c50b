# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged

from .common import PortalCase


@tagged("post_install", "-at_install")
class TestCatalogue(PortalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure.name = "Cấp phiếu lý lịch tư pháp Kiểm Thử"
        cls.draft = cls.env["onestop.procedure"].create(
            {
                "code": "9.000009",
                "name": "Chưa công bố Kiểm Thử",
                "department_id": cls.justice.id,
                "sector_id": cls.sector.id,
            }
        )

    def found(self, query):
        links = self.page(f"/procedures?{query}").xpath("//li//a/@href")
        return [link for link in links if link.startswith("/procedures/9.0000")]

    def test_visitors_find_without_accents(self):
        """Words in any order, as people type them."""
        url = f"/procedures/{self.procedure.code}"
        self.assertEqual(self.found("search=tu phap kiem thu"), [url])
        self.assertEqual(self.found("search=KIỂM lý lịch"), [url])
        self.assertEqual(self.found("search=9.000001"), [url])
        self.assertEqual(self.found("search=khong co gi nhu the"), [])

    def test_filters(self):
        url = f"/procedures/{self.procedure.code}"
        self.assertEqual(self.found(f"department={self.justice.id}"), [url])
        self.assertEqual(self.found(f"department={self.health.id}"), [])
        self.assertEqual(self.found(f"sector={self.sector.id}"), [url])
        self.page("/procedures?department=abc&sector=-1&page=x")

    def test_only_published(self):
        self.assertEqual(self.found("search=chua cong bo kiem thu"), [])
        self.page(f"/procedures/{self.draft.code}", status=404)
        self.page("/procedures/no-such-code", status=404)

    def test_procedure_says_what_to_bring(self):
        """Parts as a list to tick, time limit, and the way to file."""
        page = self.page(f"/procedures/{self.procedure.code}")
        self.assertEqual(len(page.xpath("//input[@type='checkbox']")), 2)
        for box in page.xpath("//input[@type='checkbox']"):
            self.assertTrue(page.xpath(f"//label[@for='{box.get('id')}']"))
        self.assertIn(
            f"/procedures/{self.procedure.code}/file", page.xpath("//a/@href")
        )

    def test_closed_form_is_said_on_the_procedure(self):
        self.company.onestop_online_open = False
        links = self.page(f"/procedures/{self.procedure.code}").xpath("//a/@href")
        self.assertNotIn(f"/procedures/{self.procedure.code}/file", links)
        self.assertIn("https://dichvucong.gov.vn", links)

    def test_front_door(self):
        """A visitor comes to the catalogue; staff to their work, as before."""
        answer = self.url_open("/", allow_redirects=False)
        self.assertURLEqual(answer.headers["Location"], "/procedures")
        self.sign_in("receiver")
        answer = self.url_open("/", allow_redirects=False)
        self.assertNotIn("/procedures", answer.headers["Location"])

    def test_language_is_the_centres(self):
        """A visitor with an English browser reads the Centre's language."""
        languages = self.env["res.lang"]
        languages._activate_lang("vi_VN")
        self.company.partner_id.lang = "vi_VN"
        page = self.page("/procedures", headers={"Accept-Language": "en-US,en"})
        self.assertEqual(page.get("lang"), "vi-VN")
        self.company.partner_id.lang = "en_US"
        self.opener.cookies.clear()
        page = self.page("/procedures", headers={"Accept-Language": "en-US,en"})
        self.assertEqual(page.get("lang"), "en-US")

    def test_every_input_has_a_label(self):
        """On each public page; without a label a screen reader says nothing."""
        for url in ("/procedures", "/track"):
            page = self.page(url)
            for field in page.xpath(
                "//main//input[not(@type='hidden')] | //main//select"
            ):
                with self.subTest(url=url, field=field.get("name")):
                    self.assertTrue(page.xpath(f"//label[@for='{field.get('id')}']"))
