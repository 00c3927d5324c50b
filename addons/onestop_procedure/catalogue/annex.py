# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The annex of a decision that publishes procedures (TT 02/2017/TT-VPCP) as XLSX.

Its words are those of the decisions and stand here in Vietnamese.
"""

import io
from dataclasses import dataclass, field

import xlsxwriter

from .sheets import SAFE
from .text import escape_cell

COLUMNS = (
    ("Số TT", 7),
    ("Tên thủ tục hành chính (mã)", 48),
    ("Thời hạn giải quyết", 22),
    ("Địa điểm thực hiện", 28),
    ("Phí, lệ phí", 24),
    ("Căn cứ pháp lý", 34),
    ("Cơ quan thực hiện", 26),
)
ABOLISHED_COLUMNS = (
    ("TT", 7),
    ("Mã thủ tục hành chính", 22),
    ("Tên thủ tục hành chính", 80),
    ("Tên văn bản quy phạm pháp luật quy định việc bãi bỏ", 60),
)
GROUPS = {
    "new": "Danh mục thủ tục hành chính mới ban hành",
    "amended": "Danh mục thủ tục hành chính được sửa đổi, bổ sung",
    "replacing": "Danh mục thủ tục hành chính được thay thế",
    "abolished": "Danh mục thủ tục hành chính bị bãi bỏ",
    "listed": "Danh mục thủ tục hành chính",
}
TITLE = "Danh mục thủ tục hành chính"
ROMAN = ("I", "II", "III", "IV", "V")
LANDSCAPE_A4 = 9


@dataclass
class AnnexGroup:
    """A list of the annex: one of `GROUPS`, its rows by sector."""

    kind: str
    sectors: dict = field(default_factory=dict)
    """{name of the sector: rows of texts without the running number}."""

    @property
    def title(self):
        return GROUPS[self.kind]

    @property
    def columns(self):
        return ABOLISHED_COLUMNS if self.kind == "abolished" else COLUMNS

    @property
    def widths(self):
        """Share of each column in the width of the page, in percent."""
        total = sum(width for _name, width in self.columns)
        return [round(100 * width / total, 1) for _name, width in self.columns]

    @property
    def count(self):
        return sum(map(len, self.sectors.values()))


def write_annex(title, reference, groups):
    """The annex as the bytes of an XLSX file, ready for printing on A4.

    :param title: of the annex.
    :param reference: "(Kèm theo Quyết định …)", may be empty.
    :param groups: list of :class:`AnnexGroup`.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, SAFE)
    font = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
    wide = {**font, "align": "center", "text_wrap": True}
    formats = {
        "title": book.add_format({**wide, "bold": True, "font_size": 14}),
        "reference": book.add_format({**wide, "italic": True}),
        "group": book.add_format({**font, "bold": True}),
        "head": book.add_format({**wide, "bold": True, "border": 1}),
        "sector": book.add_format({**font, "bold": True, "border": 1}),
        "cell": book.add_format({**font, "text_wrap": True, "border": 1}),
        "index": book.add_format({**wide, "border": 1}),
    }
    # The two kinds of list have different columns, so each kind has its sheet.
    for name, kinds in (
        ("Phụ lục", GROUPS.keys() - {"abolished"}),
        ("Bãi bỏ", {"abolished"}),
    ):
        chosen = [group for group in groups if group.kind in kinds]
        if chosen:
            _write_sheet(book.add_worksheet(name), title, reference, chosen, formats)
    if not groups:
        book.add_worksheet("Phụ lục")
    book.close()
    return file.getvalue()


def _write_sheet(sheet, title, reference, groups, formats):
    columns = groups[0].columns
    last = len(columns) - 1
    sheet.set_landscape()
    sheet.set_paper(LANDSCAPE_A4)
    sheet.fit_to_pages(1, 0)
    for number, (_name, width) in enumerate(columns):
        sheet.set_column(number, number, width)
    sheet.merge_range(0, 0, 0, last, "PHỤ LỤC", formats["title"])
    sheet.merge_range(1, 0, 1, last, title.upper(), formats["title"])
    sheet.merge_range(2, 0, 2, last, reference, formats["reference"])
    line = 4
    for number, group in enumerate(groups):
        heading = f"{ROMAN[number]}. {group.title} ({group.count} thủ tục)"
        sheet.write_string(line, 0, heading, formats["group"])
        line += 1
        for column, (name, _width) in enumerate(columns):
            sheet.write_string(line, column, name, formats["head"])
        line += 1
        index = 0
        for sector, rows in group.sectors.items():
            sheet.write_string(line, 0, "", formats["sector"])
            sheet.merge_range(
                line, 1, line, last, f"Lĩnh vực {sector}", formats["sector"]
            )
            line += 1
            for row in rows:
                index += 1
                sheet.write_number(line, 0, index, formats["index"])
                for column, text in enumerate(row, 1):
                    sheet.write_string(line, column, escape_cell(text), formats["cell"])
                line += 1
        line += 1
