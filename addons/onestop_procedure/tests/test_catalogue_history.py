# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import io
from unittest.mock import patch

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.onestop_procedure.models import catalogue_import

from .common import PART_COLUMNS, ProcedureCase, as_csv

EXTRA_COLUMNS = [
    "code",
    "issuing_body",
    "executing_agency_verbatim",
    "decision_no",
    "applicants",
    "submission_channels",
    "portal_url",
]
PART = {"code": "9.100001", "part_name": "Đơn", "originals": "1", "copies": "0"}
EXTRA = {
    "code": "9.100001",
    "issuing_body": "Bộ Tư pháp",
    "executing_agency_verbatim": "Department of Health; Cơ quan khác",
    "decision_no": "12/QĐ-BTP",
    "applicants": "Cán bộ, công chức, viên chức, Doanh nghiệp",
    "submission_channels": "Dịch vụ bưu chính; Trực tuyến",
    "portal_url": "https://example.org/1",
}


@tagged("post_install", "-at_install")
class TestCatalogueHistory(ProcedureCase):
    def load(self, procedures, parts=(), **values):
        importer = self.make_import(procedures, parts, **values)
        importer.action_import()
        return importer

    def preview(self, procedures, parts=(), **values):
        importer = self.make_import(procedures, parts, **values)
        importer.action_preview()
        return importer

    # ------------------------------------------------------------
    # What changes, field by field
    # ------------------------------------------------------------

    def test_preview_tells_each_field_that_changes(self):
        self.load([self.row()], [PART])
        importer = self.preview(
            [self.row(name="Tên mới", processing_days="3", fee_vnd="0")],
            [PART, {**PART, "part_name": "Ảnh"}],
            valid_from="2026-01-01",
        )
        change = importer.changed_ids
        self.assertEqual(change.summary, "Name, Time Limit, Fee, Documents")
        for text in ("Tên mới", "5 working days", "3 working days", "500000", "Ảnh"):
            self.assertIn(text, change.detail)
        self.assertTrue(change.is_revised)
        self.assertEqual(change.procedure_id, self.found())

    def test_file_without_documents_leaves_them(self):
        self.load([self.row()], [PART])
        self.load([self.row(processing_days="3")], valid_from="2026-01-01")
        version = self.found().version_id
        self.assertEqual(version.number, 2)
        self.assertEqual(version.case_ids.part_ids.mapped("name"), ["Đơn"])

    def test_new_version_keeps_what_files_do_not_tell(self):
        self.load([self.row()], [PART])
        draft = self.found().version_id.copy({"number": 2})
        draft.write({"conditions": "Conditions", "keywords": "Words"})
        draft.case_ids.part_ids.write(
            {"form_file": base64.b64encode(b"form"), "required": False}
        )
        draft._publish(draft._fields["valid_from"].to_date("2025-10-01"))
        self.load([self.row(processing_days="3")], [PART], valid_from="2026-01-01")
        version = self.found().version_id
        self.assertEqual(version.number, 3)
        self.assertEqual(
            (version.conditions, version.keywords), ("Conditions", "Words")
        )
        part = version.case_ids.part_ids
        self.assertEqual(base64.b64decode(part.form_file), b"form")
        self.assertFalse(part.required)

    def test_further_columns(self):
        extra = as_csv(EXTRA_COLUMNS, [EXTRA])
        self.load([self.row(legal_basis="1/2026/NĐ-CP; khác")], extra_file=extra)
        version = self.found().version_id
        self.assertEqual(version.issuing_body, "Bộ Tư pháp")
        self.assertEqual(version.central_decision, "12/QĐ-BTP")
        self.assertEqual(version.subject_ids.mapped("code"), ["official", "enterprise"])
        self.assertEqual(set(version.method_ids.mapped("channel")), {"post", "online"})
        self.assertEqual(version.executing_ids, self.health)
        self.assertEqual(version.legal_basis_ids.mapped("number"), ["1/2026/NĐ-CP"])
        again = self.preview(
            [self.row(legal_basis="1/2026/NĐ-CP; khác")], extra_file=extra
        )
        self.assertEqual(again.procedure_unchanged, 1)

    def test_other_catalogue_than_the_one_checked_is_not_imported(self):
        importer = self.preview([self.row()])
        self.load([self.row(name="Khác")])
        with self.assertRaisesRegex(UserError, "Check the files again"):
            importer.action_import()

    def test_a_list_with_all_its_dirt_twice_gives_the_same_database(self):
        """What the national list has: no time, no fee, several levels, repetitions."""
        rows, parts, extra = [], [], []
        for n in range(60):
            code = f"9.30{n:04}"
            rows.append(
                self.row(
                    code=code,
                    name=f"- Thủ tục\u00a0 số {n}",
                    field=f"Lĩnh  vực {n % 7}",
                    level=("Cấp bộ, Cấp tỉnh", "", "Cấp xã")[n % 3],
                    processing_days=("", "5", "30")[n % 3],
                    day_type=("", "working", "calendar")[n % 3],
                    fee_vnd=("", "0", "150000")[n % 3],
                    fee_note=("Theo quy định", "")[n % 2],
                    result=(": Giấy phép;", "")[n % 2],
                    online_level=("Toàn trình", "")[n % 2],
                    legal_basis="118/2025/NĐ-CP; 2017/QH14;; 118/2025/NĐ-CP",
                )
            )
            part = {**PART, "code": code}
            heading = {**part, "case": f"* Trường hợp {n % 4}, gồm:"}
            parts += [part, part, heading][: n % 4]
            extra.append({**EXTRA, "code": code, "applicants": "Đảng viên, Hợp tác xã"})

        def load():
            self.load(rows, parts, extra_file=as_csv(EXTRA_COLUMNS, extra))
            self.env.flush_all()
            found = []
            for table in (
                "procedure",
                "procedure_version",
                "procedure_case",
                "procedure_part",
                "procedure_fee",
                "procedure_step",
                "procedure_method",
                "decision",
                "sector",
            ):
                self.env.cr.execute(f"SELECT count(*), max(id) FROM onestop_{table}")
                found.append((table, *self.env.cr.fetchone()))
            return found

        self.assertEqual(load(), load())

    # ------------------------------------------------------------
    # Missing in the files
    # ------------------------------------------------------------

    def test_missing_procedures_are_told_and_only_marked(self):
        self.load([self.row(code=f"9.10000{n}") for n in range(1, 5)])
        self.load([self.row(code="9.100009", department="T-HEALTH")])
        importer = self.preview([self.row()])
        # Those of an agency that the file says nothing of are not missing.
        self.assertEqual(
            importer.gone_ids.mapped("code"), ["9.100002", "9.100003", "9.100004"]
        )
        self.assertEqual(set(importer.gone_ids.mapped("mark")), {"leave"})
        importer.gone_ids[0].mark = "abolish"
        importer.gone_ids[1].mark = "review"
        importer.action_import()
        marks = [self.found(f"9.10000{n}").list_mark for n in range(2, 5)]
        self.assertEqual(marks, ["abolish", "review", False])
        self.assertEqual(self.found("9.100002").state, "published")

    def test_mark_ends_when_a_list_names_the_procedure_again(self):
        self.load([self.row(), self.row(code="9.100002")])
        importer = self.preview([self.row()])
        importer.action_review_gone()
        importer.action_import()
        self.assertEqual(self.found("9.100002").list_mark, "review")
        self.load([self.row(), self.row(code="9.100002")])
        self.assertFalse(self.found("9.100002").list_mark)

    # ------------------------------------------------------------
    # Rows with errors
    # ------------------------------------------------------------

    def errors_of(self, importer):
        content = base64.b64decode(importer.error_file)
        return content, openpyxl.load_workbook(io.BytesIO(content))

    def test_rows_with_errors_come_back_to_be_corrected(self):
        rows = [self.row(), self.row(code="9.100002", fee_vnd="50.000")]
        parts = [PART, {**PART, "code": "9.100002"}]
        importer = self.preview(rows, parts)
        content, book = self.errors_of(importer)
        self.assertEqual(book.sheetnames, ["procedures", "parts"])
        sheet = book["procedures"]
        self.assertEqual(sheet.max_row, 2)
        header = [cell.value for cell in sheet[1]]
        self.assertEqual(header[-1], "error")
        self.assertIn("50.000", sheet.cell(2, len(header)).value)
        self.assertEqual(book["parts"].max_row, 2)
        sheet.cell(2, header.index("fee_vnd") + 1).value = "50000"
        file = io.BytesIO()
        book.save(file)
        corrected = self.make_import(procedures_file=base64.b64encode(file.getvalue()))
        corrected.action_import()
        fee = self.found("9.100002").version_id.case_ids.fee_ids
        self.assertEqual(fee.amount, 50000)
        self.assertEqual(len(fee.case_id.part_ids), 1)

    def test_good_rows_alone_only_when_chosen(self):
        rows = [self.row(), self.row(code="9.100002", fee_vnd="50.000")]
        importer = self.preview(rows)
        with self.assertRaises(UserError):
            importer.action_import()
        self.assertFalse(self.found())
        importer.is_partial = True
        importer.action_import()
        self.assertTrue(self.found())
        self.assertFalse(self.found("9.100002"))

    def test_error_in_a_document_keeps_its_procedure_out(self):
        parts = [PART, {**PART, "part_name": "Ảnh", "originals": "hai"}]
        importer = self.make_import(
            [self.row(), self.row(code="9.100002")], parts, is_partial=True
        )
        importer.action_import()
        self.assertFalse(self.found())
        self.assertTrue(self.found("9.100002"))

    # ------------------------------------------------------------
    # In the background
    # ------------------------------------------------------------

    def run_waiting(self):
        cron = self.env.ref("onestop_procedure.ir_cron_catalogue_import")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()

    def make_large(self, rows, **values):
        self.startPatcher(patch.object(catalogue_import, "LARGE", 1))
        return self.make_import(rows, **values)

    def test_large_import_waits_and_is_done_in_the_background(self):
        rows = [self.row(), self.row(code="9.100002")]
        importer = self.make_large(rows)
        cron = self.env.ref("onestop_procedure.ir_cron_catalogue_import")
        triggers = self.env["ir.cron.trigger"].search_count([])
        importer.action_import()
        self.assertEqual(
            self.env["ir.cron.trigger"].search([], order="id desc", limit=1).cron_id,
            cron,
        )
        self.assertEqual(self.env["ir.cron.trigger"].search_count([]), triggers + 1)
        self.assertEqual((importer.state, importer.percent), ("queued", 0))
        self.assertEqual(importer.phase, "Waiting for its turn")
        self.assertFalse(self.found())
        self.run_waiting()
        self.env.invalidate_all()
        self.assertEqual((importer.state, importer.percent), ("done", 100))
        self.assertEqual(self.found().state, "published")
        self.assertEqual(self.found().create_uid, self.manager)
        self.assertEqual(importer.progress_ids.phase, "finish")
        self.assertIn("procedures: ", importer.fingerprints)

    def test_failure_in_the_background_is_told_and_leaves_nothing(self):
        importer = self.make_large([self.row(), self.row(code="9.100002")])
        importer.action_import()
        loader = type(self.env["onestop.catalogue.loader"])
        marking = patch.object(
            loader, "_mark_gone", side_effect=UserError("At the end")
        )
        with marking:
            self.run_waiting()
        self.assertEqual((importer.state, importer.failure), ("failed", "At the end"))
        self.assertFalse(self.found())
        importer.action_import()
        self.run_waiting()
        self.assertEqual(importer.state, "done")

    def test_waiting_import_can_be_cancelled(self):
        importer = self.make_large([self.row(), self.row(code="9.100002")])
        importer.action_import()
        with self.assertRaises(UserError):
            importer.action_preview()
        importer.action_cancel()
        self.run_waiting()
        self.assertEqual(importer.state, "cancelled")
        self.assertFalse(self.found())
        with self.assertRaises(UserError):
            importer.action_cancel()

    def test_import_that_the_server_dropped_is_told(self):
        importer = self.make_import([self.row()])
        importer.sudo().state = "running"
        self.run_waiting()
        self.assertEqual(importer.state, "failed")
        self.assertIn("server was stopped", importer.failure)

    # ------------------------------------------------------------
    # History, and who
    # ------------------------------------------------------------

    def test_course_is_not_typed_in(self):
        importer = self.make_import([self.row()], state="done", user_id=self.admin.id)
        self.assertEqual((importer.state, importer.user_id), ("files", self.manager))
        for values in ({"state": "done"}, {"error_count": 0}, {"user_id": 1}):
            with self.assertRaises(AccessError):
                importer.write(values)
        importer.action_import()
        with self.assertRaises(UserError):
            importer.write({"valid_from": "2026-01-01"})
        with self.assertRaises(UserError):
            importer.unlink()

    def test_manager_of_one_agency_does_not_import(self):
        manager = self.make_user("own.catalogue", self.justice, "catalogue")
        with self.assertRaises(AccessError):
            self.make_import([self.row()], user=manager)

    def test_documents_as_before(self):
        """The order of columns does not matter."""
        parts = as_csv(list(reversed(PART_COLUMNS)), [PART])
        self.load([self.row()], parts_file=parts)
        self.assertEqual(self.found().version_id.case_ids.part_ids.name, "Đơn")
