# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Tables as XLSX and CSV files that no spreadsheet takes for a program."""

import csv
import io

import xlsxwriter

from .limits import MAX_CELL
from .text import escape_cell

WIDTHS = {"name": 60, "part_name": 70, "error": 60, "result": 40, "legal_basis": 40}
WIDTH = 16
# Excel shows letters of other alphabets only if the file says that it is UTF-8.
MARK = b"\xef\xbb\xbf"
SAFE = {
    # A row is written and forgotten: the size of the catalogue does not matter.
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write_workbook(sheets, target=None):
    """Write an XLSX file, row by row.

    :param sheets: {name: (columns, iterable of rows of texts)}; the rows of a sheet
        are asked for when those of the sheets before are written.
    :param target: a file to write to, by default in memory.
    :return: the bytes of the file when no target is given.
    """
    file = target or io.BytesIO()
    workbook = xlsxwriter.Workbook(file, SAFE)
    bold = workbook.add_format({"bold": True, "bg_color": "#E7EDF3", "border": 1})
    for name, (columns, rows) in sheets.items():
        sheet = workbook.add_worksheet(name)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, WIDTHS.get(column, WIDTH))
            sheet.write_string(0, number, column, bold)
        sheet.freeze_panes(1, 1)
        for line, row in enumerate(rows, 1):
            for number, text in enumerate(row):
                if text:
                    sheet.write_string(line, number, escape_cell(text)[:MAX_CELL])
    workbook.close()
    return None if target else file.getvalue()


def csv_chunks(columns, rows):
    """The bytes of a CSV file (UTF-8 with its mark), a row at a time."""
    yield MARK
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(columns)
    yield _taken(line)
    for row in rows:
        writer.writerow([escape_cell(text) for text in row])
        yield _taken(line)


def _taken(line):
    text = line.getvalue()
    line.seek(0)
    line.truncate()
    return text.encode()
