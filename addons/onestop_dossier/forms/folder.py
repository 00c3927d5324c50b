# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The folder of a dossier: its papers in order, with sheet numbers.

NĐ 30/2020/NĐ-CP, Điều 29-30: papers in the order of the work, sheets numbered, a table
of contents, an end certificate. Pure, without database access.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

# Papers in the order of the work; drafts are no part of the folder.
ORDER = ("submitted", "authorisation", "visit", "sheet", "result", "receipt", "proof")
# What a name in an archive may be long.
MAX_NAME = 80


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents.

    :ivar title: what the paper is
    :ivar at: when it came into the dossier, naive UTC
    :ivar sheets: sheets of paper; 0 for a paper that is kept electronically only
    :ivar file: id of its file; None for paper alone
    :ivar name: name of the file as it came
    :ivar sha256: of the file
    :ivar first: number of its first sheet
    :ivar number: place in the folder
    """

    title: str
    kind: str
    at: datetime | None = None
    author: str = ""
    sheets: int = 0
    file: int | None = None
    name: str = ""
    sha256: str = ""
    first: int = 0
    number: int = 0

    @property
    def span(self) -> str:
        """The sheets as the table of contents names them: "3" or "3-5"."""
        if not self.sheets:
            return ""
        last = self.first + self.sheets - 1
        return str(self.first) if last == self.first else f"{self.first}-{last}"

    @property
    def filename(self) -> str:
        """A name that every file system takes, with the place in front."""
        return f"{self.number:02d}-{plain_name(self.name)}"


def numbered(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in the order of the folder, places and sheets counted."""
    ordered = sorted(entries, key=lambda entry: ORDER.index(entry.kind))
    sheet, lines = 1, []
    for number, entry in enumerate(ordered, start=1):
        lines.append(replace(entry, number=number, first=sheet))
        sheet += entry.sheets
    return lines


def plain_name(name: str) -> str:
    """A file name of plain letters, digits, dots and dashes; its ending stays."""
    stem, _dot, ending = name.rpartition(".")
    if not re.fullmatch(r"[A-Za-z0-9]{1,8}", ending) or not stem:
        stem, ending = name, ""
    letters = unicodedata.normalize("NFD", stem.replace("đ", "d").replace("Đ", "D"))
    plain = re.sub(r"[^A-Za-z0-9]+", "-", letters.encode("ascii", "ignore").decode())
    plain = plain.strip("-")[:MAX_NAME] or "tai-lieu"
    return f"{plain}.{ending}" if ending else plain
