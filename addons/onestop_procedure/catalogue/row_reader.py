# Part of One-Stop. See LICENSE file for full copyright and licensing details.
import re

from .problem import Problem

CODE = re.compile(r"[0-9]\.[0-9]{6}")
SHORT_CODE = re.compile(r"[0-9]\.[0-9]{1,5}")
DIGITS = re.compile(r"[0-9]{1,9}")


class RowReader:
    """Reads the cells of one row after the other, and reports what is wrong."""

    def __init__(self, file):
        self.file = file
        self.problems = []
        self.line, self.cells = 0, {}

    def report(self, reason, blocking=True, **values):
        code = self.cells.get("code", "")
        self.problems.append(
            Problem(self.file, self.line, reason, values, code, blocking)
        )

    def code(self):
        code = self.cells["code"]
        if CODE.fullmatch(code):
            return code
        if SHORT_CODE.fullmatch(code):
            self.report("code_short", value=code, guess=code.ljust(8, "0"))
        else:
            self.report("code_form", value=code)
        return None

    def required(self, column):
        if not self.cells[column]:
            self.report("empty", column=column)
        return self.cells[column]

    def optional(self, column):
        """The text of a cell, None when the file has no such column."""
        return self.cells.get(column)

    def number(self, column):
        """A whole number, 0 for an empty cell, None when it is neither."""
        text = self.cells[column]
        if not text:
            return 0
        if not DIGITS.fullmatch(text):
            self.report("number_form", column=column, value=text)
            return None
        return int(text)

    def choice(self, column, choices, default=None):
        value = self.cells.get(column, "").lower()
        if not value:
            return default
        if value not in choices:
            self.report("choice", column=column, value=value)
            return default
        return choices[value] if isinstance(choices, dict) else value
