# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What is wrong with a file or a row, in words that tell what to do.

By the ``reason`` of a `catalogue.Problem` or `catalogue.FileError`, whose values fill
the placeholders.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

SENTENCES = {
    "too_large": _lt("The file is larger than %(limit)s MB."),
    "too_many_rows": _lt("The file has more than %(limit)s rows."),
    "missing_columns": _lt("These columns are missing: %(columns)s."),
    "no_rows": _lt("The file has no rows under its headings."),
    "encoding": _lt("Save the file as “CSV UTF-8” or as XLSX, and try again."),
    "unreadable": _lt("This is not a CSV or XLSX file, or it is damaged."),
    "empty_file": _lt("The file is empty."),
    "old_workbook": _lt(
        "This is a workbook of an old Excel (.xls), or one with a password. Save it "
        "as .xlsx without password, and try again."
    ),
    "markup": _lt(
        "This is a web page or XML, whatever its name says. Open it in Excel, save it "
        "as .xlsx, and try again."
    ),
    "not_a_workbook": _lt(
        "This archive is no Excel workbook. Save the table as .xlsx, and try again."
    ),
    "unfolds": _lt(
        "This workbook unfolds to far more than a catalogue has (limit %(limit)s MB); "
        "it was not opened."
    ),
    "no_sheet": _lt("All sheets of this workbook are hidden. Show the one to read."),
    "merged": _lt(
        "Cells %(cells)s are merged. Unmerge them and fill in each row, and try again."
    ),
    "quotes": _lt(
        "Row %(line)s or one before it has a quotation mark that is not closed."
    ),
    "too_many_columns": _lt("The file has more than %(limit)s columns."),
    "column_twice": _lt("These columns are there twice: %(columns)s."),
    "too_many_cells": _lt(
        "This row has more cells than the %(count)s headings; a text with the "
        "separator in it needs quotation marks."
    ),
    "long_cell": _lt("Column %(column)s has more than %(limit)s characters."),
    "formula": _lt(
        "Column %(column)s holds a formula. Copy the cells and paste them as values."
    ),
    "formula_error": _lt("Column %(column)s shows the error of a formula: %(value)s."),
    "not_a_package": _lt(
        "This is not a configuration exported from this system, or it is damaged."
    ),
    "package_newer": _lt(
        "This package is of version %(version)s, and this system reads version "
        "%(known)s at most. Update the system first."
    ),
    "package_tampered": _lt(
        "This package is not what it was when it was exported: “%(name)s” differs. "
        "It was not opened; export it again."
    ),
    "subject_unknown": _lt(
        "Not in the coded list of subjects, and left out: “%(value)s”."
    ),
    "short_missing": _lt("The abbreviation of the agency is missing."),
    "short_twice": _lt("Agency “%(short)s” is in row %(first)s already."),
    "name_missing": _lt("The Vietnamese name of the agency is missing."),
    "kind_unknown": _lt("“%(kind)s” is not a kind of agency."),
    "date_form": _lt(
        "“%(value)s” in column %(column)s is not a date; write 2025-07-01."
    ),
    "link": _lt("Column %(column)s: there is no agency “%(short)s”."),
    "agency_code": _lt(
        "“%(value)s” is not an agency identification code such as H01.06."
    ),
    "code_form": _lt(
        "“%(value)s” is not a code of a procedure; they look like 1.004616."
    ),
    "code_short": _lt(
        "Code %(value)s has too few digits. Spreadsheets drop zeros at the "
        "end: it may be %(guess)s. Format the column as text."
    ),
    "code_twice": _lt("This code is in row %(first)s already."),
    "empty": _lt("Column %(column)s is empty."),
    "number_form": _lt(
        "“%(value)s” in column %(column)s is not a whole number (digits only)."
    ),
    "choice": _lt("Column %(column)s: “%(value)s” is not known."),
    "no_days": _lt("A time limit of 0 days: leave it empty when it is unknown."),
    "day_type_missing": _lt(
        "A time limit without “working” or “calendar” in column day_type."
    ),
    "part_without_procedure": _lt(
        "There is no procedure “%(value)s” in the file of procedures."
    ),
    "part_twice": _lt("The same document as in row %(first)s; it is taken once."),
    "department_unknown": _lt("There is no agency “%(name)s” on record."),
    "abolished": _lt("This procedure was abolished."),
    "newer_version": _lt(
        "It differs from the version in force since %(day)s: choose a later "
        "day on which the imported version takes effect."
    ),
}
