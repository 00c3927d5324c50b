# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Rows of an XLSX file: somebody else's archive, so looked at before it is read."""

import io
import re
import warnings
import zipfile
from datetime import date, datetime

import openpyxl

from .error import CellError, FileError
from .limits import (
    MAX_COLUMNS,
    MAX_ENTRIES,
    MAX_RATIO,
    MAX_TEXT_BYTES,
    MAX_UNPACKED_BYTES,
    MEGABYTE,
    RATIO_FREE_BYTES,
)
from .text import clean

MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
# A document type can define texts that unfold without end; no spreadsheet has one.
DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)|<\x00!\x00D", re.IGNORECASE)
CHUNK = MEGABYTE
OVERLAP = 200


def is_archive(content):
    """Whether the bytes begin like those of an XLSX file."""
    return content[:4] == b"PK\x03\x04"


def has_sheet(content, name):
    """Whether a workbook that was read before has a sheet of this name to be seen."""
    workbook = _open(content)
    try:
        return clean(_sheet(workbook, name).title).lower() == name
    finally:
        workbook.close()


def workbook_rows(content, sheet=""):
    """(number, cells) of each row of a sheet.

    Hidden sheets are left out. A cell with a formula, or with the error of one, is a
    `CellError`: what it shows depends on the program that opens it.

    :raises FileError: damaged, encrypted, unfolds too far, or has merged cells.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(archive)
            workbook = _open(content)
            chosen = _sheet(workbook, sheet)
            _check_sheet(archive, chosen)
        yield from _rows(workbook, chosen)
    except FileError:
        raise
    except Exception as error:  # whatever a damaged archive makes the readers raise
        raise FileError("unreadable") from error


def _check_archive(archive):
    """What the archive claims to hold; Python reads no more than is claimed."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    texts = sum(e.file_size for e in entries if "sharedstrings" in e.filename.lower())
    if (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED_BYTES
        or texts > MAX_TEXT_BYTES
        or (unpacked > RATIO_FREE_BYTES and unpacked / packed > MAX_RATIO)
    ):
        raise FileError("unfolds", limit=MAX_UNPACKED_BYTES // MEGABYTE)
    names = {entry.filename.lower() for entry in entries}
    if "xl/workbook.xml" not in names:
        raise FileError("not_a_workbook")
    for entry in entries:
        if entry.filename.lower().endswith((".xml", ".rels")):
            with archive.open(entry) as file:
                if DOCTYPE.search(file.read(CHUNK)):
                    raise FileError("unreadable")


def _open(content):
    with warnings.catch_warnings():
        # Odd styles and validations of a workbook are no concern of its reader.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, keep_links=False
        )


def _sheet(workbook, name):
    visible = [s for s in workbook.worksheets if s.sheet_state == "visible"]
    if not visible:
        raise FileError("no_sheet")
    named = [s for s in visible if clean(s.title).lower() == name]
    return (named or visible)[0]


def _check_sheet(archive, sheet):
    """Merged cells show a text in many rows that stands in the first of them only."""
    tail = b""
    with archive.open(sheet._worksheet_path.lstrip("/")) as file:
        while chunk := file.read(CHUNK):
            found = MERGED.search(tail + chunk)
            if found:
                raise FileError("merged", cells=found[1].decode())
            tail = chunk[-OVERLAP:]


def _rows(workbook, sheet):
    # The size that a sheet claims may be wrong; rows are read to their end.
    sheet.reset_dimensions()
    try:
        rows = sheet.iter_rows(max_col=MAX_COLUMNS + 1)
        for line, row in enumerate(rows, 1):
            yield line, [_cell(cell) for cell in row]
    finally:
        workbook.close()


def _cell(cell):
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return CellError("formula")
    if cell.data_type == "e":
        return CellError("formula_error", value=clean(value))
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        # A code typed as a number has lost its last zeros: 1.00416 is 1.004160.
        return str(int(value)) if value.is_integer() else f"{value:.6f}"
    return clean(value)
