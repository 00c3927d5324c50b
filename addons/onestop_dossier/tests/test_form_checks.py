# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The checks of the printed forms: each fault that they are for is found."""

from odoo.tests import tagged

from .form_case import NEW, FormCase
from .form_common import fields_of, read_pages


@tagged("post_install", "-at_install")
class TestFormChecksFail(FormCase):
    """The checks themselves: each fault that they are for is found."""

    def setUp(self):
        super().setUp()
        self.dossier = self.full_dossier(NEW)
        self.report = "onestop_dossier.report_dossier_slip"

    def check(self, key="slip", **facts):
        content = self.print_form(self.report, self.dossier)
        facts = self.facts(self.dossier, NEW) | {
            "received_again": "",
            "due_again": "",
            **facts,
        }
        lacks = ("Giai đoạn 2: thời gian nhận:", "thời gian trả kết quả:")
        found = read_pages(content)
        for page in found:
            self.assertPage(page)
        for row in self.rows(key):
            if row["label"] not in lacks:
                wanted = row["copy"] in ("", "1")
                self.assertField(found[:1], row, facts, wanted)

    def rows(self, key):
        return fields_of(key, NEW)

    def style(self, css):
        """A fault in the style of the slip."""
        view = self.env.ref(self.report)
        self.env["ir.ui.view"].create(
            {
                "name": "fault",
                "type": "qweb",
                "mode": "extension",
                "inherit_id": view.id,
                "arch": '<xpath expr="//t[@t-set=\'page_style\']" position="inside">'
                f'<t t-translation="off">{css}</t></xpath>',
            }
        )

    def test_without_a_fault(self):
        self.check()

    def test_each_fault(self):
        for name, css in (
            ("pale", ".os-slip-due { color: #ccc; }"),
            ("dark ground", ".os-slip-due { background: #333; color: #000; }"),
            (
                "cut off",
                ".os-slip-due { height: 6pt; padding: 0; border: 0; "
                "overflow: hidden; }",
            ),
            ("over the edge", ".os-slip-due { margin-left: 130mm; width: 90mm; }"),
            ("one on another", ".os-slip-due { margin-bottom: -14pt; }"),
            ("left out", ".os-slip-due { display: none; }"),
            ("quiet zone", ".os-qr img { width: 4mm; height: 4mm; }"),
        ):
            with self.subTest(fault=name):
                savepoint = self.env.cr.savepoint()
                self.style(css)
                with self.assertRaises(AssertionError):
                    self.check()
                savepoint.close(rollback=True)
                self.env.invalidate_all()
                self.env.registry.clear_cache("templates")

    def test_another_value(self):
        with self.assertRaises(AssertionError):
            self.check(owner="Người khác")
