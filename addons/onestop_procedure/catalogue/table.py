# Part of One-Stop. See LICENSE file for full copyright and licensing details.
from collections import Counter

from .error import FileError
from .limits import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, MEGABYTE
from .text import clean, unescape_cell
from .text_file import text_rows
from .workbook import has_sheet, is_archive, workbook_rows

# What the first bytes of a file tell about it, whatever it is called.
DISGUISES = (
    (b"\xd0\xcf\x11\xe0", "old_workbook"),
    (b"%PDF", "unreadable"),
    (b"Rar!", "unreadable"),
    (b"\x1f\x8b", "unreadable"),
    (b"7z\xbc\xaf", "unreadable"),
)


class Table(list):
    """Rows as (line, {column: text}), and what is wrong with single cells."""

    def __init__(self):
        super().__init__()
        self.columns = []
        """Headings, in the order of the file."""
        self.faults = []
        """(line, reason, values) of cells that cannot be taken as they are."""


def read_table(content, required, sheet="", only=False):
    """Read a table from the bytes of a CSV (UTF-8, UTF-16) or XLSX file.

    :param content: the file, as bytes.
    :param required: names of the columns that have to be there.
    :param sheet: name of the sheet to take from a workbook; where it has none of that
        name, the first one that is not hidden.
    :param only: take no other sheet than that, and None when there is none.
    :return: a :class:`Table`; empty rows are left out, the headings are line 1.
    :raises FileError: too large, not readable, or a column is missing.
    """
    if len(content) > MAX_BYTES:
        raise FileError("too_large", limit=MAX_BYTES // MEGABYTE)
    if not content.strip():
        raise FileError("empty_file")
    for start, reason in DISGUISES:
        if content.startswith(start):
            raise FileError(reason)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise FileError("markup")
    if not is_archive(content):
        if only:
            return None
        rows = text_rows(content)
    elif only and not has_sheet(content, sheet):
        return None
    else:
        rows = workbook_rows(content, sheet)
    table = Table()
    for line, cells in rows:
        if not table.columns:
            table.columns = _headings(cells, required)
        elif any(cells):
            if len(table) >= MAX_ROWS:
                raise FileError("too_many_rows", limit=MAX_ROWS)
            table.append((line, _row(table, line, cells)))
    if not table:
        raise FileError("no_rows")
    return table


def _headings(cells, required):
    names = [clean(cell).lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise FileError("too_many_columns", limit=MAX_COLUMNS)
    missing = [name for name in required if name not in names]
    if missing:
        raise FileError("missing_columns", columns=", ".join(missing))
    twice = [name for name, count in Counter(names).items() if name and count > 1]
    if twice:
        raise FileError("column_twice", columns=", ".join(twice))
    return names


def _row(table, line, cells):
    """The cells of a row by column; what is wrong with them goes to the faults."""
    columns = table.columns
    if any(cells[len(columns) :]):
        table.faults.append((line, "too_many_cells", {"count": len(columns)}))
    row = dict.fromkeys(columns, "")
    # Short rows are padded: a spreadsheet leaves out empty last cells.
    for column, cell in zip(columns, cells, strict=False):
        if isinstance(cell, Exception):
            table.faults.append((line, cell.reason, {**cell.values, "column": column}))
        elif len(cell) > MAX_CELL:
            values = {"column": column, "limit": MAX_CELL}
            table.faults.append((line, "long_cell", values))
        else:
            row[column] = unescape_cell(cell)
    row.pop("", None)
    return row
