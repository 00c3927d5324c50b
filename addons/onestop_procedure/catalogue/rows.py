# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A procedure as files say it, comparable with what is on record."""

from dataclasses import dataclass
from functools import cached_property

from . import words

# What stays the same through the versions of a procedure, and what a version says.
IDENTITY = ("name", "sector", "department", "levels", "frequency")
CONTENT = (
    "time",
    "fee",
    "result",
    "online_level",
    "legal_basis",
    "onsite_mode",
    "issuing_body",
    "central_decision",
    "executing_text",
    "subjects",
    "channels",
    "source_url",
    "cases",
)


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
    """A procedure as the files have it; None where the files have no say.

    A file without a column, or an import without the table of documents, says
    nothing of it: what is on record stays. An empty cell says "not known".
    """

    line: int
    code: str
    name: str
    sector: str
    department: str
    time_value: int
    time_unit: str
    fee: FeeRow
    levels: tuple[str, ...] | None = None
    result: str | None = None
    online_level: str | None = None
    legal_basis: str | None = None
    frequency: str | None = None
    onsite_mode: str | None = None
    issuing_body: str | None = None
    central_decision: str | None = None
    executing_text: str | None = None
    subjects: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None
    source_url: str | None = None
    cases: tuple[CaseRow, ...] | None = None

    @property
    def level(self):
        """The level of the competent agency; the province when several handle it."""
        levels = [name for name in self.levels or () if name != "district"]
        return "province" if not levels or "province" in levels else levels[0]

    @cached_property
    def time(self):
        """(value, unit) of the time limit; (0, "none") when it is not known."""
        return self.time_value, self.time_unit

    def changes(self, stored):
        """What this row says otherwise than the one on record.

        :param stored: :class:`ProcedureRow` of what is on record.
        :return: {field of IDENTITY or CONTENT: (before, after)}.
        """
        found = {}
        for name in (*IDENTITY, *CONTENT):
            before, after = getattr(stored, name), getattr(self, name)
            if after is not None and after != before:
                found[name] = (before, after)
        return found


def one_fee(fees):
    """The fee that the files' single column can say of a procedure.

    :param fees: a tuple of :class:`FeeRow` of each case.
    :return: the one that all cases have, else all of them in words.
    """
    several = list(dict.fromkeys(fees))
    fee = FeeRow("unknown", 0, "")
    if len(several) == 1 and len(several[0]) == 1:
        fee = several[0][0]
    elif any(several):
        told = dict.fromkeys(_fee_words(fee) for fees in several for fee in fees)
        fee = FeeRow("text", 0, "; ".join(filter(None, told)))
    if fee.mode in ("text", "unknown"):
        # Without a note nothing is known; with one, it is what the note says.
        fee = FeeRow("text" if fee.note else "unknown", 0, fee.note)
    return fee


def _fee_words(fee):
    amount = {"fixed": words.AMOUNT % fee.amount, "free": words.FREE}.get(fee.mode, "")
    return ": ".join(filter(None, (amount, fee.note)))


def one_time(times):
    """The limit that all cases have, else (0, "none"), as for one not known."""
    several = set(times)
    return several.pop() if len(several) == 1 else (0, "none")


def merge_cases(cases):
    """Cases with their headings and parts once each, as reading a file gives them.

    :param cases: :class:`CaseRow`, with names as they are on record.
    """
    found = {}
    for case in cases:
        parts = found.setdefault(case.name or words.GENERAL_CASE, {})
        parts.update(dict.fromkeys(part for part in case.parts if part.name))
    return tuple(CaseRow(name, tuple(parts)) for name, parts in found.items()) or (
        CaseRow(words.GENERAL_CASE),
    )
