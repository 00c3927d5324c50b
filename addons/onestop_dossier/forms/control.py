# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The control slip (Mẫu 05 of 2018, Mẫu 06 of 2025), filled from the ledger.

A pure function: who handed the dossier to whom, when, and whether the giving agency
had used more than its time, follow from the events and the calendars they name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from odoo.addons.onestop_procedure import clock

from ..ledger import timeline
from ..ledger.clock_state import Tick
from ..ledger.transitions import Effect

# Acts whose pauses and extensions are told in the note of the line.
PAUSES = (Effect.PAUSE_CITIZEN, Effect.PAUSE_LAW)


@dataclass
class HandOver:
    """One line of the slip; instants are aware.

    :ivar giver: id of the agency that gives; None for the citizen
    :ivar taker: id of the agency that receives; None for the citizen
    :ivar giver_id: id of the user who gave
    :ivar taker_id: id of the user who received, as far as the ledger names one
    :ivar step: id of the step that the giver ended
    :ivar due: until when that step was to be done
    :ivar used: working seconds that the giver used
    :ivar result: early, on_time or late; None where no time was set
    :ivar notes: (kind, from, until) of what happened meanwhile
    """

    kind: str
    at: datetime
    giver: int | None
    taker: int | None
    giver_id: int | None
    taker_id: int | None = None
    step: int | None = None
    due: datetime | None = None
    used: int = 0
    result: str | None = None
    notes: tuple = ()
    recalled: datetime | None = None


def hand_overs(ticks: Iterable[Tick], history: Iterable[Mapping], calendar_of):
    """The lines of the control slip.

    :param ticks: of the events, as the clock takes them
    :param history: bodies of the same events
    :param calendar_of: the working calendar of a revision's id
    :return: (list of :class:`HandOver`, the clock after the last event)
    """
    lines, notes, state = [], [], timeline.Clock()
    for tick, event in zip(ticks, history, strict=True):
        before = state
        state = timeline.fold([tick], calendar_of, start=before)
        _name_taker(lines, event)
        if tick.kind == "recall":
            lines[-1].recalled = tick.at
            continue
        _note(notes, tick)
        line = _line(tick, event, before, state, calendar_of)
        if line:
            line.notes = tuple(notes)
            notes = [note for note in notes if note[2] is None]
            lines.append(line)
    return lines, state


def _line(tick, event, before, state, calendar_of):
    if tick.kind == "receive":
        # From the citizen to the counter.
        return HandOver("receive", tick.at, None, tick.agency, None, event["actor"])
    if not state.received:
        return None
    if tick.kind == "return":
        result = None
        if state.due and state.finished:
            calendar = calendar_of(state.revision)
            result = str(clock.timeliness(state.finished, state.due, calendar))
        return HandOver(
            "return",
            tick.at,
            event["agency"] or before.agency,
            None,
            event["actor"],
            due=state.due,
            result=result,
        )
    ended = len(state.steps) > len(before.steps)
    if not ended and before.agency == tick.agency:
        return None
    line = HandOver(
        tick.kind,
        tick.at,
        before.agency,
        tick.agency,
        event["actor"],
        event["after"].get("holder"),
    )
    if ended:
        run = state.steps[-1]
        line.step, line.due, line.used = run.step, run.due, run.used
        if run.due:
            calendar = calendar_of(state.revision)
            line.result = str(clock.timeliness(run.ended, run.due, calendar))
    return line


def _name_taker(lines, event):
    """Whoever first did something in the agency that received is who received it."""
    if lines and not lines[-1].taker_id and lines[-1].taker:
        if event["agency"] == lines[-1].taker:
            lines[-1].taker_id = event["after"].get("holder") or event["actor"]


def _note(notes, tick):
    """Remember what stopped or moved the clock, for the line of whoever had it."""
    effect = tick.data.get("effect")
    if effect in PAUSES:
        notes.append((tick.kind, tick.at, None))
    elif effect == Effect.RESUME:
        for number, (kind, since, until) in enumerate(notes):
            if until is None and kind != "move_paper":
                notes[number] = (kind, since, tick.at)
    elif effect == Effect.EXTEND or tick.kind == "move_paper":
        notes.append((tick.kind, tick.at, tick.at))
