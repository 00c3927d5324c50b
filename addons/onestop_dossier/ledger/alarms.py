# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""When to warn, and who used the time: pure functions of the clock.

Warnings come at 50, 80 and 100 % of the working time allowed, for the whole and for
the running step (domain reference, 9.4). A breach is certain when the due date has
passed, or when the time of the steps that are left no longer fits before it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from odoo.addons.onestop_procedure import clock

from .clock_state import CITIZEN, LAW, Clock
from .timeline import used_until

LEVELS = (50, 80, 100)


@dataclass(frozen=True)
class Alarm:
    """Something to warn of.

    :param kind: "whole", "step" or "breach"
    :param level: share of the time used, in percent
    :param at: instant from which it is true, if nothing happens before
    """

    kind: str
    level: int
    at: datetime


def alarms(state: Clock, calendar_of) -> list[Alarm]:
    """All alarms of a running clock, the earliest first; none while it stands still.

    Those that are true already have an instant that has passed.
    """
    if not state.running or not state.due:
        return []
    calendar = calendar_of(state.revision)
    found = [
        Alarm(
            "whole", level, _reached(state, state.due, state.allowed, level, calendar)
        )
        for level in LEVELS
    ]
    if state.step_due and state.step_limit:
        limit = state.step_limit
        found += [
            Alarm(
                "step", level, _reached(state, state.step_due, limit, level, calendar)
            )
            for level in LEVELS
        ]
    found.append(Alarm("breach", 100, breach_at(state, calendar_of)))
    return sorted(found, key=lambda alarm: alarm.at)


def breach_at(state: Clock, calendar_of) -> datetime:
    """From when it is certain that the due date will not be kept.

    While the step is within its own time the steps after it still have theirs; a
    process without durations breaks its promise when the due date has passed.
    """
    calendar = calendar_of(state.revision)
    after = state.step_after if state.step else 0
    if not after:
        return state.due
    if state.step_due:
        room = clock.working_seconds(state.step_due, state.due, calendar)
        if room < after:
            return state.last
    left = clock.working_seconds(state.last, state.due, calendar) - after
    if left <= 0:
        return state.last
    return clock.add_working_seconds(state.last, left, calendar)


def _reached(state, due, allowed, level, calendar):
    left = clock.working_seconds(state.last, due, calendar)
    spare = left - allowed * (100 - level) // 100
    if spare <= 0:
        return min(state.last, due)
    return clock.add_working_seconds(state.last, spare, calendar)


def account(
    state: Clock, now: datetime, calendar_of, partners: Mapping | None = None
) -> dict:
    """Who used how much of the time up to ``now``, for the apology and the report.

    :param partners: working seconds for which each consulted agency was waited for;
        they are part of what the asking agency used
    :return: plain values: ``step`` (the running one, or the one that exceeded its
        time most), ``steps`` in their order, ``agencies``, ``partners``, ``citizen``
        and ``law`` in working seconds
    """
    runs = [
        {
            "step": run.step,
            "agency": run.agency,
            "used": run.used,
            "over": _over(run.due, run.ended, state, calendar_of),
        }
        for run in state.steps
    ]
    used = dict(used_until(state, now, calendar_of))
    if state.step:
        since = sum(used.values()) - sum(state.used.values())
        running = since if state.running else 0
        runs.append(
            {
                "step": state.step,
                "agency": state.agency,
                "used": state.step_used + running,
                "over": _over(
                    state.step_due, state.paused_since or now, state, calendar_of
                ),
            }
        )
    late = max(runs, key=lambda run: run["over"], default=None)
    if late and late["over"] <= 0 and state.step:
        late = runs[-1]
    return {
        "step": late["step"] if late else None,
        "agency": late["agency"] if late else state.agency,
        "steps": runs,
        "citizen": used.pop(CITIZEN, 0),
        "law": used.pop(LAW, 0),
        "agencies": {str(agency): seconds for agency, seconds in used.items()},
        "partners": {str(agency): s for agency, s in (partners or {}).items()},
    }


def _over(due, ended, state, calendar_of):
    if not due or state.revision is None:
        return 0
    return max(clock.working_seconds(due, ended, calendar_of(state.revision)), 0)
