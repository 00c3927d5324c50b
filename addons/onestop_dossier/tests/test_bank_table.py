# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io
from datetime import date, datetime

import openpyxl

from odoo.tests import BaseCase, tagged

from ..money import statement
from ..money.statement import Entry, StatementError

HEADER = ["STT", "Ngày giao dịch", "Số tham chiếu", "Số tiền ghi nợ", "Số tiền ghi có"]
HEADER += ["Số dư", "Nội dung chi tiết"]
CSV = """SAO KÊ TÀI KHOẢN;;;;;;
Số tài khoản;1012345678;;;;;
STT;Ngày giao dịch;Số tham chiếu;Số tiền ghi nợ;Số tiền ghi có;Số dư;Nội dung chi tiết
1;22/11/2026;FT1;;150.000;1.150.000;HSH01
2;22/11/2026 08:15:30;FT2;20.000;;1.130.000;Phí
3;32/11/2026;FT3;;20.000;;x
4;23/11/2026;FT4;;20.00O;;x
;;;;Tổng cộng;170.000;
"""


@tagged("post_install", "-at_install")
class TestBankTable(BaseCase):
    def test_amounts_as_banks_write_them(self):
        for said, meant in (
            ("1.234.567", 1234567),
            ("1,234,567", 1234567),
            ("1,234,567.00", 1234567),
            ("1.234.567,00", 1234567),
            ("150.000", 150000),
            ("150,000 VND", 150000),
            ("+150000", 150000),
            ("-150.000 đ", -150000),
            ("150000.00", 150000),
            (150000, 150000),
            (150000.0, 150000),
            ("", 0),
            (None, 0),
            ("-", 0),
        ):
            self.assertEqual(statement.amount(said), meant, said)

    def test_what_is_no_amount(self):
        for said in ("150.00O", "1.5", "12.34.567", "150.000,50", 1.5, "abc", True):
            with self.assertRaises(ValueError, msg=said):
                statement.amount(said)

    def test_days_day_before_month(self):
        for said in (
            "03/02/2026",
            "03-02-2026",
            "2026-02-03",
            "03/02/2026 17:30:00",
            "03/02/2026\n17:30",
            datetime(2026, 2, 3, 9),
            date(2026, 2, 3),
        ):
            self.assertEqual(statement.day(said), date(2026, 2, 3), said)
        for said in ("32/01/2026", "", None, "x"):
            self.assertIsNone(statement.day(said))

    def test_csv_with_what_a_bank_writes_around(self):
        rows = statement.table(CSV.encode("utf-8-sig"))
        _row, names = statement.headers(rows)
        good, bad = statement.entries(rows, statement.guess(names))
        self.assertEqual(
            good,
            [
                Entry(4, date(2026, 11, 22), 150000, "HSH01", "FT1"),
                Entry(5, date(2026, 11, 22), -20000, "Phí", "FT2"),
            ],
        )
        self.assertEqual(
            [(p.row, p.key, p.value) for p in bad],
            [(6, "day", "32/11/2026"), (7, "amount", "20.00O")],
        )

    def test_commas_between_and_within(self):
        text = (
            "Date,Reference,Credit,Debit,Description\n"
            '22/11/2026,A1,"1,150,000",,"HS, one"\n'
        )
        rows = statement.table(text.encode())
        good, bad = statement.entries(rows, statement.guess(rows[0]))
        self.assertEqual((good[0].amount, good[0].description), (1150000, "HS, one"))
        self.assertFalse(bad)

    def test_spreadsheet(self):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["Ngân hàng"])
        sheet.append(HEADER)
        sheet.append([1, datetime(2026, 11, 22), 123456, None, 150000, 1, "HSH01"])
        sheet.append([2, "22/11/2026", "FT2", None, "20,000", 1, "x"])
        file = io.BytesIO()
        book.save(file)
        rows = statement.table(file.getvalue())
        good, bad = statement.entries(rows, statement.guess(HEADER))
        self.assertEqual([e.amount for e in good], [150000, 20000])
        self.assertEqual([e.reference for e in good], ["123456", "FT2"])
        self.assertFalse(bad)

    def test_signed_amount_column(self):
        rows = [["Ngày", "Mã giao dịch", "Số tiền", "Mô tả"]]
        rows += [
            ["22/11/2026", "A", "-5.000", "phí"],
            ["22/11/2026", "B", "7.000", "x"],
        ]
        good, _bad = statement.entries(rows, statement.guess(rows[0]))
        self.assertEqual([e.amount for e in good], [-5000, 7000])

    def test_files_that_are_none(self):
        bomb = io.BytesIO()
        with statement.zipfile.ZipFile(
            bomb, "w", statement.zipfile.ZIP_DEFLATED
        ) as file:
            file.writestr("a", b"0" * (statement.LARGEST_SHEET + 1))
        for content, key in (
            (b"", "empty"),
            (b"\n\n", "empty"),
            (b"\x00\x01\x02\xff", "unreadable"),
            (b"PK\x03\x04 not a sheet", "unreadable"),
            (b"a\n" * (statement.MOST_ROWS + 1), "too_long"),
            (bomb.getvalue(), "too_large"),
        ):
            with self.assertRaises(StatementError) as caught:
                statement.table(content)
            self.assertEqual(str(caught.exception), key)
        with self.assertRaises(StatementError) as caught:
            statement.headers([["a", "b"], ["c", "d"]])
        self.assertEqual(str(caught.exception), "no_header")
