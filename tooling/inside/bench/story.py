# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The life of one loaded dossier: its events, and the rows that follow from them.

Pure: the same table of transitions, clock and canonical form that the acts use, and
no database. What the acts take from records comes from a :class:`world.World`.
"""

from datetime import UTC

from odoo.addons.onestop_dossier.ledger import timeline
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
        data = told.get("data", {}) | {"clock": self._tick(row, before, moment)}
        texts = told.get("texts", {})
        if texts:
            data["texts"] = [
                self._text(kind, body, moment, name in FOR_CITIZEN)
                for kind, body in texts.items()
            ]
        self._append(name, before, moment, actor, department, data)

    def step_of(self, state):
        """Id of the first step of the process that stands for a state."""
        for step, activity, _department in self.kind["steps"]:
            if activity in ACTIVITY[state]:
                return step
        return None

    def charge(self):
        """Id of the agency that has the dossier now."""
        for step, _activity, department in self.kind["steps"]:
            if step == self.row["step_id"] and department:
                return department
        if self.row["state"] in AT_CENTRE:
            return self.unit["department"]
        return self.row["department_id"] or self.kind["department"]

    def _target(self, row):
        if row.target == SAME:
            return self.row["state"]
        return self.left.pop() if row.target == LEFT else row.target

    def _tick(self, row, before, moment):
        """Move the clock; return what the event has to say of it."""
        data = {"effect": str(row.effect), "agency": self.charge()}
        if row.effect is Effect.START:
            data["limit"] = self.kind["limit_data"]
            data["revision"] = self.unit["revision"]
        if row.effect is Effect.RESUME:
            restart = before == "supplement" and self.unit["restart"]
            data["variant"] = "restart" if restart else "shift"
            data["revision"] = self.unit["revision"]
        at = moment.replace(tzinfo=UTC)
        tick = timeline.Tick(at, data["agency"], data)
        self.clock = timeline.fold([tick], self._calendar_of, start=self.clock)
        state = self.clock
        self.row |= {
            "due_at": _naive(state.due),
            "received_at": _naive(state.received),
            "finished_at": _naive(state.finished),
            "timeliness": None,
        }
        if state.finished and state.due:
            calendar = self._calendar_of(state.revision)
            self.row["timeliness"] = str(
                clock.timeliness(state.finished, state.due, calendar)
            )
        return data

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
