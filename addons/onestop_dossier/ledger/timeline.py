# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The statutory clock of a dossier, folded from its events.

A pure function: due date, pauses, end, and the working time that each agency and the
citizen used follow from the events and the calendar revisions that they name. Run
again in ten years, it gives the same answer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, time

from odoo.addons.onestop_procedure import clock

from .clock_state import CITIZEN, LAW, Clock, StepRun, Tick
from .transitions import Effect

__all__ = [
    "CITIZEN",
    "LAW",
    "Clock",
    "StepRun",
    "Tick",
    "fold",
    "limit_data",
    "limit_from",
    "used_until",
]


def fold(
    ticks: Iterable[Tick],
    calendar_of: Callable[[int], clock.WorkCalendar],
    start: Clock | None = None,
) -> Clock:
    """The clock after ``ticks``.

    :param calendar_of: the working calendar of a revision's id
    :param start: the clock before the first tick, default a fresh one
    """
    state = start or Clock()
    for tick in ticks:
        if tick.kind == "recall" and state.before:
            # As if it had not been forwarded: the time since is the sender's.
            state = _account(state.before, tick.at, calendar_of)
            continue
        before = replace(state, before=None) if tick.kind == "forward" else None
        state = _account(state, tick.at, calendar_of)
        state = _EFFECTS[Effect(tick.data.get("effect", Effect.NONE))](
            state, tick, calendar_of
        )
        state = _step(_asked(state, tick, calendar_of), tick, calendar_of)
        state = replace(state, agency=tick.agency, last=tick.at, before=before)
    return state


def used_until(state: Clock, now: datetime, calendar_of) -> Mapping:
    """Working seconds used by each agency and by the citizen, up to ``now``."""
    return _account(state, now, calendar_of).used


def limit_data(limit: clock.Limit) -> dict:
    """A limit as plain values for an event."""
    return {
        "value": limit.value,
        "unit": str(limit.unit),
        "extra_days": limit.extra_days,
        "cut_off": limit.cut_off and limit.cut_off.isoformat(),
        "appointment": str(limit.appointment),
    }


def limit_from(data: Mapping) -> clock.Limit:
    """The limit that :func:`limit_data` wrote."""
    cut_off = data.get("cut_off")
    return clock.Limit(
        value=data["value"],
        unit=data["unit"],
        extra_days=data.get("extra_days", 0),
        cut_off=time.fromisoformat(cut_off) if cut_off else None,
        appointment=data.get("appointment", clock.Appointment.CLOSING),
    )


def _account(state, now, calendar_of):
    """Book the working time since the last event to whoever had the dossier."""
    account = state.pays
    if account is None or state.last is None or state.revision is None:
        return state
    seconds = clock.working_seconds(state.last, now, calendar_of(state.revision))
    used = dict(state.used)
    if seconds:
        used[account] = used.get(account, 0) + seconds
    on_step = seconds if state.step and account not in (CITIZEN, LAW) else 0
    return replace(state, used=used, last=now, step_used=state.step_used + on_step)


def _start(state, tick, calendar_of):
    limit = limit_from(tick.data["limit"])
    state = replace(
        state, received=tick.at, limit=limit, revision=tick.data["revision"]
    )
    return _count(_answered(state), tick.at, calendar_of)


def _count(state, start, calendar_of):
    """Count the whole limit from ``start``."""
    calendar = calendar_of(state.revision)
    due = clock.due_at(start, state.limit, calendar)
    return replace(
        state,
        due=due,
        counted_from=start,
        allowed=clock.working_seconds(start, due, calendar) if due else 0,
        waits=(),
        extended=None,
    )


def _pause(payer):
    def pause(state, tick, calendar_of):
        if not state.running:
            return state
        return replace(state, paused_since=tick.at, paused_for=payer)

    return pause


def _resume(state, tick, calendar_of):
    since = state.paused_since
    state = _answered(state)
    if not since:
        return state
    revision = tick.data.get("revision", state.revision)
    calendar = calendar_of(revision)
    state = replace(state, revision=revision, paused_since=None, paused_for=None)
    restarts = tick.data.get("variant") == "restart"
    if state.due and _is_late(since, state.due, calendar):
        # What was late when it was interrupted stays late: a supplement asked for
        # after the due day does not give the agency a new limit.
        restarts = False
    elif state.due and restarts:
        state = _count(state, tick.at, calendar_of)
    elif state.due:
        state = replace(
            state,
            due=clock.shift(state.due, since, tick.at, calendar),
            extended=state.extended
            and clock.shift(state.extended, since, tick.at, calendar),
            waits=(*state.waits, (since, tick.at)),
        )
    return replace(
        state, step_due=_step_resumed(state, since, tick.at, restarts, calendar)
    )


