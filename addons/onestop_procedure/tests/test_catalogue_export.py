# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import io
import zipfile

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import ProcedureCase, ProcedureFixture, as_csv
from .test_catalogue_history import EXTRA, EXTRA_COLUMNS, PART


class ExportFixture(ProcedureFixture):
    def setUp(self):
        super().setUp()
        rows = [
            self.row(online_level="Toàn trình", legal_basis="1/2026/NĐ-CP"),
            self.row(
                code="9.100002", name="- Gạch đầu dòng", fee_vnd="", fee_note="+x"
            ),
            self.row(
                code="9.100003",
                processing_days="",
                day_type="",
                fee_vnd="0",
                onsite_mode="full",
                frequency="low",
                level="Cấp tỉnh, Cấp xã",
            ),
        ]
        parts = [PART, {**PART, "case": "Cấp lại"}, {**PART, "code": "9.100002"}]
        self.make_import(
            rows, parts, extra_file=as_csv(EXTRA_COLUMNS, [EXTRA])
        ).action_import()
        self.procedures = self.env["onestop.procedure"].search(
            [("code", "=like", "9.10000%")]
        )

    def export(self, layout, procedures=None, user=None):
        context = {"active_model": "onestop.procedure"}
        context["active_ids"] = (procedures or self.procedures).ids
        return (
            self.env["onestop.catalogue.export"]
            .with_user(user or self.head)
            .with_context(**context)
            .create({"layout": layout})
        )

    def content(self, layout, procedures=None, user=None):
        file = io.BytesIO()
        self.export(layout, procedures, user)._write(file)
        return file.getvalue()


