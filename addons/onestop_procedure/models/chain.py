# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..chain import OFFICES

# Carried in the context by :meth:`_move`. An object's identity cannot come over RPC.
MOVE = object()


class OnestopChain(models.AbstractModel):
    """A paper that passes from office to office: each move has its person.

    A model that inherits this has a selection ``state`` and answers
    :meth:`_moves`. Only :meth:`_move` changes ``state``; each move leaves a line in
    ``onestop.chain.trace`` that nobody can change, and a task for those whose turn
    it is. Roles are asked of the memberships at that instant, never of a group.
    """

    _name = "onestop.chain"
    _description = "Chain of approval"
    _inherit = ["onestop.derived", "mail.thread", "mail.activity.mixin"]

    trace_ids = fields.One2many(
        "onestop.chain.trace",
        "res_id",
        domain=lambda self: [("res_model", "=", self._name)],
        string="Course",
        readonly=True,
        copy=False,
    )
    open_moves = fields.Json(
        compute="_compute_open_moves",
        export_string_translation=False,
        help="Names of the moves that the present user can make now.",
    )

    # ------------------------------------------------------------
    # What a chain says of itself
    # ------------------------------------------------------------

    @api.model
    def _moves(self):
        """The moves by name: a dictionary of :class:`~..chain.Move`."""
        raise NotImplementedError

    @api.model
    def _first_state(self):
        """The state in which a paper begins."""
        return "draft"

    def _chain_department(self):
        """The agency whose paper this is; empty for one of the whole province."""
        return self.department_id

    def _movable_to(self, _department):
        """Those of these papers that an agency can take over from one that ends."""
        return self

    # ------------------------------------------------------------
    # Offices
    # ------------------------------------------------------------

    def _office_departments(self, office):
        kind = OFFICES[office].kind
        if not kind:
            return self._chain_department()
        # sudo: onestop.department - the agencies of a kind, whoever asks
        return self.env["onestop.department"].sudo().search([("kind", "=", kind)])

    def _in_office(self, office, lock=False):
        """Whether the present user acts for an office at this instant.

        :param office: a key of ``OFFICES``.
        :param lock: lock the role relied on until the end of the transaction.
        """
        if self.env.su:
            return True
        return self.env["onestop.membership"]._has_role(
            self.env.user,
            OFFICES[office].roles,
            self._office_departments(office),
            lock=lock,
        )

    def _office_people(self, office):
        """The users who are asked to act: holders of the first role that is held."""
        # sudo: onestop.membership - who holds an office is no secret of the staff
        memberships = self.env["onestop.membership"].sudo()
        found = memberships.search(
            Domain("department_id", "in", self._office_departments(office).ids)
            & Domain("role", "in", OFFICES[office].roles)
            & memberships._domain_current()
        )
        for role in OFFICES[office].roles:
            users = found.filtered(lambda m, role=role: m.role == role).user_id
            if users:
                return users
        return self.env["res.users"]

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_open_moves(self):
        for record in self:
            record.open_moves = [
                name
                for name, move in self._moves().items()
                if record.state in move.sources and record._in_office(move.office)
            ]

    # ------------------------------------------------------------
    # Moving
    # ------------------------------------------------------------

    def _move(self, name, note="", **values):
        """Make a move, leave its trace, and ask the next office to act.

        :param name: a key of :meth:`_moves`.
        :param note: what the person says about it, plain text.
        :param values: fields written together with the state.
        :raises UserError: the paper is not in a state that allows it.
        :raises AccessError: the present user does not act for the office.
        """
        self.ensure_one()
        self.check_access("read")
        move = self._moves()[name]
        # Two people at once: the second waits here and then sees the new state.
        # sudo: any - the office is asked below, not the write access of the form
        record = self.sudo()
        record.flush_recordset()
        record.lock_for_update()
        record.invalidate_recordset(["state"])
        if record.state not in move.sources:
            raise UserError(
                self.env._(
                    "This cannot be done now: “%(paper)s” is in the state “%(state)s”.",
                    paper=record.display_name,
                    state=self._state_text(record.state),
                )
            )
        if not self._in_office(move.office, lock=True):
            raise AccessError(self._not_in_office(move.office))
        before = record.state
        record.with_context(onestop_move=MOVE).write({**values, "state": move.target})
        # sudo: onestop.chain.trace - nobody writes it but this method
        self.env["onestop.chain.trace"].sudo().create(
            {
                "res_model": self._name,
                "res_id": self.id,
                "department_id": self._chain_department().id,
                "move": name,
                "source": before,
                "target": move.target,
                "office": move.office,
                "note": note or False,
            }
        )
        record._ask(move.then)

    def _ask(self, office):
        """Close the tasks of the last office and give the next one a task."""
        todo = "mail.mail_activity_data_todo"
        self.activity_unlink([todo])
        for user in self._office_people(office) if office else ():
            reader = self.with_context(lang=user.lang)
            self.activity_schedule(
                todo,
                summary=reader._state_text(self.state),
                user_id=user.id,
                date_deadline=self._task_day(),
            )

    @api.model
    def _state_text(self, state):
        """A state in the words of the screens."""
        return dict(self._fields["state"]._description_selection(self.env))[state]

    def _task_day(self):
        """The legal day by which the next office should act; None leaves it open."""
        return None

    @api.model
    def _not_in_office(self, office):
        who = {
            "author": self.env._("the agency concerned"),
            "head": self.env._("the head of the agency concerned or a deputy"),
            "centre": self.env._("the Public Administrative Service Centre"),
            "office": self.env._("the Office of the People's Committee"),
            "chair": self.env._("the Chair of the People's Committee"),
        }[office]
        return self.env._("This is for %(who)s to do.", who=who)

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if any(record.state != self._first_state() for record in records):
            raise UserError(self._state_is_kept())
        return records

    def write(self, vals):
        moving = self.env.context.get("onestop_move") is MOVE
        if "trace_ids" in vals or ("state" in vals and not moving):
            raise UserError(self._state_is_kept())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_moved(self):
        if any(record.state != self._first_state() for record in self):
            raise UserError(self.env._("A paper that was handed in stays on record."))

    @api.model
    def _state_is_kept(self):
        return self.env._(
            "The state follows from the steps taken; use the buttons of the form."
        )
