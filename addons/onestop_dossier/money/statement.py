# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Bank statements as Vietnamese banks hand them out: CSV and XLSX."""

import csv
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

import openpyxl

MOST_ROWS = 20_000
LARGEST_SHEET = 100 * 1024 * 1024  # bytes, unpacked
HEADER_WITHIN = 40  # rows: account, period and a greeting come first
# Words of column headers, squeezed and without diacritics; the first that fits wins.
WORDS = {
    "day": ("ngay giao dich", "ngay hieu luc", "ngay hach toan", "ngay", "date"),
    "credit": ("ghi co", "phat sinh co", "so tien co", "credit", "tien vao", "co"),
    "debit": ("ghi no", "phat sinh no", "so tien no", "debit", "tien ra", "no"),
    "amount": ("so tien", "amount"),
    "description": ("noi dung", "dien giai", "mo ta", "description", "details"),
    "reference": (
        "so tham chieu",
        "ma giao dich",
        "so but toan",
        "so chung tu",
        "so ct",
        "reference",
        "transaction no",
        "ref",
    ),
}
NEEDED = ("day", "description", "reference")
DAY_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y")
GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
CENTS = re.compile(r"[.,]0{1,2}$")


class StatementError(ValueError):
    """The file cannot be read as a statement; the argument is the reason's key."""


@dataclass(frozen=True)
class Entry:
    """Money that came in (above zero) or went out."""

    row: int  # as the spreadsheet counts, from 1
    day: date
    amount: int  # dong
    description: str
    reference: str


@dataclass(frozen=True)
class Problem:
    """A row that says too little, or something that is no day or amount."""

    row: int
    key: str  # "day", "amount", "reference"
    value: str


# ------------------------------------------------------------
# The table of a file
# ------------------------------------------------------------


def table(content: bytes) -> list[list]:
    """The cells of the first sheet with rows, or of a CSV file.

    :raises StatementError: empty, too_long, too_large, unreadable.
    """
    if not content:
        raise StatementError("empty")
    rows = _sheet(content) if content.startswith(b"PK\x03\x04") else _csv(content)
    if not any(any(_text(cell) for cell in row) for row in rows):
        raise StatementError("empty")
    return rows


def _sheet(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > LARGEST_SHEET:
                raise StatementError("too_large")
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
        rows = []
        for row in book.worksheets[0].iter_rows(values_only=True):
            if len(rows) >= MOST_ROWS:
                raise StatementError("too_long")
            rows.append(list(row))
    except StatementError:
        raise
    except Exception as error:  # openpyxl raises whatever the damage leads to
        raise StatementError("unreadable") from error
    return rows


def _csv(content):
    text = None
    encodings = ["utf-8-sig", "cp1258"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    if text is None or "\0" in text:
        raise StatementError("unreadable")
    lines = text.splitlines()
    if len(lines) > MOST_ROWS:
        raise StatementError("too_long")
    counts = {mark: sum(line.count(mark) for line in lines) for mark in ";\t,"}
    # Amounts are full of commas: another mark on most lines is the separator.
    mark = next((m for m in ";\t" if counts[m] >= len(lines)), ",")
    try:
        return list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error as error:
        raise StatementError("unreadable") from error


# ------------------------------------------------------------
# Which column says what
# ------------------------------------------------------------


def headers(rows: list[list]) -> tuple[int, list[str]]:
    """The row of the column headers, counted from 0, and its texts.

    :raises StatementError: no_header.
    """
    best, most = None, 1
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        found = len(guess([_text(cell) for cell in row]))
        if found > most:
            best, most = number, found
    if best is None:
        raise StatementError("no_header")
    return best, [_text(cell) for cell in rows[best]]


def guess(names: list[str]) -> dict[str, str]:
    """The header of each column that is needed, as far as its words tell."""
    plain = {name: _plain(name) for name in names if name.strip()}
    found, taken = {}, set()
    for column, words in WORDS.items():
        for word in words:
            fits = [
                name
                for name, text in plain.items()
                if name not in taken and re.search(rf"\b{word}\b", text)
            ]
            if fits:
                found[column] = fits[0]
                taken.add(fits[0])
                break
    return found


def entries(rows: list[list], columns: dict[str, str]):
    """Read the rows under the header.

    A row with neither a day nor a reference is no entry: a sum, an empty line.

    :param columns: header text by column; "credit" (and "debit"), or "amount" with
        a sign.
    :return: (entries, problems), in the order of the file.
    :raises StatementError: no_header, no_column.
    """
    start, names = headers(rows)
    places = {
        column: names.index(name) for column, name in columns.items() if name in names
    }
    if not all(column in places for column in NEEDED) or not (
        "credit" in places or "amount" in places
    ):
        raise StatementError("no_column")
    good, bad = [], []
    for number, row in enumerate(rows[start + 1 :], start + 2):
        found = _entry(number, row, places)
        if isinstance(found, Entry):
            good.append(found)
        elif found:
            bad.append(found)
    return good, bad


def _entry(number, row, places):
    def cell(column):
        place = places.get(column)
        return row[place] if place is not None and place < len(row) else None

    reference = _text(cell("reference"))
    moment = day(cell("day"))
    if not moment and not reference:
        return None
    if not moment:
        return Problem(number, "day", _text(cell("day")))
    try:
        if "credit" in places:
            total = amount(cell("credit")) - abs(amount(cell("debit")))
        else:
            total = amount(cell("amount"))
    except ValueError as error:
        return Problem(number, "amount", str(error))
    if not total:
        return Problem(number, "amount", "") if reference else None
    if not reference:
        return Problem(number, "reference", "")
    return Entry(number, moment, total, _text(cell("description")), reference[:64])


# ------------------------------------------------------------
# Cells
# ------------------------------------------------------------


def day(value) -> date | None:
    """The day that a cell says, day before month; None for none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = _text(value).replace("\n", " ").split()
    for word in words:
        for form in DAY_FORMATS:
            try:
                return datetime.strptime(word, form).date()
            except ValueError:
                continue
    return None


def amount(value) -> int:
    """Whole dong that a cell says: 1.234.567, 1,234,567.00, -150000, 150,000 VND.

    :raises ValueError: no amount; its argument is the text.
    """
    if isinstance(value, bool):
        raise ValueError(str(value))
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        if value != int(value):
            raise ValueError(str(value))
        return int(value)
    said = _text(value)
    text = re.sub(r"\s|VN[DĐ]|đ$", "", said, flags=re.IGNORECASE)
    if not text or text == "-":
        return 0
    sign = -1 if text.startswith("-") else 1
    text = text.lstrip("+-")
    digits = text
    if not GROUPED.fullmatch(text):
        digits = CENTS.sub("", text)
    if not (GROUPED.fullmatch(digits) or (digits.isascii() and digits.isdigit())):
        raise ValueError(said)
    return sign * int(re.sub(r"[.,]", "", digits))


def _text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return str(value).strip()


def _plain(text):
    folded = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    kept = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", " ", kept).strip()
