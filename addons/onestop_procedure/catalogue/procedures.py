# Part of One-Stop. See LICENSE file for full copyright and licensing details.
import re
from dataclasses import dataclass, replace

from . import words
from .problem import Problem
from .process import ONSITE_MODES
from .text import clean_heading

PROCEDURE_COLUMNS = (
    "code",
    "name",
    "field",
    "department",
    "processing_days",
    "day_type",
    "fee_vnd",
)
PART_COLUMNS = ("code", "case", "part_name", "originals", "copies")
CODE = re.compile(r"[0-9]\.[0-9]{6}")
SHORT_CODE = re.compile(r"[0-9]\.[0-9]{1,5}")
DIGITS = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True)
class PartRow:
    """A required document of a case."""

    name: str
    originals: int
    copies: int

    @property
    def required(self) -> bool:
        """Whether everybody has to hand it in; the files have no column for it."""
        return not words.CONDITIONAL.search(self.name)


@dataclass(frozen=True)
class FeeRow:
    """What is to be paid: "unknown", "free", "fixed" (amount in VND) or "text"."""

    mode: str
    amount: int
    note: str


@dataclass(frozen=True)
class CaseRow:
    """A case with its parts, in the order of the file."""

    name: str
    parts: tuple[PartRow, ...] = ()


@dataclass(frozen=True)
class ProcedureRow:
    """A procedure as the files have it; None where the file has no say."""

    line: int
    code: str
    name: str
    sector: str
    department: str
    level: str
    time_value: int
    time_unit: str
    fee: FeeRow
    result: str
    online_level: str
    legal_basis: str
    frequency: str | None
    onsite_mode: str | None
    cases: tuple[CaseRow, ...] = (CaseRow(words.GENERAL_CASE),)

    def content(self):
        """What a version has to say, comparable with that of a stored one."""
        fees = (self.fee,)
        return (
            self.online_level,
            self.result,
            self.legal_basis,
            tuple(
                (case.name, self.time_value, self.time_unit, fees, case.parts)
                for case in self.cases
            ),
        )


class _Reader:
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

    def level(self):
        """The level that handles it; the province when several do."""
        names = [n.strip() for n in self.cells.get("level", "").lower().split(",")]
        names = [name for name in names if name]
        unknown = [name for name in names if name not in words.LEVELS]
        if unknown:
            self.report("choice", column="level", value=", ".join(unknown))
        levels = [words.LEVELS[name] for name in names if name in words.LEVELS]
        return "province" if not levels or "province" in levels else levels[0]

    def time(self):
        value = self.number("processing_days")
        unit = self.choice("day_type", words.TIME_UNITS)
        if not value:
            if self.cells["processing_days"] == "0":
                self.report("no_days")
            return 0, "none"
        if not unit:
            if not self.cells["day_type"]:
                self.report("day_type_missing")
            return 0, "none"
        return value, unit

    def fee(self):
        note = self.cells.get("fee_note", "")
        amount = self.number("fee_vnd")
        if amount:
            return FeeRow("fixed", amount, note)
        if self.cells["fee_vnd"]:
            return FeeRow("free", 0, note)
        return FeeRow("text" if note else "unknown", 0, note)


def read_procedures(procedures, parts=()):
    """Read the rows of a table of procedures and of a table of their parts.

    :param procedures: rows of :func:`read_table`.
    :param parts: rows of :func:`read_table`, may be empty.
    :return: (list of :class:`ProcedureRow`, list of :class:`Problem`).
    """
    reader, rows = _Reader("procedures"), {}
    for reader.line, reader.cells in procedures:
        code = reader.code()
        if code in rows:
            reader.report("code_twice", first=rows[code].line)
        elif code:
            rows[code] = _procedure(reader, code)
    known = {cells["code"] for _line, cells in procedures}
    cases, problems = _read_parts(parts, known)
    found = [
        replace(row, cases=tuple(cases[code])) if cases.get(code) else row
        for code, row in rows.items()
    ]
    return found, reader.problems + problems


def _procedure(reader, code):
    cells = reader.cells
    time_value, time_unit = reader.time()
    return ProcedureRow(
        line=reader.line,
        code=code,
        name=reader.required("name"),
        sector=reader.required("field"),
        department=reader.required("department"),
        level=reader.level(),
        time_value=time_value,
        time_unit=time_unit,
        fee=reader.fee(),
        # The portal's pages leave a separator where a heading was cut off.
        result=cells.get("result", "").lstrip(" :;,-"),
        online_level=reader.choice("online_level", words.ONLINE_LEVELS, "none"),
        legal_basis=cells.get("legal_basis", ""),
        frequency=reader.choice("frequency", words.FREQUENCIES),
        onsite_mode=reader.choice("onsite_mode", tuple(ONSITE_MODES)),
    )


def _read_parts(table, known):
    """The cases with their parts, by code of the procedure."""
    reader, cases = _Reader("parts"), {}
    for reader.line, reader.cells in table:
        code = reader.cells["code"]
        if code not in known:
            reader.report("part_without_procedure", value=code)
            continue
        originals, copies = reader.number("originals"), reader.number("copies")
        name = reader.required("part_name")
        if originals is None or copies is None or not name:
            continue
        heading = clean_heading(reader.cells["case"]) or words.GENERAL_CASE
        parts = cases.setdefault(code, {}).setdefault(heading, {})
        part = PartRow(name, originals, copies)
        if part in parts:
            reader.report("part_twice", blocking=False, first=parts[part])
            continue
        parts[part] = reader.line
    found = {
        code: [CaseRow(heading, tuple(parts)) for heading, parts in by_case.items()]
        for code, by_case in cases.items()
    }
    return found, reader.problems
