# Part of One-Stop. See LICENSE file for full copyright and licensing details.
from dataclasses import dataclass
from datetime import date

from .problem import Problem
from .text import clean
from .words import DEPARTMENT_KINDS

REQUIRED = ("short", "name_vi", "kind")


@dataclass(frozen=True)
class DepartmentRow:
    """An agency as the file has it; dates are legal days (Viet Nam)."""

    line: int
    short: str
    code: str
    name_vi: str
    name_en: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    successor: str
    parent: str


def read_departments(table):
    """Read the rows of a table of agencies.

    :param table: rows of :func:`read_table`.
    :return: (list of :class:`DepartmentRow`, list of :class:`Problem`).
    """
    rows, problems, seen = [], [], {}
    for line, cells in table:

        def report(reason, line=line, cells=cells, **values):
            problems.append(
                Problem("departments", line, reason, values, cells.get("short", ""))
            )

        short = clean(cells.get("short", ""))
        kind = cells.get("kind", "").lower()
        if not short:
            report("short_missing")
            continue
        if short in seen:
            report("short_twice", short=short, first=seen[short])
            continue
        seen[short] = line
        if not cells.get("name_vi"):
            report("name_missing")
        if kind not in DEPARTMENT_KINDS:
            report("kind_unknown", kind=kind)
        days = {}
        for column in ("valid_from", "valid_to"):
            try:
                text = cells.get(column, "")
                days[column] = date.fromisoformat(text) if text else None
            except ValueError:
                report("date_form", column=column, value=cells[column])
                days[column] = None
        rows.append(
            DepartmentRow(
                line=line,
                short=short,
                code=cells.get("code", ""),
                name_vi=cells.get("name_vi", ""),
                name_en=cells.get("name_en", ""),
                kind=kind,
                successor=cells.get("successor", ""),
                parent=cells.get("parent", ""),
                **days,
            )
        )
    return rows, problems
