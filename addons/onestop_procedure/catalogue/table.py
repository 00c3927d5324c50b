# Part of One-Stop. See LICENSE file for full copyright and licensing details.
import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl

from .text import clean

MAX_BYTES = 30 * 1024 * 1024
# An XLSX file is a compressed archive; one that unfolds beyond this is no catalogue.
MAX_UNPACKED_BYTES = 300 * 1024 * 1024
MAX_ROWS = 100_000


class FileError(Exception):
    """The whole file cannot be read; ``reason`` is a key, ``values`` go with it."""

    def __init__(self, reason, **values):
        super().__init__(reason)
        self.reason = reason
        self.values = values


def read_table(content, required):
    """Read a table from the bytes of a CSV (UTF-8) or XLSX file.

    :param content: the file, as bytes.
    :param required: names of the columns that have to be there.
    :return: rows as (line, {column: text}); empty rows are left out.
    :raises FileError: too large, not readable, or a column is missing.
    """
    if len(content) > MAX_BYTES:
        raise FileError("too_large", limit=MAX_BYTES // 1024 // 1024)
    is_workbook = content[:4] == b"PK\x03\x04"
    rows = _workbook_rows(content) if is_workbook else _csv_rows(content)
    header, table = None, []
    for line, cells in enumerate(rows, 1):
        if line > MAX_ROWS:
            raise FileError("too_many_rows", limit=MAX_ROWS)
        if header is None:
            header = [clean(cell).lower() for cell in cells]
            missing = [name for name in required if name not in header]
            if missing:
                raise FileError("missing_columns", columns=", ".join(missing))
        elif any(cells):
            # Short rows are padded: a spreadsheet leaves out empty last cells.
            padded = cells + [""] * (len(header) - len(cells))
            table.append((line, dict(zip(header, padded, strict=False))))
    if not table:
        raise FileError("no_rows")
    return table


def _csv_rows(content):
    try:
        # Excel's "Unicode text" is UTF-16 with a mark.
        wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError("encoding") from error
    first = text.split("\n", 1)[0]
    # Where the comma is the decimal sign, Excel separates by semicolons.
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(MAX_BYTES)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [clean(cell) for cell in cells]
    except csv.Error as error:
        raise FileError("unreadable") from error


def _workbook_rows(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(i.file_size for i in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise FileError("too_large", limit=MAX_UNPACKED_BYTES // 1024 // 1024)
        workbook = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
    except FileError:
        raise
    except Exception as error:  # whatever a damaged archive makes the readers raise
        raise FileError("unreadable") from error
    try:
        for row in workbook.worksheets[0].iter_rows(values_only=True):
            yield [_cell_text(value) for value in row]
    finally:
        workbook.close()


def _cell_text(value):
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        # A code typed as a number has lost its last zeros: 1.00416 is 1.004160.
        return str(int(value)) if value.is_integer() else f"{value:.6f}"
    return clean(value)
