# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The progress report of a plan as an Excel file."""

import io

import xlsxwriter

# Text that begins like a formula stays text.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write_sheets(sheets) -> bytes:
    """An .xlsx file.

    :param sheets: (name, title line, headings, rows, column widths) each; cells are
        text, numbers or dates.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, OPTIONS) as book:
        base = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
        cell = book.add_format({**base, "text_wrap": True, "border": 1})
        day = book.add_format({**base, "num_format": "dd/mm/yyyy", "border": 1})
        head = book.add_format(
            {**base, "bold": True, "text_wrap": True, "border": 1, "align": "center"}
        )
        bold = book.add_format({**base, "bold": True, "font_size": 14})
        for name, title, headings, rows, widths in sheets:
            sheet = book.add_worksheet(name)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
            sheet.write_string(0, 0, title, bold)
            for column, (heading, width) in enumerate(
                zip(headings, widths, strict=True)
            ):
                sheet.set_column(column, column, width)
                sheet.write_string(2, column, heading, head)
            for number, row in enumerate(rows, start=3):
                for column, value in enumerate(row):
                    _write(sheet, number, column, value, cell, day)
            sheet.freeze_panes(3, 0)
            sheet.repeat_rows(2)
    return file.getvalue()


def _write(sheet, row, column, value, cell, day):
    if hasattr(value, "strftime"):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, column, value, cell)
    elif value:
        sheet.write_string(row, column, str(value), cell)
    else:
        sheet.write_blank(row, column, None, cell)
