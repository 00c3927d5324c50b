# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The rows with errors of an import, in the layout they came in, to correct them."""

from .sheets import write_workbook

ERROR_COLUMN = "error"
# Sheets in which everything of a procedure stands.
OF_PROCEDURES = ("procedures", "parts", "extra")


def write_errors(tables, sentences):
    """An XLSX file with the rows to correct, which can be imported as it is.

    Of a procedure with an error in one row all rows are there: the corrected file
    says as much of it as the first one did.

    :param tables: {file: :class:`~.table.Table`}.
    :param sentences: {(file, line): [what is wrong, in words]}.
    :return: bytes.
    """
    codes = {
        cells.get("code", "")
        for name in OF_PROCEDURES
        for line, cells in tables.get(name, ())
        if (name, line) in sentences
    }
    sheets = {}
    for name, table in tables.items():
        columns = [c for c in table.columns if c and c != ERROR_COLUMN]
        rows = [
            [*(cells[c] for c in columns), " ".join(sentences.get((name, line), ()))]
            for line, cells in table
            if (name, line) in sentences
            or (name in OF_PROCEDURES and cells.get("code") in codes)
        ]
        if rows:
            sheets[name] = ([*columns, ERROR_COLUMN], rows)
    return write_workbook(sheets)