@tagged("post_install", "-at_install")
class TestCatalogueExport(ExportFixture, ProcedureCase):
    def assertUnchanged(self, **files):
        importer = self.make_import(**files)
        importer.action_preview()
        self.assertEqual(
            (
                importer.procedure_unchanged,
                importer.procedure_new,
                importer.procedure_changed,
                importer.error_count,
                importer.remark_count,
            ),
            (3, 0, 0, 0, 0),
            importer.changed_ids.mapped("differences")
            + importer.line_ids.mapped("reason"),
        )

    def enrich(self):
        """What agencies write themselves and files have no columns for."""
        version = self.found().version_id.copy({"number": 2})
        version.write({"result_name": "Several\nlines", "legal_basis": "a;\n b ; a"})
        first, second = version.case_ids
        second.write({"time_value": 1, "time_unit": "month"})
        second.step_ids.duration = 0
        second.fee_ids.write({"mode": "text", "amount": 0, "note": "As told"})
        second.part_ids.unlink()
        first.write(
            {
                "fee_ids": [Command.create({"name": "More", "amount": 1000})],
                "part_ids": [Command.create({"name": " Đơn\n", "originals": 1})],
            }
        )
        version._publish(version._fields["valid_from"].to_date("2025-10-01"))

    def test_exported_workbook_comes_back_unchanged(self):
        content = self.content("list_xlsx")
        self.assertUnchanged(procedures_file=base64.b64encode(content))

    def test_exported_csv_comes_back_unchanged(self):
        self.enrich()
        with zipfile.ZipFile(io.BytesIO(self.content("list_csv"))) as archive:
            files = {
                "procedures_file": "procedures.csv",
                "parts_file": "procedure_parts.csv",
                "extra_file": "procedures_extra.csv",
            }
            self.assertEqual(archive.namelist(), list(files.values()))
            self.assertUnchanged(
                **{name: base64.b64encode(archive.read(f)) for name, f in files.items()}
            )

    def test_change_of_one_field_leaves_what_files_cannot_tell(self):
        self.enrich()
        book = openpyxl.load_workbook(io.BytesIO(self.content("list_xlsx")))
        sheet = book["procedures"]
        header = [cell.value for cell in sheet[1]]
        row = next(r for r in sheet.iter_rows(min_row=2) if r[0].value == "9.100001")
        row[header.index("legal_basis")].value = "2/2026/NĐ-CP"
        file = io.BytesIO()
        book.save(file)
        self.make_import(
            procedures_file=base64.b64encode(file.getvalue()), valid_from="2026-01-01"
        ).action_import()
        cases = self.found().version_id.case_ids
        self.assertEqual(cases.mapped("time_unit"), ["workday", "month"])
        self.assertEqual(len(cases[0].fee_ids), 2)
        self.assertEqual(self.found().version_id.legal_basis, "2/2026/NĐ-CP")

    def test_no_cell_is_a_formula(self):
        book = openpyxl.load_workbook(io.BytesIO(self.content("list_xlsx")))
        texts = {c.value for row in book["procedures"].iter_rows() for c in row}
        self.assertLessEqual({"'- Gạch đầu dòng", "'+x"}, texts)

    def test_drafts_and_abolished_are_left_out_and_told(self):
        draft = self.make_procedure("9.100004")
        self.found("9.100003").sudo().action_abolish()
        export = self.export("list_xlsx", self.procedures | draft)
        self.assertEqual(
            (export.scope, export.count, export.left_out), ("selection", 2, 2)
        )
        with self.assertRaises(UserError):
            self.export("list_xlsx", draft).action_export()

    def test_whole_catalogue_and_what_the_list_shows(self):
        Export = self.env["onestop.catalogue.export"].with_user(self.head)
        self.assertEqual(Export.create({}).scope, "all")
        shown = Export.with_context(
            active_model="onestop.procedure",
            active_ids=self.procedures[0].ids,
            active_domain=[("code", "=like", "9.10000%")],
        ).create({})
        self.assertEqual((shown.scope, shown.count), ("selection", 1))
        shown.scope = "shown"
        self.assertEqual(shown.count, 3)

    def test_record_rules_hold(self):
        self.env["ir.rule"].create(
            {
                "name": "All but one",
                "model_id": self.env["ir.model"]._get_id("onestop.procedure"),
                "domain_force": "[('code', '!=', '9.100002')]",
            }
        )
        book = openpyxl.load_workbook(io.BytesIO(self.content("list_xlsx")))
        codes = [row[0].value for row in book["procedures"].iter_rows(min_row=2)]
        self.assertEqual(sorted(codes), ["9.100001", "9.100003"])

    def test_authors_export_and_others_do_not(self):
        for user in (self.staff, self.outsider, self.citizen):
            with self.assertRaises(AccessError):
                self.export("list_xlsx", user=user).action_export()
        for user in (self.head, self.deputy, self.manager, self.admin):
            self.assertTrue(self.content("list_xlsx", user=user))

    def test_queries_do_not_grow_with_the_number_of_procedures(self):
        def queries(procedures):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.content("list_csv", procedures)
            return self.env.cr.sql_log_count - before

        few = queries(self.procedures[:1])
        rows = [self.row(code=f"9.1000{n}") for n in range(10, 50)]
        self.make_import(rows).action_import()
        many = self.env["onestop.procedure"].search([("code", "=like", "9.1000%")])
        self.assertLessEqual(queries(many), few + 6)

    # ------------------------------------------------------------
    # Annex
    # ------------------------------------------------------------

    def decide(self):
        """A decision that publishes, amends, replaces and abolishes."""
        decision = self.env["onestop.decision"].create(
            {
                "number": "77/QĐ-UBND",
                "date": "2025-09-15",
                "issuer_id": self.province.id,
            }
        )
        for code, change in (("9.100001", "amended"), ("9.100002", "replacing")):
            version = self.found(code).version_id.copy({"number": 2, "change": change})
            version.decision_id = decision
            version._publish(decision.date)
        new = self.make_procedure("9.100004")
        new.version_ids.write({"change": "new", "decision_id": decision.id})
        new.version_ids._publish(decision.date)
        self.found("9.100003").action_abolish(
            decision_id=decision.id, reason="Luật 1/2025/QH15"
        )
        return decision

    def test_annex_has_a_list_for_each_kind(self):
        decision = self.decide()
        title, reference, groups = decision.with_user(self.head)._publication_annex()
        self.assertEqual(
            [group.kind for group in groups],
            ["new", "amended", "replacing", "abolished"],
        )
        self.assertIn("77/QĐ-UBND", reference)
        self.assertIn("ngày 15 tháng 9 năm 2025", reference)
        new, amended, _replacing, abolished = (
            g.sectors["Test of notaries"] for g in groups
        )
        self.assertEqual(
            new[0][0], "Cấp lại giấy đăng ký (9.000001)".replace("9.000001", "9.100004")
        )
        self.assertEqual(len(amended[0]), 6)
        self.assertEqual(amended[0][3], "500.000 đồng")
        self.assertEqual(amended[0][4], "1/2026/NĐ-CP")
        self.assertEqual(
            abolished, [["9.100003", "Đăng ký hoạt động", "Luật 1/2025/QH15"]]
        )

    def test_annex_as_workbook_and_pdf(self):
        decision = self.decide()
        book = openpyxl.load_workbook(io.BytesIO(self.content("annex_xlsx")))
        self.assertEqual(book.sheetnames[0], "Phụ lục")
        heads = [c.value for row in book.worksheets[0].iter_rows() for c in row]
        for column in ("Số TT", "Thời hạn giải quyết", "Cơ quan thực hiện"):
            self.assertIn(column, heads)
        self.assertEqual(book.worksheets[0].page_setup.orientation, "landscape")
        self.assertTrue(self.content("annex_pdf").startswith(b"%PDF"))
        pdf, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.head)
            ._render_onestop_pdf(
                "onestop_procedure.report_decision_annex", decision.ids
            )
        )
        self.assertTrue(pdf.startswith(b"%PDF"))


@tagged("post_install", "-at_install")
class TestCatalogueScreens(ExportFixture, HttpCase):
    def test_file_goes_to_who_asked_for_it(self):
        export = self.export("list_xlsx")
        url = export.action_export()["url"]
        self.authenticate(self.head.login, self.head.login)
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        self.assertEqual(book.sheetnames, ["procedures", "parts", "extra"])
        self.authenticate(self.deputy.login, self.deputy.login)
        self.assertEqual(self.url_open(url).status_code, 404)
        self.authenticate(self.staff.login, self.staff.login)
        self.assertIn(self.url_open(url).status_code, (403, 404))

    def test_import_with_preview_and_errors_in_the_browser(self):
        self.start_tour(
            "/odoo/onestop-imports",
            "onestop_catalogue_import",
            login=self.manager.login,
        )
        importer = self.env["onestop.catalogue.import"].search([], limit=1)
        self.assertEqual(importer.state, "done")
        self.assertEqual(self.found("9.100051").state, "published")
        self.assertFalse(self.found("9.100052"))
        self.assertEqual(self.found("9.100002").list_mark, "review")

    def test_head_of_an_agency_is_refused_in_the_browser(self):
        self.start_tour(
            "/odoo", "onestop_catalogue_import_refused", login=self.head.login
        )
        self.start_tour(
            "/odoo/onestop-procedures",
            "onestop_catalogue_export",
            login=self.head.login,
        )
