# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The statutory clock of a dossier, folded from its events.

A pure function: due date, pauses, end, and the working time that each agency and the
citizen used follow from the events and the calendar revisions that they name. Run
again in ten years, it gives the same answer.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from odoo.addons.onestop_procedure import clock

from .transitions import Effect

# Key under which the citizen's share of the time is kept beside the agencies' ids.
CITIZEN = "citizen"
LAW = "law"


@dataclass(frozen=True)
class Tick:
    """What the clock needs to know of an event.

    :param at: aware instant at which it occurred
    :param agency: id of the agency in charge after it
    :param data: its clock data: ``effect`` and what that needs (``limit``,
        ``revision``, ``variant``, ``due``)
    """

    at: datetime
    agency: int | None
    data: Mapping


@dataclass(frozen=True)
class Clock:
    """The state of the clock after some events; instants are aware."""

    due: datetime | None = None
    received: datetime | None = None
    finished: datetime | None = None
    paused_since: datetime | None = None
    paused_for: str | None = None
    limit: clock.Limit | None = None
    revision: int | None = None
    agency: int | None = None
    last: datetime | None = None
    used: Mapping = field(default_factory=dict)

    @property
    def running(self) -> bool:
        return bool(self.received and not self.finished and not self.paused_since)

    @property
    def pays(self):
        """Whose account the time goes to now: an agency's id, the citizen, the law."""
        if not self.received or self.finished:
            return None
        return self.paused_for or self.agency


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
        state = _account(state, tick.at, calendar_of)
        state = _EFFECTS[Effect(tick.data.get("effect", Effect.NONE))](
            state, tick, calendar_of
        )
        state = replace(state, agency=tick.agency, last=tick.at)
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
    return replace(state, used=used, last=now)


def _start(state, tick, calendar_of):
    limit = limit_from(tick.data["limit"])
    revision = tick.data["revision"]
    return replace(
        state,
        received=tick.at,
        limit=limit,
        revision=revision,
        due=clock.due_at(tick.at, limit, calendar_of(revision)),
    )


def _pause(payer):
    def pause(state, tick, calendar_of):
        if not state.running:
            return state
        return replace(state, paused_since=tick.at, paused_for=payer)

    return pause


def _resume(state, tick, calendar_of):
    if not state.paused_since:
        return state
    revision = tick.data.get("revision", state.revision)
    calendar = calendar_of(revision)
    due = state.due
    if due and _is_late(state.paused_since, due, calendar):
        # What was late when it was interrupted stays late: a supplement asked for
        # after the due day does not give the agency a new limit.
        pass
    elif due and tick.data.get("variant") == "restart":
        due = clock.restart(tick.at, state.limit, calendar)
    elif due:
        due = clock.shift(due, state.paused_since, tick.at, calendar)
    return replace(
        state, due=due, revision=revision, paused_since=None, paused_for=None
    )


def _is_late(moment, due, calendar):
    return clock.timeliness(moment, due, calendar) is clock.Timeliness.LATE


def _extend(state, tick, calendar_of):
    due = tick.data.get("due")
    return replace(state, due=datetime.fromisoformat(due)) if due else state


def _stop(state, tick, calendar_of):
    # A dossier that was never received has no clock to stop.
    if not state.received:
        return state
    return replace(state, finished=tick.at, paused_since=None, paused_for=None)


def _reopen(state, tick, calendar_of):
    return replace(state, finished=None)


_EFFECTS = {
    Effect.NONE: lambda state, tick, calendar_of: state,
    Effect.START: _start,
    Effect.PAUSE_CITIZEN: _pause(CITIZEN),
    Effect.PAUSE_LAW: _pause(LAW),
    Effect.RESUME: _resume,
    Effect.EXTEND: _extend,
    Effect.STOP: _stop,
    Effect.REOPEN: _reopen,
}
