# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Rows of the catalogue as cells of the files they are read from."""

from . import words

PROCEDURE_LAYOUT = (
    "code",
    "name",
    "field",
    "department",
    "level",
    "processing_days",
    "day_type",
    "fee_vnd",
    "fee_note",
    "result",
    "online_level",
    "legal_basis",
    "onsite_mode",
    "frequency",
)
PART_LAYOUT = ("code", "case", "part_name", "originals", "copies")
EXTRA_LAYOUT = (
    "code",
    "issuing_body",
    "executing_agency_verbatim",
    "decision_no",
    "applicants",
    "submission_channels",
    "portal_url",
)


def _inverse(names):
    """Value -> the word that files have for it, with its first letter large."""
    return {value: name[:1].upper() + name[1:] for name, value in names.items()}


LEVELS = _inverse(words.LEVELS)
ONLINE_LEVELS = {**_inverse(words.ONLINE_LEVELS), "none": ""}
CHANNELS = _inverse(words.CHANNELS)
TIME_UNITS = {value: name for name, value in words.TIME_UNITS.items()}


def procedure_cells(row):
    """The cells of a :class:`~.rows.ProcedureRow` by `PROCEDURE_LAYOUT`."""
    days = str(row.time_value) if row.time_value else ""
    fee = {"fixed": str(row.fee.amount), "free": "0"}.get(row.fee.mode, "")
    return [
        row.code,
        row.name,
        row.sector,
        row.department,
        ", ".join(LEVELS[level] for level in row.levels or ()),
        days,
        TIME_UNITS.get(row.time_unit, ""),
        fee,
        row.fee.note,
        row.result or "",
        ONLINE_LEVELS.get(row.online_level, ""),
        row.legal_basis or "",
        row.onsite_mode or "",
        row.frequency or "",
    ]


def part_rows(row):
    """The cells of each document of a row by `PART_LAYOUT`.

    A case without documents has a line of its own, unless it is the only one and has
    the name that reading gives to it.
    """
    for case in row.cases or ():
        heading = "" if case.name == words.GENERAL_CASE else case.name
        for part in case.parts:
            counts = (str(part.originals), str(part.copies))
            yield [row.code, heading, part.name, *counts]
        if not case.parts and (heading or len(row.cases) > 1):
            yield [row.code, case.name, "", "", ""]


def extra_cells(row):
    """The cells of a :class:`~.rows.ProcedureRow` by `EXTRA_LAYOUT`."""
    return [
        row.code,
        row.issuing_body or "",
        row.executing_text or "",
        row.central_decision or "",
        ", ".join(words.SUBJECTS[code] for code in row.subjects or ()),
        "; ".join(CHANNELS[code] for code in row.channels or ()),
        row.source_url or "",
    ]
