# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The life of one loaded dossier: its events, and the rows that follow from them.

Pure: the same table of transitions, clock and canonical form that the acts use, and
no database. What the acts take from records comes from a :class:`world.World`.
"""

from datetime import UTC

from odoo.addons.onestop_dossier.ledger import alarms, rules, timeline
from odoo.addons.onestop_dossier.ledger.canonical import (
    GENESIS,
    canonical,
    digest,
    instant,
    salted,
)
from odoo.addons.onestop_dossier.ledger.columns import AFTER, SEALED
from odoo.addons.onestop_dossier.ledger.transitions import (
    LEFT,
    SAME,
    Effect,
    rows_for,
)
from odoo.addons.onestop_procedure import clock

SOURCE = "demo"  # what it is: nothing here ever happened
# Of states in which the receiving unit has the dossier.
AT_CENTRE = ("draft", "submitted", "received", "ready", "returned")
ACTIVITY = {
    "received": ("receive",),
    "processing": ("appraise", "consult"),
    "approving": ("approve",),
    "approved": ("issue", "stamp"),
    "ready": ("return",),
}
FOR_CITIZEN = ("request_supplement", "reject", "refuse", "stop", "request_withdrawal")
INSIDE = "exception"  # a text that the citizen does not read


class Story:
    """One dossier while it is told.

    :param ids: its numbers: ``dossier``, and the first free ones of ``event``, ``text``
        and ``file``
    :param values: columns of its row from the beginning
    :param kind: the procedure's case, see :mod:`world`
    :param unit: the receiving Centre, see :mod:`world`
    :param recorded: naive UTC instant at which the rows are written
    """

    def __init__(self, ids, values, kind, unit, recorded):
        self.ids = ids
        self.row = dict.fromkeys(AFTER) | values | {"state": "draft"}
        self.kind = kind
        self.unit = unit
        self.recorded = recorded
        self.head = (0, GENESIS)
        self.clock = timeline.Clock()
        self.left = []
        self.events = []
        self.texts = []
        self.last = None

    def open(self, actor, moment):
        """Tell the opening, which is no transition."""
        data = {"clock": {"agency": None}}
        self._append("create", None, moment, actor, self.unit["department"], data)

    def act(self, name, moment, actor, department, target=None, **told):
        """Tell an act along the table of transitions.

        :param moment: naive UTC instant
        :param target: state wanted, where the table leaves a choice
        :param told: ``data``, ``texts`` and ``values`` of the act
        """
        before = self.row["state"]
        rows = rows_for(name, before)
        row = next((r for r in rows if r.target == target), rows[0])
        values = told.get("values", {})
        self.row |= values
        self.row["state"] = self._target(row)
        if self.row["state"] != before and name != "resume":
            self.left.append(before)
        data = dict(told.get("data", {}))
        if row.effect is Effect.START:
            data["rules"] = rules.rules_data(self.unit["rules"])
        data["clock"] = self._tick(row, before, moment, department, values)
        texts = told.get("texts", {})
        if texts:
            data["texts"] = [
                self._text(kind, body, moment, name in FOR_CITIZEN and kind != INSIDE)
                for kind, body in texts.items()
            ]
        self._append(name, before, moment, actor, department, data)

    def step_of(self, state):
        """Id of the first step of the process that stands for a state."""
        for step, activity, _department, _hours in self.kind["steps"]:
            if activity in ACTIVITY[state]:
                return step
        return None

    def charge(self):
        """Id of the agency that has the dossier now."""
        for step, _activity, department, _hours in self.kind["steps"]:
            if step == self.row["step_id"] and department:
                return department
        if self.row["state"] in AT_CENTRE:
            return self.unit["department"]
        return self.row["department_id"] or self.kind["department"]

    def _target(self, row):
        if row.target == SAME:
            return self.row["state"]
        return self.left.pop() if row.target == LEFT else row.target

    def warning(self):
        """When the next warning is due, if nothing happens before (naive UTC)."""
        ahead = alarms.alarms(self.clock, self._calendar_of)
        return _naive(ahead[0].at) if ahead else None

    def _tick(self, row, before, moment, department, values):
        """Move the clock; return what the event has to say of it."""
        data = {"effect": str(row.effect), "agency": self.charge()}
        data |= self._effect_data(row, before, department)
        if "step_id" in values:
            data["step"] = self._step_data(values["step_id"])
        at = moment.replace(tzinfo=UTC)
        tick = timeline.Tick(at, data["agency"], data, row.name)
        self.clock = timeline.fold([tick], self._calendar_of, start=self.clock)
        state = self.clock
        self.row |= {
            "due_at": _naive(state.due),
            "received_at": _naive(state.received),
            "finished_at": _naive(state.finished),
            "step_due_at": _naive(state.step_due),
            "citizen_due_at": _naive(state.answer_due),
            "relay_at": _naive(state.relay),
            "repeated_at": _naive(state.repeated),
            "timeliness": None,
        }
        if state.finished and state.due:
            calendar = self._calendar_of(state.revision)
            self.row["timeliness"] = str(
                clock.timeliness(state.finished, state.due, calendar)
            )
        return data

    def _effect_data(self, row, before, department):
        revision = self.unit["revision"]
        if row.effect is Effect.START:
            return {"limit": self.kind["limit_data"], "revision": revision}
        if row.effect is Effect.RESUME:
            setting = self.unit["rules"].supplement_clock
            restart = before == "supplement" and setting == "restart"
            return {"variant": "restart" if restart else "shift", "revision": revision}
        if row.name == "request_supplement" and department != self.unit["department"]:
            return {"relay": True}
        if row.name == "pass_on":
            days = self.kind["supplement_days"] or self.unit["rules"].supplement_days
            return {"answer_days": days, "revision": revision}
        return {}

    def _step_data(self, step_id):
        """A step, its time and that of the steps after it."""
        steps = self.kind["steps"]
        for number, (step, _activity, _department, hours) in enumerate(steps):
            if step == step_id:
                after = sum(h for _s, a, _d, h in steps[number + 1 :] if a != "return")
                return {
                    "id": step,
                    "seconds": round(hours * 3600),
                    "after": round(after * 3600),
                }
        return None

    def _calendar_of(self, _revision):
        return self.unit["calendar"]

    def _text(self, kind, body, moment, for_citizen):
        salt, salted_hash = salted(body)
        text = self.ids["text"] + len(self.texts)
        event = self.ids["event"] + self.head[0]
        self.texts.append((text, event, kind, body, salt, for_citizen, moment))
        return {"id": text, "kind": kind, "hash": salted_hash}

    def _append(self, name, before, moment, actor, department, data):
        sequence, previous = self.head[0] + 1, self.head[1]
        state = self.row["state"]
        after = {
            key: _said(column, self.row[column])
            for column, key in AFTER.items()
            if state != "draft" or column not in SEALED
        }
        body = canonical(
            {
                "dossier": self.ids["dossier"],
                "sequence": sequence,
                "kind": name,
                "actor": actor,
                "agency": department,
                "from": before,
                "to": state,
                "occurred": instant(moment),
                "recorded": instant(self.recorded),
                "source": SOURCE,
                "data": data,
                "after": after,
                "previous": previous,
            }
        )
        event_hash = digest(body)
        number = self.ids["event"] + self.head[0]
        columns = (sequence, name, actor, department, before, state, moment)
        self.events.append((number, *columns, body, previous, event_hash))
        self.head = (sequence, event_hash)
        self.last = moment


def _said(column, value):
    return instant(value) if column.endswith("_at") else value or None


def _naive(moment):
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else None
