# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Files that nobody should choose: each is refused in words, nothing half done."""

import base64
import io
import zipfile

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from odoo.addons.onestop_procedure.catalogue import (
    CaseRow,
    FeeRow,
    FileError,
    PartRow,
    ProcedureRow,
    layout,
    read_procedures,
    read_table,
    words,
)
from odoo.addons.onestop_procedure.catalogue.limits import (
    MAX_CELL,
    MAX_ROWS,
    MAX_TEXT_BYTES,
)
from odoo.addons.onestop_procedure.catalogue.package import read_package
from odoo.addons.onestop_procedure.catalogue.rows import merge_cases
from odoo.addons.onestop_procedure.catalogue.sheets import write_workbook
from odoo.addons.onestop_procedure.catalogue.text import (
    FORMULA,
    clean,
    clean_heading,
    escape_cell,
    split_list,
    unescape_cell,
)

from .common import PROCEDURE_COLUMNS, ProcedureCase

# An archive without entries.
NO_ENTRIES = b"PK\x05\x06" + b"\x00" * 18
HEADER = ",".join(PROCEDURE_COLUMNS)


def workbook(*rows, change=None):
    """The bytes of an XLSX file; ``change`` may do something to it first."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_entry(content, name, data):
    """An archive with one entry put in the place of another."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, data)
    return file.getvalue()


def bomb():
    """A workbook of some kilobytes whose texts unfold beyond the limit."""
    return with_entry(
        workbook(["code"], ["1"]), "xl/sharedStrings.xml", b" " * (MAX_TEXT_BYTES + 1)
    )


