# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The print dialog: several forms of several dossiers in one PDF."""

import io
import json
from urllib.parse import parse_qs, urlsplit

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..forms import FORMS, form_of, signature_lines, split_copies
from .common import DossierCase, DossierData


@tagged("post_install", "-at_install")
class TestPaperForms(DossierCase):
    """What the circulars fix, against a table written by hand from them."""

    def test_numbers_by_circular(self):
        old, new = "TT 01/2018/TT-VPCP", "TT 03/2025/TT-VPCP"
        for key, old_number, new_number in (
            ("slip", "01", "01"),
            ("guidance", "02", "02"),
            ("refusal", "03", "03"),
            ("apology", "04", "04"),
            ("stop", None, "05"),
            ("control", "05", "06"),
            ("register", "06", "07"),
        ):
            for rules, circular, number in (
                ("nd61_2018", old, old_number),
                ("nd61_107", old, old_number),
                ("nd118_2025", new, new_number),
            ):
                with self.subTest(key=key, rules=rules):
                    form = form_of(key, rules)
                    if number is None:
                        self.assertIsNone(form)
                        continue
                    self.assertEqual(form.number, f"Mẫu số {number}")
                    self.assertEqual(form.circular, circular)
        self.assertEqual(len(FORMS), 19)

    def test_copies(self):
        copies = {
            key: len(form.copies)
            for (key, rules), form in FORMS.items()
            if rules == "nd118_2025"
        }
        self.assertEqual(
            copies,
            {
                "slip": 2,
                "guidance": 2,
                "refusal": 2,
                "apology": 3,
                "stop": 2,
                "control": 1,
                "register": 1,
            },
        )

    def test_lines_above_a_signature(self):
        """NĐ 30/2020/NĐ-CP, Điều 13 and Phụ lục I."""
        for arguments, lines in (
            (("department",), ["Giám đốc"]),
            (("department", "KT."), ["KT. Giám đốc", "Phó Giám đốc"]),
            (
                ("department", "TUQ.", "Trưởng phòng"),
                ["TUQ. Giám đốc", "Trưởng phòng"],
            ),
            (("department", "Q."), ["Q. Giám đốc"]),
            (("vertical",), ["Thủ trưởng cơ quan"]),
            (("province",), ["TM. Ủy ban nhân dân", "Chủ tịch"]),
            (
                ("province", "KT."),
                ["TM. Ủy ban nhân dân", "KT. Chủ tịch", "Phó Chủ tịch"],
            ),
            (
                ("province", "TL.", "Chánh Văn phòng"),
                ["TL. Chủ tịch", "Chánh Văn phòng"],
            ),
        ):
            with self.subTest(arguments=arguments):
                self.assertEqual(signature_lines(*arguments), lines)

    def test_copies_are_certified_where_the_paper_says_so(self):
        self.assertEqual(
            split_copies("Bản sao có Chứng thực căn cước", 2),
            {"certified": 2, "copies": 0},
        )
        self.assertEqual(split_copies("Bản sao", 1), {"certified": 0, "copies": 1})


