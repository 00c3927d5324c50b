# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Tables as XLSX and CSV files that no spreadsheet takes for a program."""

import csv
import io
import shutil
import tempfile
import zipfile

import xlsxwriter

from .limits import MAX_CELL, MEGABYTE
from .text import escape_cell

WIDTHS = {"name": 60, "part_name": 70, "error": 60, "result": 40, "legal_basis": 40}
WIDTH = 16
SPOOL_BYTES = 8 * MEGABYTE
# Named as the files of the national list that came to us.
FILENAMES = {"parts": "procedure_parts.csv", "extra": "procedures_extra.csv"}
SAFE = {
    # A row is written and forgotten: the size of the catalogue does not matter.
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class SheetsWriter:
    """Writes the sheets of an XLSX file side by side, each of them row by row."""

    def __init__(self, target, sheets):
        """
        :param target: a file to write to.
        :param sheets: {name: columns}.
        """
        self.workbook = xlsxwriter.Workbook(target, SAFE)
        bold = {"bold": True, "bg_color": "#E7EDF3", "border": 1}
        self.bold = self.workbook.add_format(bold)
        self.sheets, self.lines = {}, {}
        for name, columns in sheets.items():
            sheet = self.workbook.add_worksheet(name)
            sheet.freeze_panes(1, 1)
            for number, column in enumerate(columns):
                sheet.set_column(number, number, WIDTHS.get(column, WIDTH))
                sheet.write_string(0, number, column, self.bold)
            self.sheets[name], self.lines[name] = sheet, 1

    def add(self, name, row):
        """Add a row of texts to a sheet."""
        for number, text in enumerate(row):
            if text:
                # Never a formula, a number or a link: what is written is what is read.
                cell = escape_cell(text)[:MAX_CELL]
                self.sheets[name].write_string(self.lines[name], number, cell)
        self.lines[name] += 1

    def close(self):
        self.workbook.close()


class CsvWriter:
    """Writes the same tables as CSV files (UTF-8 with its mark) in one archive."""

    def __init__(self, target, sheets):
        """
        :param target: a file to write to.
        :param sheets: {name: columns}.
        """
        self.target = target
        self.files, self.writers = {}, {}
        for name, columns in sheets.items():
            # A catalogue is a few megabytes; beyond that it goes to the disk.
            file = tempfile.SpooledTemporaryFile(SPOOL_BYTES)  # noqa: SIM115
            text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
            self.files[name] = text
            self.writers[name] = csv.writer(text)
            self.add(name, columns)

    def add(self, name, row):
        """Add a row of texts to a table."""
        self.writers[name].writerow([escape_cell(text) for text in row])

    def close(self):
        with zipfile.ZipFile(self.target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in self.files.items():
                text.flush()
                text.buffer.seek(0)
                with archive.open(FILENAMES.get(name, f"{name}.csv"), "w") as entry:
                    shutil.copyfileobj(text.buffer, entry)
                text.close()


def write_workbook(sheets):
    """The bytes of an XLSX file.

    :param sheets: {name: (columns, rows of texts)}.
    """
    file = io.BytesIO()
    names = {name: columns for name, (columns, _rows) in sheets.items()}
    writer = SheetsWriter(file, names)
    for name, (_columns, rows) in sheets.items():
        for row in rows:
            writer.add(name, row)
    writer.close()
    return file.getvalue()
