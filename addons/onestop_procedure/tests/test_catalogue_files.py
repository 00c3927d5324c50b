# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.onestop_procedure.catalogue import (
    ONSITE_MODES,
    FileError,
    default_process,
    read_departments,
    read_procedures,
    read_table,
)
from odoo.addons.onestop_procedure.catalogue.text import clean, clean_heading

PROCEDURE = {
    "code": "1.004616",
    "name": "Cấp lại",
    "field": "Dược phẩm",
    "department": "Sở Y tế",
    "processing_days": "5",
    "day_type": "working",
    "fee_vnd": "",
}
PART = {
    "code": "1.004616",
    "case": "",
    "part_name": "Đơn",
    "originals": "1",
    "copies": "0",
}


def workbook(*rows):
    """The bytes of an XLSX file."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@tagged("post_install", "-at_install")
class TestTable(BaseCase):
    def assertRefused(self, content, reason):
        with self.assertRaises(FileError) as caught:
            read_table(content, ["code", "name"])
        self.assertEqual(caught.exception.reason, reason)

    def test_comma_semicolon_tab_and_marks(self):
        expected = [(2, {"code": "1", "name": "Đơn"})]
        for text, encoding in (
            ("code,name\n1,Đơn\n", "utf-8"),
            ("code;name\r\n1;Đơn\r\n", "utf-8-sig"),
            ("code\tname\n1\tĐơn\n", "utf-16"),
            (" Code , NAME \n1, Đơn  \n,\n", "utf-8"),
            ("code,name\n1,Đ\u00a0ơn\n".replace("\u00a0", ""), "utf-8"),
        ):
            table = read_table(text.encode(encoding), ["code", "name"])
            self.assertEqual(table, expected, text)

    def test_decomposed_letters_are_composed(self):
        table = read_table("code,name\n1,Đo\u031bn".encode(), ["code"])
        self.assertEqual(table[0][1]["name"], "Đơn")

    def test_quoted_cells_keep_commas_and_lose_line_breaks(self):
        table = read_table(b'code,name\n1,"a,\nb"\n2,c\n', ["code"])
        self.assertEqual(table[0], (2, {"code": "1", "name": "a, b"}))
        self.assertEqual(table[1][0], 3)

    def test_workbook(self):
        content = workbook(["code", "name"], [1.00416, "Đơn"], [None, None], ["2", 7])
        self.assertEqual(
            read_table(content, ["code", "name"]),
            [
                (2, {"code": "1.004160", "name": "Đơn"}),
                (4, {"code": "2", "name": "7"}),
            ],
        )

    def test_unreadable_files_are_told_apart(self):
        self.assertRefused(b"", "empty_file")
        self.assertRefused(b"code,name\n", "no_rows")
        self.assertRefused(b"code\n1\n", "missing_columns")
        self.assertRefused("code,name\n1,Đơn".encode("cp1258"), "encoding")
        self.assertRefused(b"PK\x03\x04 not an archive", "unreadable")

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused(self, content):
        try:
            read_table(content, ["code"])
        except FileError as error:
            self.assertTrue(error.reason)


@tagged("post_install", "-at_install")
class TestRows(BaseCase):
    def read_rows(self, *changes, parts=()):
        table = [(n, {**PROCEDURE, **c}) for n, c in enumerate(changes, 2)]
        parts = [(n, {**PART, **c}) for n, c in enumerate(parts, 2)]
        return read_procedures(table, parts)

    def reasons(self, *changes, parts=()):
        _rows, problems = self.read_rows(*changes, parts=parts)
        return [(p.file, p.line, p.reason) for p in problems]

    def test_empty_is_not_known_and_zero_is_free(self):
        for fee, note, mode, amount in (
            ("", "", "unknown", 0),
            ("", "as the law says", "text", 0),
            ("0", "", "free", 0),
            ("500000", "", "fixed", 500000),
        ):
            rows, problems = self.read_rows({"fee_vnd": fee, "fee_note": note})
            self.assertFalse(problems)
            self.assertEqual((rows[0].fee.mode, rows[0].fee.amount), (mode, amount))

    def test_time_limits(self):
        for days, kind, expected in (
            ("5", "working", (5, "workday")),
            ("30", "calendar", (30, "day")),
            ("", "", (0, "none")),
        ):
            rows, problems = self.read_rows({"processing_days": days, "day_type": kind})
            self.assertFalse(problems)
            self.assertEqual((rows[0].time_value, rows[0].time_unit), expected)

    def test_each_fault_is_named_with_its_row(self):
        for change, reason in (
            ({"code": "1.00416"}, "code_short"),
            ({"code": ""}, "code_form"),
            ({"code": "A.004616"}, "code_form"),
            ({"name": ""}, "empty"),
            ({"field": ""}, "empty"),
            ({"department": ""}, "empty"),
            ({"processing_days": "five"}, "number_form"),
            ({"processing_days": "-1"}, "number_form"),
            ({"processing_days": "0"}, "no_days"),
            ({"day_type": ""}, "day_type_missing"),
            ({"day_type": "lunar"}, "choice"),
            ({"fee_vnd": "50.000"}, "number_form"),
            ({"online_level": "Mức độ 4"}, "choice"),
            ({"level": "Cấp vũ trụ"}, "choice"),
            ({"onsite_mode": "some"}, "choice"),
            ({"frequency": "often"}, "choice"),
        ):
            self.assertEqual(
                self.reasons({"code": "1.000001"}, change),
                [("procedures", 3, reason)],
                change,
            )

    def test_code_twice_names_the_first_row(self):
        _rows, problems = self.read_rows({}, {})
        self.assertEqual(problems[0].values, {"first": 2})

    def test_faults_of_documents(self):
        for change, reason in (
            ({"code": "9.999999"}, "part_without_procedure"),
            ({"part_name": ""}, "empty"),
            ({"originals": "một"}, "number_form"),
            ({"copies": "-1"}, "number_form"),
        ):
            self.assertEqual(
                self.reasons({}, parts=[change]), [("parts", 2, reason)], change
            )

    def test_document_given_twice_is_taken_once_with_a_remark(self):
        rows, problems = self.read_rows({}, parts=[{}, {}])
        self.assertEqual(len(rows[0].cases[0].parts), 1)
        self.assertFalse(problems[0].blocking)

    def test_original_and_copy_of_one_document_are_two_rows(self):
        rows, problems = self.read_rows(
            {}, parts=[{}, {"originals": "0", "copies": "1"}]
        )
        self.assertEqual(len(rows[0].cases[0].parts), 2)
        self.assertFalse(problems)

    def test_parts_asked_of_some_are_not_required(self):
        for name, required in (
            ("Đơn đề nghị theo mẫu", True),
            ("Giấy tờ nếu có nhiều trang thì đóng dấu giáp lai", True),
            ("Tài liệu kèm theo (nếu có).", False),
            ("Các hồ sơ khác (nếu có): 01 bản sao", False),
            ("Trường hợp ủy quyền: văn bản ủy quyền", False),
        ):
            with self.subTest(name=name):
                rows, _problems = self.read_rows({}, parts=[{"part_name": name}])
                self.assertEqual(rows[0].cases[0].parts[0].required, required)

    def test_one_case_for_each_heading(self):
        rows, _problems = self.read_rows(
            {}, parts=[{}, {"case": "- Cấp lại:"}, {"case": "Cấp lại", "copies": "1"}]
        )
        self.assertEqual(
            [(case.name, len(case.parts)) for case in rows[0].cases],
            [("Trường hợp chung", 1), ("Cấp lại", 2)],
        )

    def test_procedure_without_documents_has_the_general_case(self):
        rows, _problems = self.read_rows({})
        self.assertEqual(rows[0].cases[0].name, "Trường hợp chung")

    def test_the_province_when_several_levels_handle_it(self):
        for text, level in (
            ("Cấp bộ, Cấp tỉnh, Cấp xã", "province"),
            ("Cấp bộ, Cơ quan khác", "ministry"),
            ("Cấp xã", "commune"),
            ("", "province"),
        ):
            rows, problems = self.read_rows({"level": text})
            self.assertFalse(problems)
            self.assertEqual(rows[0].level, level)

    def test_headings_and_texts_are_cleaned(self):
        self.assertEqual(clean("  Sở\u200b  Y\u00a0tế "), "Sở Y tế")
        self.assertEqual(
            clean_heading("* Trường hợp cấp lại, gồm:"), "Trường hợp cấp lại, gồm"
        )
        rows, _problems = self.read_rows({"result": ": Giấy phép"})
        self.assertEqual(rows[0].result, "Giấy phép")

    def test_departments(self):
        row = {"short": "TP", "name_vi": "Sở Tư pháp", "kind": "department"}
        for change, reason in (
            ({"short": ""}, "short_missing"),
            ({"name_vi": ""}, "name_missing"),
            ({"kind": "shop"}, "kind_unknown"),
            ({"valid_to": "28/02/2025"}, "date_form"),
        ):
            _rows, problems = read_departments([(2, {**row, **change})])
            self.assertEqual([p.reason for p in problems], [reason])
        _rows, problems = read_departments([(2, row), (3, row)])
        self.assertEqual(problems[0].reason, "short_twice")


@tagged("post_install", "-at_install")
class TestDefaultProcess(BaseCase):
    @given(
        st.integers(1, 500),
        st.sampled_from(["hour", "workday"]),
        st.sampled_from(sorted(ONSITE_MODES)),
    )
    def test_steps_fill_the_limit_exactly(self, value, unit, mode):
        steps = default_process(value, unit, mode)
        hours = value * (8 if unit == "workday" else 1)
        self.assertAlmostEqual(sum(step.hours for step in steps), hours, places=6)
        self.assertTrue(all(step.hours > 0 for step in steps))

    def test_calendar_time_is_not_divided(self):
        for unit in ("day", "month", "none"):
            steps = default_process(30, unit, "full")
            self.assertFalse(sum(step.hours for step in steps))

    def test_hand_over_takes_half_a_day_at_most(self):
        steps = {s.activity: s.hours for s in default_process(30, "workday", "none")}
        self.assertEqual((steps["receive"], steps["return"]), (4, 4))