@tagged("post_install", "-at_install")
class TestPrint(DossierCase):
    def dialog(self, dossiers, name="receiver"):
        dialogs = self.env["onestop.dossier.print"].with_user(self.users[name])
        return dialogs.with_context(
            active_model="onestop.dossier", active_ids=dossiers.ids
        ).create({})

    def papers(self, action):
        query = parse_qs(urlsplit(action["url"]).query)
        return json.loads(query["papers"][0]), int(query["sets"][0])

    def line(self, dialog, key):
        return dialog.line_ids.filtered(lambda line: line.key == key)

    def test_what_can_be_printed_is_offered_and_why_the_rest_cannot(self):
        dossier = self.dossier_in("received")
        slip = self.line(self.dialog(dossier), "slip")
        self.assertEqual((slip.count, slip.is_chosen), (1, True))
        keys = [row["key"] for row in self.act_as(dossier, "receiver")._form_keys()]
        self.assertIn("slip", keys)
        slip = self.line(self.dialog(self.new_dossier()), "slip")
        self.assertEqual((slip.count, slip.is_chosen), (0, False))
        self.assertIn("received", slip.reason)

    def test_several_dossiers_in_one_file(self):
        first, second = self.dossier_in("received"), self.dossier_in("received")
        draft = self.new_dossier()
        dialog = self.dialog(first | second | draft)
        self.assertEqual(self.line(dialog, "slip").count, 2)
        dialog.sets = 2
        papers, sets = self.papers(dialog.action_print())
        self.assertEqual(
            papers,
            [
                ["onestop_dossier.dossier_slip_report", [first.id]],
                ["onestop_dossier.dossier_slip_report", [second.id]],
            ],
        )
        reports = self.env["ir.actions.report"].with_user(self.users["receiver"])
        content = reports._render_onestop_papers(papers, sets=sets)
        pages = PdfReader(io.BytesIO(content)).pages
        # two dossiers, two copies each, all twice
        self.assertEqual(len(pages), 8)
        reader = PdfReader(io.BytesIO(content))
        metadata = reader.trailer["/Root"]["/Metadata"].get_data().decode()
        self.assertRegex(metadata, r"pdfaid:part(=\"|>)2")

    def test_nothing_ticked(self):
        dialog = self.dialog(self.dossier_in("received"))
        dialog.line_ids.is_chosen = False
        with self.assertRaises(UserError):
            dialog.action_print()

    def test_a_form_of_other_roles_is_not_offered(self):
        dossier = self.dossier_in("processing")
        self.assertFalse(self.line(self.dialog(dossier, "appraiser"), "slip"))
        reports = self.env["ir.actions.report"].with_user(self.users["appraiser"])
        with self.assertRaises(AccessError):
            reports._render_onestop_papers(
                [["onestop_dossier.dossier_slip_report", dossier.ids]]
            )

    def test_another_agency_sees_nothing_to_print(self):
        dossier = self.dossier_in("received")
        with self.assertRaises(AccessError):
            self.dialog(dossier, "stranger_head").line_ids.mapped("count")

    def test_a_line_made_up_over_rpc_prints_nothing(self):
        """What is printed is asked again: a tick beside an impossible form is idle."""
        dialog = self.dialog(self.new_dossier())
        self.line(dialog, "slip").write({"is_chosen": True, "count": 1})
        with self.assertRaises(UserError):
            dialog.action_print()

    def test_at_most_fifty(self):
        dialogs = self.env["onestop.dossier.print"].with_user(self.users["receiver"])
        with self.assertRaises(UserError):
            dialogs.with_context(
                active_model="onestop.dossier", active_ids=list(range(1, 60))
            ).create({})


@tagged("post_install", "-at_install")
class TestPrintWeb(DossierData, HttpCase):
    """The address behind the dialog's button."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_data()

    def fetch(self, papers, sets=1, name="receiver"):
        self.authenticate(f"t.{name}", f"t.{name}.secret")
        return self.url_open(f"/onestop/pdf?papers={json.dumps(papers)}&sets={sets}")

    def test_one_file(self):
        dossier = self.dossier_in("received")
        report = "onestop_dossier.dossier_slip_report"
        answer = self.fetch([[report, [dossier.id]]])
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        self.assertEqual(len(PdfReader(io.BytesIO(answer.content)).pages), 2)

    def test_bad_addresses(self):
        dossier = self.dossier_in("received")
        report = "onestop_dossier.dossier_slip_report"
        for papers, sets, status in (
            ("x", 1, 400),
            ([["no.such_report", [1]]], 1, 400),
            ([["web.report_layout", [1]]], 1, (400, 404)),
            ([[report, [0]]], 1, 404),
            ([[report, ["x"]]], 1, 400),
            ([[report, [dossier.id]]], 99, 400),
        ):
            with self.subTest(papers=papers, sets=sets):
                code = self.fetch(papers, sets).status_code
                self.assertIn(code, status if isinstance(status, tuple) else (status,))
        self.assertEqual(
            self.fetch([[report, [dossier.id]]], 1, "stranger").status_code, 403
        )

    def test_two_papers_in_the_browser(self):
        dossier = self.dossier_in("received")
        self.start_tour(
            f"/odoo/action-onestop_dossier.dossier_action/{dossier.id}",
            "onestop_dossier_print",
            login="t.receiver",
        )