def _step_resumed(state, since, now, restarts, calendar):
    """The running step has as long as was left of it, or all of its time anew."""
    if not state.step_due:
        return None
    left = clock.working_seconds(since, state.step_due, calendar)
    if restarts:
        left = state.step_limit
    # Late when it was interrupted: it stays so.
    return (
        clock.add_working_seconds(now, left, calendar) if left > 0 else state.step_due
    )


def _is_late(moment, due, calendar):
    return clock.timeliness(moment, due, calendar) is clock.Timeliness.LATE


def _extend(state, tick, calendar_of):
    if not tick.data.get("due"):
        return state
    due = datetime.fromisoformat(tick.data["due"])
    calendar = calendar_of(state.revision)
    added = clock.working_seconds(state.due, due, calendar) if state.due else 0
    step_due = state.step_due
    if step_due and added > 0:
        step_due = clock.add_working_seconds(step_due, added, calendar)
    return replace(
        state,
        due=due,
        extended=due,
        allowed=state.allowed + added,
        step_due=step_due,
    )


def _recount(state, tick, calendar_of):
    """Count again from the same start: a corrected limit, or a calendar made late.

    Pauses move the new due date as they moved the old one, what the law added stays.
    A dossier that is late already stays late.
    """
    revision = tick.data.get("revision", state.revision)
    limit = limit_from(tick.data["limit"]) if "limit" in tick.data else state.limit
    old, calendar = state, calendar_of(revision)
    state = replace(state, revision=revision, limit=limit)
    moment = state.paused_since or tick.at
    if not old.counted_from or (old.due and _is_late(moment, old.due, calendar)):
        return state
    state = _count(state, old.counted_from, calendar_of)
    due = state.due
    for since, until in old.waits:
        due = due and clock.shift(due, since, until, calendar)
    if due and old.extended:
        due = max(due, old.extended)
    step_due = old.step_due
    if step_due:
        left = clock.working_seconds(tick.at, step_due, calendar_of(old.revision))
        if left > 0:
            step_due = clock.add_working_seconds(tick.at, left, calendar)
    return replace(
        state, due=due, waits=old.waits, extended=old.extended, step_due=step_due
    )


def _stop(state, tick, calendar_of):
    state = _answered(state)
    # A dossier that was never received has no clock to stop.
    if not state.received:
        return state
    state = replace(state, finished=tick.at, paused_since=None, paused_for=None)
    return _end_step(state, tick.at)


def _reopen(state, tick, calendar_of):
    return replace(state, finished=None)


def _answered(state):
    return replace(state, answer_due=None, relay=None)


def _asked(state, tick, calendar_of):
    """What is asked of the citizen, and until when he has time to answer."""
    if tick.kind == "request_supplement" and state.received:
        # The index of 766 counts a dossier as overdue from its second request on.
        again = tick.at if state.asked and not state.repeated else state.repeated
        state = replace(state, asked=state.asked + 1, repeated=again)
    if tick.data.get("relay"):
        # The citizen's time runs from when the counter has told him.
        return replace(state, relay=tick.at, answer_due=None)
    days = tick.data.get("answer_days")
    if days is None:
        return state
    answer = clock.Limit(days, clock.Unit.WORKDAY) if days else None
    calendar = calendar_of(tick.data["revision"])
    due = answer and clock.due_at(tick.at, answer, calendar)
    return replace(state, relay=None, answer_due=due)


def _step(state, tick, calendar_of):
    """Open the step that the event names, and end the one before it."""
    if "step" not in tick.data:
        return state
    state = _end_step(state, tick.at)
    step = tick.data["step"]
    if not step or state.finished or state.revision is None:
        return state
    due = None
    if step["seconds"]:
        calendar = calendar_of(state.revision)
        due = clock.add_working_seconds(tick.at, step["seconds"], calendar)
    return replace(
        state,
        step=step["id"],
        step_from=tick.at,
        step_due=due,
        step_limit=step["seconds"],
        step_after=step["after"],
        step_used=0,
    )


def _end_step(state, now):
    if not state.step:
        return state
    run = StepRun(
        state.step, state.agency, state.step_from, state.step_due, now, state.step_used
    )
    return replace(
        state,
        step=None,
        step_from=None,
        step_due=None,
        step_limit=0,
        step_after=0,
        step_used=0,
        steps=(*state.steps, run),
    )


_EFFECTS = {
    Effect.NONE: lambda state, tick, calendar_of: state,
    Effect.START: _start,
    Effect.PAUSE_CITIZEN: _pause(CITIZEN),
    Effect.PAUSE_LAW: _pause(LAW),
    Effect.RESUME: _resume,
    Effect.EXTEND: _extend,
    Effect.RECOUNT: _recount,
    Effect.STOP: _stop,
    Effect.REOPEN: _reopen,
}
