# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The rule sets by date: what the law says on each point, as one table.

A dossier keeps the rules of the day of its reception (design: rule 7). What a Centre
sets otherwise wins over the table; both are frozen in the event of reception. Numbers
whose text was not seen in the law are settings, not constants: see the domain
reference, 2.4 to 2.11.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time

from odoo.addons.onestop_procedure.clock import WorkCalendar


@dataclass(frozen=True)
class Rules:
    """The points on which rule sets and Centres differ.

    :param supplement_clock: what follows a supplement: the limit starts again
        ("restart") or the due date moves by the time waited ("shift")
    :param supplements: requests while handling that need no special reason
    :param supplement_ask_days: working days after reception within which a supplement
        is asked for without a special reason; 0 for any time
    :param supplement_days: working days that the citizen has to supplement
    :param payment_days: working days to meet a financial obligation; 0 for no end
    :param apologies: how often a new appointment may be given
    :param apology_days: working days before the time expires at which an apology is
        signed at the latest
    :param apology_late: what becomes of a later apology: it is kept as late
        ("record") or not taken ("refuse")
    :param extension_days: working days that the law may add at most, where the
        procedure does not say
    :param online_hours: working hours to answer an online dossier
    :param hand_over: hour of the day after which paper is handed over on the next
        working day
    :param rejected_code: national status of a rejection: "result" (9, then 10) or
        "refusal" (3)
    """

    supplement_clock: str = "restart"
    supplements: int = 1
    supplement_ask_days: int = 3
    supplement_days: int = 20
    payment_days: int = 30
    apologies: int = 1
    apology_days: int = 1
    apology_late: str = "record"
    extension_days: int = 30
    online_hours: int = 8
    hand_over: float = 15.0
    rejected_code: str = "result"


# Key, first day, rules; the youngest first (domain reference, 0.3).
RULE_SETS = (
    # NĐ 118/2025/NĐ-CP, TT 03/2025/TT-VPCP; its numbers were not seen: as before.
    ("nd118_2025", date(2025, 7, 1), Rules()),
    # NĐ 61/2018/NĐ-CP as amended by NĐ 107/2021/NĐ-CP
    ("nd61_107", date(2021, 12, 6), Rules()),
    # NĐ 61/2018/NĐ-CP: no numbers yet for when to ask for a supplement
    ("nd61_2018", date(2018, 6, 21), Rules(supplement_ask_days=0)),
)
NAMES = tuple(field.name for field in fields(Rules))


def key_on(day: date) -> str:
    """Key of the rules in force on a legal day; the oldest for any day before."""
    return next((key for key, start, _r in RULE_SETS if day >= start), "nd61_2018")


def rules_of(key: str | None, settings: Mapping | None = None) -> Rules:
    """The rules of a set, with what a Centre sets otherwise.

    :param settings: values by name; empty ones leave what the set says.
    """
    rules = next((r for name, _s, r in RULE_SETS if name == key), RULE_SETS[0][2])
    own = {n: v for n, v in (settings or {}).items() if n in NAMES and v}
    return replace(rules, **own)


def rules_data(rules: Rules) -> dict:
    """Rules as plain values for the event of reception."""
    return asdict(rules)


def rules_from(data: Mapping) -> Rules:
    """The rules that :func:`rules_data` wrote; points added since have the default."""
    return Rules(**{name: data[name] for name in NAMES if name in data})


def hand_over_by(received: datetime, rules: Rules, calendar: WorkCalendar) -> datetime:
    """Until when paper goes to the agency that handles it (NĐ 61/2018, Điều 18).

    On the same working day; received after the hour of the rules, at the opening of
    the next working day. An electronic dossier goes at once.

    :param received: aware
    """
    start = calendar.normalise(received)
    hours, minutes = divmod(round(rules.hand_over * 60), 60)
    if start.time() > time(hours, minutes):
        return calendar.opening(calendar.next_working_day(start.date()))
    return calendar.closing(start.date())