@tagged("post_install", "-at_install")
class TestCatalogueRefusals(ProcedureCase):
    def files(self):
        """Every kind of bad file with words of the sentence that refuses it."""
        row = [self.row().get(column) for column in PROCEDURE_COLUMNS]
        good = workbook(PROCEDURE_COLUMNS, row)
        text = f"{HEADER}\n9.100001,Đăng ký\n".encode()
        formula = [row[0], '=HYPERLINK("http://x")', *row[2:]]
        return {
            "empty": (b"", "Choose a file"),
            "blank": (b" \n \n", "empty"),
            "windows-1258": (f"{HEADER}\n1,Đơn".encode("cp1258"), "CSV UTF-8"),
            "utf-16 without mark": (text.decode().encode("utf-16-le"), "CSV UTF-8"),
            "null bytes": (text.replace(b"9.1", b"9\x00."), "CSV UTF-8"),
            "binary": (bytes(range(256)) * 9, "CSV UTF-8|not a CSV"),
            "old workbook": (b"\xd0\xcf\x11\xe0" + b"\x00" * 999, "old Excel"),
            "html": (b"\xef\xbb\xbf <html><table></table>", "web page"),
            "xml": (b"<?xml version='1.0'?><Workbook/>", "web page"),
            "pdf": (b"%PDF-1.7", "not a CSV"),
            "truncated": (good[: len(good) // 2], "damaged"),
            "archive": (
                with_entry(NO_ENTRIES, "a.txt", b"a"),
                "no Excel workbook",
            ),
            "bomb": (bomb(), "unfolds"),
            "entities": (
                with_entry(
                    good,
                    "xl/workbook.xml",
                    b'<!DOCTYPE x [<!ENTITY a "b">]><workbook>&a;</workbook>',
                ),
                "damaged",
            ),
            "merged": (
                workbook(
                    PROCEDURE_COLUMNS,
                    row,
                    row,
                    change=lambda book: book.active.merge_cells("D2:D3"),
                ),
                "D2:D3 are merged",
            ),
            "duplicate headings": (f"{HEADER},NAME\n1,2\n".encode(), "twice: name"),
            "no headings": (b"9.100001,a\n9.100002,b\n", "columns are missing"),
            "open quotation mark": (f'{HEADER}\n9.100001,"a\n'.encode(), "not closed"),
            "too many columns": (
                f"{HEADER},{','.join(f'c{n}' for n in range(200))}\n1\n".encode(),
                "more than 100 columns",
            ),
            "too many rows": (
                f"{HEADER}\n{'9.100001,a' + chr(10)}".encode()
                + b"9.100001,a\n" * MAX_ROWS,
                f"more than {MAX_ROWS} rows",
            ),
            "formula": (workbook(list(PROCEDURE_COLUMNS), formula), "formula"),
            "long cell": (
                f"{HEADER}\n9.100001,{'x' * (MAX_CELL + 1)}\n".encode(),
                "more than",
            ),
            "too many cells": (
                text.replace(b"\n9", b"\n" + b"a," * 30 + b"\n9"),
                "more cells",
            ),
        }

    def snapshot(self):
        self.env.flush_all()
        tables = ("procedure", "procedure_version", "procedure_part", "sector")
        counts = []
        for table in tables:
            self.env.cr.execute(
                f"SELECT count(*), max(write_date) FROM onestop_{table}"
            )
            counts.append(self.env.cr.fetchone())
        return counts

    def test_every_bad_file_is_refused_in_words_and_changes_nothing(self):
        self.make_import([self.row(code="9.100009")]).action_import()
        before = self.snapshot()
        for kind, (content, sentence) in self.files().items():
            with self.subTest(kind=kind):
                importer = self.make_import(
                    procedures_file=base64.b64encode(content),
                    procedures_filename="list.xlsx",
                )
                with self.assertRaisesRegex(UserError, sentence):
                    importer.action_import()
                self.assertEqual(self.snapshot(), before)

    def test_bad_documents_keep_their_procedures_out(self):
        before = self.snapshot()
        importer = self.make_import(
            [self.row()], parts_file=base64.b64encode(b"%PDF-1.7 \x00")
        )
        with self.assertRaises(UserError):
            importer.action_import()
        self.assertEqual(self.snapshot(), before)

    def test_commands_in_cells_are_only_text(self):
        name = "=cmd|' /C calc'!A0"
        self.make_import(
            [self.row(name=name, fee_note="+1+1", result="@SUM(A1)")]
        ).action_import()
        self.assertEqual(self.found().name, name)
        row = self.env["onestop.catalogue.loader"]._stored_rows(self.found().version_id)
        sheet = write_workbook(
            {
                "procedures": (
                    layout.PROCEDURE_LAYOUT,
                    map(layout.procedure_cells, row.values()),
                )
            }
        )
        book = openpyxl.load_workbook(io.BytesIO(sheet))
        told = [cell for cells in book.active.iter_rows() for cell in cells]
        self.assertNotIn("f", {cell.data_type for cell in told})
        escaped = [c.value for c in told if FORMULA.match(str(c.value or ""))]
        self.assertEqual({value[:2] for value in escaped}, {"'=", "'+", "'@"})


@tagged("post_install", "-at_install")
class TestCatalogueReaders(BaseCase):
    def test_hidden_sheets_are_not_read(self):
        def add_hidden(book):
            book.active.title = "list"
            hidden = book.create_sheet("procedures", 0)
            hidden.append(["code"])
            hidden.append(["hidden"])
            hidden.sheet_state = "hidden"
            book.active = 1

        content = workbook(["code"], ["seen"], change=add_hidden)
        self.assertEqual(
            read_table(content, ["code"], sheet="procedures")[0][1]["code"], "seen"
        )

    def test_named_sheet_is_read_whatever_its_place(self):
        content = write_workbook(
            {"notes": (["a"], [["1"]]), "parts": (["code"], [["9.1"]])}
        )
        self.assertEqual(
            read_table(content, ["code"], sheet="parts"), [(2, {"code": "9.1"})]
        )
        self.assertIsNone(read_table(content, ["code"], sheet="extra", only=True))

    def test_empty_rows_at_the_end_do_not_count(self):
        content = f"code\n9.1\n{chr(10) * 60_000}".encode()
        self.assertEqual(len(read_table(content, ["code"])), 1)

    @given(
        st.binary(max_size=300),
        st.sampled_from([b"", b"PK\x03\x04", b"code\n", b"\xff\xfe"]),
    )
    @settings(max_examples=200, deadline=None)
    def test_any_bytes_are_read_or_refused(self, content, start):
        for read in (lambda c: read_table(c, ["code"]), read_package):
            try:
                read(start + content)
            except FileError as error:
                self.assertTrue(error.reason)

    @given(st.data())
    @settings(max_examples=60, deadline=None)
    def test_any_damage_to_a_workbook_is_read_or_refused(self, data):
        content = bytearray(SMALL_WORKBOOK)
        for _ in range(data.draw(st.integers(1, 8))):
            content[data.draw(st.integers(4, len(content) - 1))] = data.draw(
                st.integers(0, 255)
            )
        try:
            read_table(bytes(content), ["code"])
        except FileError as error:
            self.assertTrue(error.reason)

    @given(st.text(max_size=60))
    def test_escaped_cells_come_back_and_are_no_formulas(self, text):
        self.assertEqual(unescape_cell(escape_cell(text)), text)
        self.assertNotIn(escape_cell(text)[:1], ("=", "+", "-", "@"))

    @given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=6))
    @settings(deadline=None)
    def test_tables_of_any_text_come_back(self, rows):
        rows = [[clean(cell) for cell in row] for row in rows]
        rows = [row for row in rows if any(row)] or [["a", "b"]]
        content = write_workbook({"x": (["code", "name"], rows)})
        table = read_table(content, ["code", "name"])
        self.assertEqual([[c["code"], c["name"]] for _line, c in table], rows)

    # ------------------------------------------------------------
    # What is exported is what was read
    # ------------------------------------------------------------

    texts = st.text(max_size=30).map(clean)
    names = texts.filter(bool)
    amounts = st.integers(1, 999_999_999)
    fees = st.one_of(
        st.builds(FeeRow, st.just("fixed"), amounts, texts),
        st.builds(FeeRow, st.just("free"), st.just(0), texts),
        st.builds(FeeRow, st.just("text"), st.just(0), names),
        st.just(FeeRow("unknown", 0, "")),
    )
    times = st.one_of(
        st.just((0, "none")),
        st.tuples(
            st.integers(1, 999), st.sampled_from(list(words.TIME_UNITS.values()))
        ),
    )
    parts = st.builds(PartRow, names, st.integers(0, 9), st.integers(0, 9))
    cases = st.lists(
        st.builds(
            CaseRow, names.map(clean_heading), st.lists(parts, max_size=3).map(tuple)
        ),
        max_size=3,
    ).map(merge_cases)

    def subset(values):
        values = list(dict.fromkeys(values))
        return st.sets(st.sampled_from(values)).map(
            lambda chosen: tuple(value for value in values if value in chosen)
        )

    @given(
        name=names,
        sector=names,
        department=names,
        time=times,
        fee=fees,
        levels=subset(words.LEVELS.values()).filter(bool),
        result=texts.map(lambda text: text.lstrip(" :;,-")),
        online_level=st.sampled_from(["full", "partial", "none"]),
        legal_basis=texts.map(lambda text: "; ".join(split_list(text))),
        issuing_body=texts,
        central_decision=texts,
        executing_text=texts,
        source_url=texts,
        subjects=subset(words.SUBJECTS),
        channels=subset(words.CHANNELS.values()),
        cases=cases,
    )
    @settings(max_examples=80, deadline=None)
    def test_a_row_written_is_the_row_read(self, time, **values):
        value, unit = time
        row = ProcedureRow(
            line=2, code="9.000001", time_value=value, time_unit=unit, **values
        )
        sheets = {
            "procedures": (layout.PROCEDURE_LAYOUT, [layout.procedure_cells(row)]),
            "parts": (layout.PART_LAYOUT, [*layout.part_rows(row)]),
            "extra": (layout.EXTRA_LAYOUT, [layout.extra_cells(row)]),
        }
        content = write_workbook(sheets)
        tables = [
            read_table(content, ["code"], sheet=name) if rows else []
            for name, (_columns, rows) in sheets.items()
        ]
        found, problems = read_procedures(*tables)
        self.assertFalse(problems)
        self.assertEqual(found[0].changes(row), {})


SMALL_WORKBOOK = workbook(["code", "name"], ["9.100001", "Đơn"], ["9.100002", 7])
