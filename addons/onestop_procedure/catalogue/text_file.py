# Part of One-Stop. See LICENSE file for full copyright and licensing details.
import csv
import io

from .error import FileError
from .limits import MAX_BYTES
from .text import clean

# Marks at the beginning of a file that tell how it is encoded; longest first, for
# that of UTF-16 begins that of UTF-32.
MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
DELIMITERS = ",;\t"


def text_rows(content):
    """(number, cells) of each row of a text file separated by , ; or tab.

    :raises FileError: it is in another encoding, or a quotation mark is left open.
    """
    text = _decode(content)
    first = text.split("\n", 1)[0]
    # Where the comma is the decimal sign, Excel separates by semicolons.
    delimiter = max(DELIMITERS, key=first.count)
    # Cells too long are reported with their row; this limit would end the reading.
    csv.field_size_limit(MAX_BYTES)
    line = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for line, cells in enumerate(reader, 1):
            yield line, [clean(cell) for cell in cells]
    except csv.Error as error:
        raise FileError("quotes", line=line + 1) from error


def _decode(content):
    encoding = next((e for mark, e in MARKS if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileError("encoding") from error
    if "\x00" in text:
        # UTF-16 without its mark, or no text at all.
        raise FileError("encoding")
    return text
