# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from dataclasses import dataclass, field

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.misc import clean_context

from ...ledger.canonical import GENESIS, instant
from ...ledger.columns import AFTER, SEALED
from ...ledger.transitions import (
    BACK,
    LEFT,
    LEGAL_ACTS,
    PAUSES,
    SAME,
    Place,
    Transition,
    rows_for,
    rows_from,
)

# Carried in the context by demo, import and outage recording, which say themselves
# when an act occurred. An object's identity cannot come over RPC.
OCCURRED = object()


@dataclass
class Act:
    """One act under way: what was asked for, and what the guards found."""

    name: str
    row: Transition = None
    now: fields.Datetime = None
    recorded: fields.Datetime = None
    source: str = "live"
    head: tuple = (0, GENESIS)
    history: list = field(default_factory=list)
    department: models.BaseModel = None
    target: str = None
    texts: dict = field(default_factory=dict)
    data: dict = field(default_factory=dict)
    values: dict = field(default_factory=dict)
    arguments: dict = field(default_factory=dict)


class OnestopDossier(models.Model):
    _inherit = "onestop.dossier"

    allowed_acts = fields.Json(
        compute="_compute_allowed_acts",
        groups="base.group_user",
        help="Acts that this user may do now, for the buttons.",
    )

    # ------------------------------------------------------------
    # The one way to change a state
    # ------------------------------------------------------------

    def _apply(self, name, *, texts=None, data=None, values=None, **arguments):
        """Do an act on this dossier, along the table of transitions.

        Locks the dossier, finds the row of the table for its state, asks who may act,
        runs the guards, appends the event, and writes the row that follows from it.

        :param texts: free texts by kind; kept apart from the ledger.
        :param data: plain values for the event, without personal data.
        :param values: columns that the act sets besides the state; or a function of
            the act that gives them once the guards have passed.
        :param arguments: what the guards need to know.
        :return: the id of the event.
        :raises UserError: not possible in this state, or refused by a guard.
        :raises AccessError: this user has no role for it.
        """
        self.ensure_one()
        texts = {kind: body for kind, body in (texts or {}).items() if body}
        if not all(isinstance(body, str) for body in texts.values()):
            raise UserError(self.env._("Reasons and notes have to be plain text."))
        act = Act(name, texts=texts, data=dict(data or {}), arguments=arguments)
        try:
            dossier = self._admit(act)
        except UserError as error:
            if name in LEGAL_ACTS:
                # sudo: onestop.dossier.attempt - nobody may write the log himself
                attempts = self.env["onestop.dossier.attempt"].sudo()
                attempts._record(self, name, str(error))
            raise
        act.values = dict(values(act) if callable(values) else values or {})
        act.target = dossier._target(act)
        return dossier._record_act(act)

    def _admit(self, act):
        """Find out whether the act may be done, under a lock on the dossier.

        :return: the dossier, on which the act may now be recorded.
        :raises UserError: not in this state, or a guard refuses.
        :raises AccessError: no role for it.
        """
        self.check_access("read")
        dossier = self._lock_for_act(act)
        dossier._check_head_shown(act.head[0])
        rows = rows_for(act.name, dossier.state)
        if not rows:
            raise UserError(dossier._impossible(act.name))
        act.department = dossier._acting_department(rows)
        if act.department is None:
            raise AccessError(dossier._not_yours(act.name))
        act.row = dossier._row_that_fits(rows, act)
        dossier._pass_guards(act)
        return dossier

    def _lock_for_act(self, act):
        """Lock the dossier's row and read the chain that the act continues."""
        self.flush_recordset()
        # NO KEY: a refused attempt is logged by another cursor, whose foreign key
        # has to see this row while it is locked.
        self.env.cr.execute(
            """
            SELECT now() AT TIME ZONE 'UTC', head_sequence, head_hash
              FROM onestop_dossier WHERE id = %s FOR NO KEY UPDATE
            """,
            [self.id],
        )
        act.recorded, sequence, head_hash = self.env.cr.fetchone()
        act.now, act.source = self._occurrence() or (act.recorded, "live")
        act.head = (sequence or 0, head_hash or GENESIS)
        self.invalidate_recordset(flush=False)
        # A caller's default_* would reach the records that the act creates.
        plain = self.with_env(self.env(context=clean_context(self.env.context)))
        # sudo: onestop.dossier - the table of transitions says who may do what;
        # whoever may act need not be allowed to write the fields by hand
        dossier = plain.sudo()
        act.history = dossier._history()
        return dossier

    def _check_head_shown(self, sequence):
        """Refuse an act on a dossier that has moved since it was shown.

        A screen hands ``onestop_head``, the ``head_sequence`` that it shows, in the
        context: of two clerks who forward the same step, one has an effect.
        """
        shown = self.env.context.get("onestop_head")
        if shown is not None and shown != sequence:
            raise UserError(
                self.env._(
                    "Somebody has worked on this dossier since you opened it. Reload "
                    "the page and look at it again."
                )
            )

    def _occurrence(self):
        """(moment, source) of an act that did not occur just now, or None."""
        given = self.env.context.get("onestop_occurred")
        if isinstance(given, tuple) and given[0] is OCCURRED:
            return given[1:]
        return None

    def _occurred(self, moment, source):
        """This dossier for acts that occurred at ``moment`` (naive UTC).

        :param source: "demo", "import" or "outage".
        """
        return self.with_context(onestop_occurred=(OCCURRED, moment, source))

    def _record_act(self, act):
        """Append the event and write the row that follows from it."""
        # sudo: onestop.dossier.text - texts are written by acts alone
        store = self.env["onestop.dossier.text"].sudo()
        shown = act.arguments.get("for_citizen", False)
        texts = store._prepare(self, act.texts, shown)
        if texts:
            act.data["texts"] = texts
        previous = self.state
        values = act.values | {"state": act.target} | self._clock_values(act)
        event_id = self._append_and_follow(act, previous, values)
        if texts:
            store.browse([t["id"] for t in texts]).event_id = event_id
        if not self.is_trial:
            self._after_act(act)
        return event_id

    def _append_and_follow(self, act, previous, values):
        target = values.get("state", previous)
        after = {
            name: self._after_value(column, values)
            for column, name in AFTER.items()
            if target != "draft" or column not in SEALED
        }
        event_id, sequence, event_hash = self.env["onestop.dossier.event"]._append(
            self,
            act.name,
            head=act.head,
            times=(act.now, act.recorded, act.source),
            states=(previous, target),
            department=act.department,
            data=act.data,
            after=after,
        )
        self._write_protected(
            values | {"head_sequence": sequence, "head_hash": event_hash}
        )
        self.flush_recordset()
        self.invalidate_recordset(["event_ids", "allowed_acts"], flush=False)
        return event_id

    def _after_value(self, column, values):
        value = values[column] if column in values else self[column]
        if isinstance(value, models.BaseModel):
            value = value.id
        if column.endswith("_at"):
            return instant(value)
        return value or None

    def _append_event(self, kind, values):
        """Append an event that is no transition: the opening of the dossier.

        :param values: columns that are set with it.
        """
        self.ensure_one()
        act = Act(kind)
        dossier = self._lock_for_act(act)
        act.department = (
            dossier._acting_department(rows_for("receive", "draft"))
            or self.env["onestop.department"]
        )
        act.data["clock"] = {"agency": None}
        dossier._append_and_follow(act, None, values | {"state": "draft"})

    def _after_act(self, act):
        """Hook: called when an act is recorded, in the same transaction.

        Upper rooms and notices react here; what leaves the system is queued.
        """

    # ------------------------------------------------------------
    # Who may act
    # ------------------------------------------------------------

    def _acting_department(self, rows):
        """The agency in which the user may act by one of ``rows``.

        :return: None when he may not; the empty recordset for a citizen.
        """
        user = self.env.user
        if user.share:
            citizen = any(w.place is Place.CITIZEN for r in rows for w in r.who)
            return self.department_id.browse() if citizen and self._owns(user) else None
        # sudo: onestop.membership - whether this very user has the role
        memberships = self.env["onestop.membership"].sudo()
        for who in dict.fromkeys(w for r in rows for w in r.who):
            if who.place is Place.CITIZEN:
                continue
            if who.place is Place.SYSTEM:
                # A time-out: nobody can log in as this user.
                if user.id == SUPERUSER_ID:
                    return self.support_department_id
                continue
            for department in self._department_at(who.place):
                if memberships._has_role(user, who.roles, department):
                    return department
        return None

    def _owns(self, user):
        """Whether ``user`` is the owner of the dossier, or handed it in."""
        # sudo: onestop.person - only whether the contacts are the user's own
        people = self.sudo().person_id | self.sudo().submitter_id
        return user.partner_id in people.partner_id

    def _department_at(self, place):
        if place is Place.CENTRE:
            return self.support_department_id
        if place is Place.HELPED:
            return self.helped_department_id
        if place is Place.COMPETENT:
            return self.department_id or self.procedure_id.department_id
        if place is Place.SENDER:
            return self._sending_department()
        if place is Place.CONSULTED:
            return self._consulted_departments()
        return self._charge()

    def _row_that_fits(self, rows, act):
        """Of several rows of an act, the one whose next step fits."""
        if len(rows) == 1:
            return rows[0]
        wanted = self._state_of_next_step(act)
        for row in rows:
            if row.target == wanted:
                return row
        return rows[0]

    def _target(self, act):
        if act.row.target == SAME:
            return self.state
        if act.row.target == LEFT:
            return self._state_left(act.history)
        if act.row.target == BACK:
            return act.history[-1]["from"]
        return act.row.target

    @api.model
    def _state_left(self, history):
        """The state that the running pause or withdrawal interrupted.

        A withdrawal asked for while waiting goes back to waiting; the wait goes back
        to where it began.
        """
        current = history[-1]["to"]
        for event in reversed(history):
            entered = event["to"] == current and event["from"] != current
            if entered and (current == "withdrawing" or event["from"] != "withdrawing"):
                return event["from"]
        return "received"

    # ------------------------------------------------------------
    # For the screens
    # ------------------------------------------------------------

    @api.depends_context("uid")
    @api.depends("state", "step_id")
    def _compute_allowed_acts(self):
        for dossier in self:
            # sudo: onestop.dossier - what this user may do is asked of the table
            record = dossier.sudo()
            by_name = {}
            for row in rows_from(dossier.state):
                by_name.setdefault(row.name, []).append(row)
            dossier.allowed_acts = [
                name
                for name, rows in by_name.items()
                if record._acting_department(rows) is not None
            ]

    def _impossible(self, name):
        labels = dict(self.env["onestop.dossier.event"]._selection_kind())
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "“%(act)s” is not possible while the dossier is “%(state)s”. Reload the "
            "page to see what has happened in the meantime.",
            act=labels[name],
            state=states[self.state],
        )

    def _not_yours(self, name):
        labels = dict(self.env["onestop.dossier.event"]._selection_kind())
        return self.env._(
            "“%(act)s” is not for you to do on dossier %(code)s: you have no role for "
            "it in the agency that has it now.",
            act=labels[name],
            code=self.code or self.env._("(no code yet)"),
        )

    @api.model
    def _is_waiting(self, state):
        return state in PAUSES
