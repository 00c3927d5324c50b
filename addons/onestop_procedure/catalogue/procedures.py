# Part of One-Stop. See LICENSE file for full copyright and licensing details.
from dataclasses import replace

from . import words
from .problem import Problem
from .process import ONSITE_MODES
from .row_reader import RowReader
from .rows import CaseRow, FeeRow, PartRow, ProcedureRow
from .text import clean_heading, comparison_key, split_list

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
EXTRA_COLUMNS = ("code",)


def read_procedures(procedures, parts=None, extra=None):
    """Read the rows of a table of procedures, of their parts, of further columns.

    :param procedures: rows of :func:`read_table`.
    :param parts: rows of :func:`read_table`; None: the documents are not told of.
    :param extra: rows of :func:`read_table`; None: they are not told of.
    :return: (list of :class:`ProcedureRow`, list of :class:`Problem`).
    """
    reader, rows = RowReader("procedures"), {}
    for reader.line, reader.cells in procedures:
        code = reader.code()
        if code in rows:
            reader.report("code_twice", first=rows[code].line)
        elif code:
            rows[code] = _procedure(reader, code)
    problems = reader.problems + _faults("procedures", procedures)
    known = {cells["code"] for _line, cells in procedures}
    if parts is not None:
        cases, found = _read_parts(parts, known)
        problems += found + _faults("parts", parts)
        general = (CaseRow(words.GENERAL_CASE),)
        for code, row in rows.items():
            rows[code] = replace(row, cases=cases.get(code) or general)
    if extra is not None:
        values, found = _read_extra(extra, known)
        problems += found + _faults("extra", extra)
        for code, row in rows.items():
            rows[code] = replace(row, **values.get(code, {}))
    return list(rows.values()), problems


def _faults(file, table):
    """What was wrong with single cells when the file was read."""
    lines = dict(table)
    return [
        Problem(file, line, reason, values, lines.get(line, {}).get("code", ""))
        for line, reason, values in getattr(table, "faults", ())
    ]


def _procedure(reader, code):
    cells = reader.cells
    time_value, time_unit = _time(reader)
    result = reader.optional("result")
    laws = reader.optional("legal_basis")
    return ProcedureRow(
        line=reader.line,
        code=code,
        name=reader.required("name"),
        sector=reader.required("field"),
        department=reader.required("department"),
        levels=_levels(reader) if "level" in cells else None,
        time_value=time_value,
        time_unit=time_unit,
        fee=_fee(reader),
        # The portal's pages leave a separator where a heading was cut off.
        result=result and result.lstrip(" :;,-"),
        online_level=reader.choice("online_level", words.ONLINE_LEVELS, "none")
        if "online_level" in cells
        else None,
        legal_basis=laws and "; ".join(split_list(laws)),
        frequency=reader.choice("frequency", words.FREQUENCIES),
        onsite_mode=reader.choice("onsite_mode", tuple(ONSITE_MODES)),
    )


def _levels(reader):
    """All levels that handle it, in the order of `words.LEVELS`."""
    names = [n.strip() for n in reader.cells["level"].lower().split(",")]
    names = [name for name in names if name]
    unknown = [name for name in names if name not in words.LEVELS]
    if unknown:
        reader.report("choice", column="level", value=", ".join(unknown))
    found = {words.LEVELS[name] for name in names if name in words.LEVELS}
    found = found or {words.LEVELS["cấp tỉnh"]}
    return tuple(code for code in words.LEVELS.values() if code in found)


def _time(reader):
    value = reader.number("processing_days")
    unit = reader.choice("day_type", words.TIME_UNITS)
    if not value:
        if reader.cells["processing_days"] == "0":
            reader.report("no_days")
        return 0, "none"
    if not unit:
        if not reader.cells["day_type"]:
            reader.report("day_type_missing")
        return 0, "none"
    return value, unit


def _fee(reader):
    note = reader.cells.get("fee_note", "")
    amount = reader.number("fee_vnd")
    if amount:
        return FeeRow("fixed", amount, note)
    if reader.cells["fee_vnd"]:
        return FeeRow("free", 0, note)
    return FeeRow("text" if note else "unknown", 0, note)


def _read_parts(table, known):
    """The cases with their parts, by code of the procedure."""
    reader, cases = RowReader("parts"), {}
    for reader.line, reader.cells in table:
        code = reader.cells["code"]
        if code not in known:
            reader.report("part_without_procedure", value=code)
            continue
        named = clean_heading(reader.cells["case"])
        heading = named or words.GENERAL_CASE
        told = [reader.cells[column] for column in PART_COLUMNS[2:]]
        if named and not any(told):
            # A heading alone: a case that asks for no document.
            cases.setdefault(code, {}).setdefault(heading, {})
            continue
        originals, copies = reader.number("originals"), reader.number("copies")
        name = reader.required("part_name")
        if originals is None or copies is None or not name:
            continue
        parts = cases.setdefault(code, {}).setdefault(heading, {})
        part = PartRow(name, originals, copies)
        if part in parts:
            reader.report("part_twice", blocking=False, first=parts[part])
            continue
        parts[part] = reader.line
    found = {
        code: tuple(CaseRow(heading, tuple(parts)) for heading, parts in named.items())
        for code, named in cases.items()
    }
    return found, reader.problems


def _read_extra(table, known):
    """Values of :class:`ProcedureRow` by code of the procedure."""
    reader, found, lines = RowReader("extra"), {}, {}
    for reader.line, reader.cells in table:
        code = reader.cells["code"]
        if code not in known:
            reader.report("part_without_procedure", value=code)
        elif code in lines:
            reader.report("code_twice", first=lines[code])
        else:
            lines[code] = reader.line
            applicants = reader.optional("applicants")
            channels = reader.optional("submission_channels")
            found[code] = {
                "issuing_body": reader.optional("issuing_body"),
                "central_decision": reader.optional("decision_no"),
                "executing_text": reader.optional("executing_agency_verbatim"),
                "source_url": reader.optional("portal_url"),
                "subjects": None if applicants is None else _subjects(reader),
                "channels": None if channels is None else _channels(reader),
            }
    return found, reader.problems


def _subjects(reader):
    """Codes of those who may carry it out, in the order of `words.SUBJECTS`."""
    key = comparison_key(reader.cells["applicants"])
    found = set()
    # The names hold commas themselves: the longest that fits is taken first.
    for name in sorted(words.SUBJECT_NAMES, key=len, reverse=True):
        shorter = f" {key} ".replace(f" {name} ", "  ")
        if shorter.strip() != key:
            found.add(words.SUBJECT_NAMES[name])
            key = shorter.strip()
    if key:
        value = " ".join(key.split())
        reader.report("subject_unknown", blocking=False, value=value)
    return tuple(code for code in words.SUBJECTS if code in found)


def _channels(reader):
    names = split_list(reader.cells["submission_channels"].lower())
    unknown = [name for name in names if name not in words.CHANNELS]
    if unknown:
        values = {"column": "submission_channels", "value": ", ".join(unknown)}
        reader.report("choice", **values)
    return tuple(code for name, code in words.CHANNELS.items() if name in names)
