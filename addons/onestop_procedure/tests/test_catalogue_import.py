# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import ProcedureCase, as_csv

PARTS = [
    {"code": "9.100001", "part_name": "Đơn", "originals": "1", "copies": "0"},
    {
        "code": "9.100001",
        "case": "Cấp lại:",
        "part_name": "Bản sao",
        "originals": "0",
        "copies": "2",
    },
]
DEPARTMENT_COLUMNS = [
    "short",
    "code",
    "name_vi",
    "name_en",
    "kind",
    "valid_from",
    "valid_to",
    "successor",
    "parent",
]


@tagged("post_install", "-at_install")
class TestCatalogueImport(ProcedureCase):
    def load(self, procedures, parts=(), **values):
        importer = self.make_import(procedures, parts, **values)
        importer.action_import()
        return importer

    def counts(self, importer):
        return (
            importer.procedure_new,
            importer.procedure_changed,
            importer.procedure_unchanged,
            importer.error_count,
        )

    # ------------------------------------------------------------
    # What is brought in
    # ------------------------------------------------------------

    def test_imported_procedure_is_published_with_cases_and_process(self):
        self.load([self.row()], PARTS)
        procedure = self.found()
        self.assertEqual(procedure.department_id, self.justice)
        self.assertEqual(procedure.sector_id, self.sector)
        self.assertEqual(procedure.state, "published")
        self.assertEqual(procedure.onsite_mode, "reception")
        version = procedure.version_id
        self.assertEqual((version.number, version.valid_from), (1, date(2025, 7, 1)))
        self.assertEqual(
            version.case_ids.mapped("name"), ["Trường hợp chung", "Cấp lại"]
        )
        for case in version.case_ids:
            self.assertEqual((case.time_value, case.time_unit), (5, "workday"))
            self.assertEqual((case.fee_ids.mode, case.fee_ids.amount), ("fixed", 5e5))
            self.assertEqual(
                case.step_ids.mapped("activity"),
                ["receive", "appraise", "approve", "return"],
            )
            self.assertEqual(case.step_hours, 40)

    def test_unknown_fee_and_time_stay_unknown(self):
        self.load([self.row(processing_days="", day_type="", fee_vnd="")])
        case = self.found().version_id.case_ids
        self.assertEqual(case.time_unit, "none")
        self.assertEqual(case.fee_ids.mode, "unknown")

    def test_on_the_spot_by_option_and_by_file(self):
        self.load(
            [
                self.row(),
                self.row(code="9.100002", onsite_mode="no_appraisal"),
                self.row(code="9.100003", onsite_mode="none", frequency="frequent"),
            ],
            onsite_mode="full",
        )
        self.assertEqual(self.found().onsite_mode, "full")
        self.assertEqual(self.found("9.100002").onsite_mode, "no_appraisal")
        self.assertEqual(self.found("9.100003").onsite_mode, "none")
        self.assertEqual(self.found("9.100003").frequency, "frequent")

    def test_new_sector_is_made_once_whatever_its_commas(self):
        self.load(
            [
                self.row(field="Test of safety, hygiene"),
                self.row(code="9.100002", field="test of safety hygiene"),
            ]
        )
        self.assertEqual(self.found().sector_id, self.found("9.100002").sector_id)
        self.assertEqual(self.found().sector_id.name, "Test of safety, hygiene")

    def test_ended_agency_stands_for_its_successor(self):
        self.justice.write({"valid_to": "2025-02-28", "successor_id": self.health.id})
        self.load([self.row()])
        self.assertEqual(self.found().department_id, self.health)

    # ------------------------------------------------------------
    # Again
    # ------------------------------------------------------------

    def test_import_is_repeatable(self):
        self.load([self.row()], PARTS)
        version = self.found().version_id
        again = self.load([self.row()], PARTS)
        self.assertEqual(self.counts(again), (0, 0, 1, 0))
        self.assertEqual(self.found().version_ids, version)

    def test_change_makes_a_new_version_and_leaves_the_old_one(self):
        self.load([self.row()], PARTS)
        first = self.found().version_id
        changed = self.load(
            [self.row(processing_days="3")], PARTS, valid_from="2026-01-01"
        )
        self.assertEqual(self.counts(changed), (0, 1, 0, 0))
        second = self.found().version_id
        self.assertEqual((first.number, second.number), (1, 2))
        self.assertEqual(first.valid_to, date(2025, 12, 31))
        self.assertEqual(first.case_ids[0].time_value, 5)
        self.assertEqual(second.case_ids[0].time_value, 3)
        self.assertEqual(second.case_ids[0].step_hours, 24)

    def test_change_before_the_version_in_force_is_an_error(self):
        self.load([self.row()], valid_from="2026-01-01")
        importer = self.make_import([self.row(fee_vnd="1")], valid_from="2025-12-31")
        importer.action_preview()
        self.assertIn("01/01/2026", importer.line_ids.reason)

    def test_own_process_of_an_agency_is_kept(self):
        self.load([self.row()])
        draft = self.found().version_id.action_new_version()["res_id"]
        draft = self.env["onestop.procedure.version"].browse(draft)
        approve = draft.case_ids.step_ids.filtered(lambda s: s.activity == "approve")
        approve.write({"onsite": True, "product": "Signed sheet"})
        draft.action_publish("2025-10-01")
        self.assertEqual(self.found().onsite_mode, "no_appraisal")
        again = self.load([self.row()])
        self.assertEqual(self.counts(again), (0, 0, 1, 0))
        self.load([self.row(legal_basis="1/2026/QH16")], valid_from="2026-01-01")
        steps = self.found().version_id.case_ids.step_ids
        self.assertIn("Signed sheet", steps.mapped("product"))
        self.assertEqual(self.found().onsite_mode, "no_appraisal")

    def test_new_name_needs_no_new_version(self):
        self.load([self.row()])
        importer = self.load([self.row(name="Tên mới", department="T-HEALTH")])
        self.assertEqual(self.counts(importer), (0, 1, 0, 0))
        self.assertEqual(self.found().name, "Tên mới")
        self.assertEqual(self.found().department_id, self.health)
        self.assertEqual(len(self.found().version_ids), 1)

    def test_drafted_procedure_gets_its_version(self):
        self.make_procedure("9.100001", name="Nháp")
        self.load([self.row()])
        procedure = self.found()
        self.assertEqual(procedure.state, "published")
        self.assertEqual(procedure.version_id.number, 2)
        self.assertEqual(procedure.name, "Đăng ký hoạt động")

    def test_abolished_procedure_does_not_come_back(self):
        self.load([self.row()])
        self.found().action_abolish()
        importer = self.make_import([self.row()])
        importer.action_preview()
        self.assertEqual(importer.error_count, 1)

    # ------------------------------------------------------------
    # Errors: all or nothing
    # ------------------------------------------------------------

    def test_preview_writes_nothing(self):
        importer = self.make_import([self.row()], PARTS)
        importer.action_preview()
        self.assertEqual(self.counts(importer), (1, 0, 0, 0))
        self.assertFalse(self.found())

    def test_one_error_keeps_everything_out(self):
        rows = [
            self.row(),
            self.row(code="9.10002"),
            self.row(code="9.100003", department="Nobody"),
        ]
        importer = self.make_import(rows, PARTS)
        importer.action_preview()
        self.assertEqual(
            importer.line_ids.mapped(lambda line: (line.line, line.code)),
            [(3, "9.10002"), (4, "9.100003")],
        )
        with self.assertRaisesRegex(UserError, "row 4: There is no agency “Nobody”"):
            importer.action_import()
        self.assertFalse(self.found())

    def test_remark_keeps_nothing_out(self):
        importer = self.load([self.row()], [PARTS[0], PARTS[0]])
        self.assertEqual((importer.error_count, importer.remark_count), (0, 1))
        self.assertEqual(len(self.found().version_id.case_ids.part_ids), 1)

    def test_unreadable_file_is_named(self):
        importer = self.make_import(
            procedures_file=base64.b64encode(b"code;name\n1;2\n"),
            procedures_filename="list.csv",
        )
        with self.assertRaisesRegex(UserError, "list.csv: These columns are missing"):
            importer.action_preview()

    def test_documents_need_their_procedures(self):
        with self.assertRaises(UserError):
            self.make_import(parts=PARTS).action_preview()
        with self.assertRaises(UserError):
            self.make_import().action_preview()

    def test_every_reason_has_its_sentence(self):
        """The sentence names the values that the problem carries."""
        importer = self.make_import(
            [
                self.row(code="1.00416"),
                self.row(code="x"),
                self.row(name=""),
                self.row(code="9.100002", fee_vnd="50.000"),
                self.row(code="9.100002"),
                self.row(code="9.100003", processing_days="0"),
                self.row(code="9.100004", day_type=""),
                self.row(code="9.100005", level="?"),
                self.row(code="9.100006", department="Nobody"),
            ],
            [{**PARTS[0], "code": "9.999999"}],
        )
        importer.action_preview()
        self.assertEqual(importer.error_count, 10)
        for line in importer.line_ids:
            self.assertNotIn("%(", line.reason)

    # ------------------------------------------------------------
    # Agencies
    # ------------------------------------------------------------

    def load_departments(self, *rows, user=None, **values):
        values["departments_file"] = as_csv(DEPARTMENT_COLUMNS, rows)
        importer = self.make_import(user=user or self.admin, **values)
        importer.action_import()
        return importer

    def test_agencies_with_successor_and_superior(self):
        rows = [
            {
                "short": "T-OLD",
                "name_vi": "Sở Cũ",
                "name_en": "Old",
                "kind": "department",
                "valid_to": "2025-02-28",
                "successor": "T-NEW",
            },
            {
                "short": "T-NEW",
                "code": "K99.77",
                "name_vi": "Sở Mới",
                "kind": "department",
                "parent": "T-PROV",
            },
        ]
        importer = self.load_departments(*rows)
        self.assertEqual(importer.department_new, 2)
        old, new = self.env["onestop.department"].search(
            [("short", "in", ("T-OLD", "T-NEW"))], order="id"
        )
        self.assertEqual(old.successor_id, new)
        self.assertEqual(old.valid_to, date(2025, 2, 28))
        self.assertEqual((new.code, new.parent_id), ("K99.77", self.province))
        again = self.load_departments(*rows)
        self.assertEqual((again.department_new, again.department_changed), (0, 0))

    def test_agencies_and_procedures_come_together(self):
        self.load_departments(
            {"short": "T-NEW", "name_vi": "Sở Mới", "kind": "department"},
            procedures=[self.row(department="Sở Mới")],
        )
        self.assertEqual(self.found().department_id.short, "T-NEW")

    def test_wrong_agency_keeps_everything_out(self):
        for row in (
            {"short": "T-NEW", "name_vi": "Sở Mới", "kind": "shop"},
            {
                "short": "T-NEW",
                "name_vi": "Sở Mới",
                "kind": "department",
                "successor": "T-NOBODY",
            },
            {
                "short": "T-NEW",
                "name_vi": "Sở Mới",
                "kind": "department",
                "code": "STP",
            },
        ):
            with self.assertRaises(UserError):
                self.load_departments(row, procedures=[self.row()])
        self.assertFalse(self.found())

    # ------------------------------------------------------------
    # Who, and how fast
    # ------------------------------------------------------------

    def test_only_catalogue_managers_and_administrators_import(self):
        for user in (self.staff, self.head, self.personnel, self.citizen):
            with self.assertRaises(AccessError):
                self.make_import([self.row()], user=user)
        self.load([self.row()], user=self.admin)
        self.assertTrue(self.found())

    def test_catalogue_manager_makes_no_agencies(self):
        with self.assertRaises(AccessError):
            self.load_departments(
                {"short": "T-NEW", "name_vi": "Sở Mới", "kind": "department"},
                user=self.manager,
            )

    def queries_of(self, codes):
        rows = [self.row(code=code) for code in codes]
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.load(rows)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_queries_do_not_grow_with_the_number_of_procedures(self):
        self.queries_of(["9.300000"])
        few = self.queries_of([f"9.4000{n:02}" for n in range(5)])
        many = self.queries_of([f"9.5000{n:02}" for n in range(60)])
        self.assertLessEqual(many, few + 5)
