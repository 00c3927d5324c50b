# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# The state of a procedure once such an act has taken effect.
STATE_AFTER = {
    "suspend": "suspended",
    "resume": "published",
    "abolish": "abolished",
    "succeed": "abolished",
}
# What only those who publish change once a procedure is published.
IDENTITY = frozenset(
    """
    code name department_id sector_id level level_ids frequency pooled
    successor_ids predecessor_ids active
    """.split()
)


class OnestopProcedure(models.Model):
    """The life of a procedure: suspended, resumed, abolished, replaced by decisions."""

    _inherit = "onestop.procedure"

    act_ids = fields.One2many(
        "onestop.procedure.act",
        "procedure_id",
        string="Course",
        readonly=True,
        copy=False,
        groups="base.group_user",
    )
    can_publish = fields.Boolean(
        compute="_compute_can_publish",
        export_string_translation=False,
        help="Whether the present user publishes, suspends and abolishes procedures.",
    )
    can_draft = fields.Boolean(
        compute="_compute_can_draft",
        export_string_translation=False,
        help="Whether the present user drafts versions of this procedure.",
    )

    # ------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------

    @api.model
    def _is_publisher(self, lock=False):
        """Whether the present user records publishing decisions.

        Catalogue managers of the People's Committee and of its Office do
        (NĐ 63/2010/NĐ-CP, Điều 15), and administrators.

        :param lock: lock the role relied on until the end of the transaction.
        """
        if self.env.su or self.env.user.has_group("base.group_system"):
            return True
        # sudo: onestop.department - the agencies of two kinds, whoever asks
        departments = self.env["onestop.department"].sudo()
        return self.env["onestop.membership"]._has_role(
            self.env.user,
            ("catalogue",),
            departments.search([("kind", "in", ("province", "office"))]),
            lock=lock,
        )

    @api.model
    def _check_publisher(self):
        """Refuse those who do not publish.

        :raises AccessError: saying who does.
        """
        if not self._is_publisher(lock=True):
            raise AccessError(
                self.env._(
                    "Publishing, suspending and abolishing procedures is for the "
                    "catalogue managers of the People's Committee and its Office. "
                    "Hand your draft to the Office."
                )
            )

    @api.depends_context("uid")
    def _compute_can_publish(self):
        self.can_publish = self._is_publisher()

    @api.depends("department_id")
    @api.depends_context("uid")
    def _compute_can_draft(self):
        allowed = self._filtered_access("write")
        for procedure in self:
            procedure.can_draft = not procedure.id or procedure in allowed

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        procedures = super().create(vals_list)
        # As created: a default_state in the caller's context is as good as a value.
        if not self.env.su and any(record.state != "draft" for record in procedures):
            raise UserError(self._state_is_kept())
        return procedures

    def write(self, vals):
        if not self.env.su:
            if "state" in vals:
                self.check_access("write")
                raise UserError(self._state_is_kept())
            if IDENTITY.intersection(vals) and any(p.state != "draft" for p in self):
                self._check_publisher()
        result = super().write(vals)
        if "department_id" in vals:
            # The rules were asked before; nobody gives a procedure away.
            self.check_access("write")
        return result

    def _state_is_kept(self):
        return self.env._(
            "The state of a procedure follows from decisions; use the buttons of its "
            "form."
        )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_suspend(self, day=None, decision_id=None, reason=None):
        """Take no more dossiers from a day on; running ones go on.

        :param day: legal day (Viet Nam), default that of the decision, else today.
        :param decision_id: id of the decision that says so; compulsory for a user.
        :param reason: in words.
        :raises AccessError: for whoever does not publish.
        :raises UserError: it is not published, or the decision is missing.
        """
        self._act("suspend", ["published"], day, decision_id, reason)

    def action_resume(self, day=None, decision_id=None, reason=None):
        """Take dossiers again after a suspension; arguments as for suspending.

        :raises UserError: it is not suspended.
        """
        self._act("resume", ["suspended"], day, decision_id, reason)

    def action_abolish(
        self, day=None, decision_id=None, reason=None, successor_ids=None
    ):
        """End procedures; running dossiers go on.

        :param day: first legal day (Viet Nam) without it, default that of the
            decision, else today.
        :param decision_id: id of the decision that says so; compulsory for a user.
        :param reason: in words.
        :param successor_ids: ids of the procedures that replace it.
        :raises UserError: it is neither published nor suspended, or a version takes
            effect on that day or later.
        """
        kind = "succeed" if successor_ids else "abolish"
        states = ["published", "suspended"]
        day = self._act(kind, states, day, decision_id, reason)
        # sudo: onestop.procedure - asked in _act; the end of a version is kept
        procedures = self.sudo()
        if successor_ids:
            procedures.successor_ids = [
                fields.Command.link(number) for number in successor_ids
            ]
        published = procedures.version_ids.filtered(lambda v: v.state == "published")
        if late := published.filtered(lambda v: v.valid_from >= day):
            raise UserError(
                self.env._(
                    "%(version)s takes effect on %(day)s: choose a later day, or "
                    "withdraw it first.",
                    version=late[0].display_name,
                    day=late[0].valid_from.strftime("%d/%m/%Y"),
                )
            )
        published.filtered(lambda v: not v.valid_to or v.valid_to >= day).valid_to = (
            day - timedelta(days=1)
        )

    def _act(self, kind, states, day, decision_id, reason):
        """Record an act on these procedures; return the day it takes effect."""
        self.check_access("read")
        self._check_publisher()
        decision = self.env["onestop.decision"].browse(decision_id or ())
        if not decision and not self.env.su:
            raise UserError(
                self.env._("Name the decision that this stands on: number and date.")
            )
        # Two people at once: the second waits here and then sees the new state.
        # sudo: onestop.procedure - who may was asked above
        procedures = self.sudo()
        procedures.lock_for_update()
        procedures.invalidate_recordset(["state"])
        labels = dict(self._fields["state"]._description_selection(self.env))
        for procedure in procedures:
            if procedure.state not in states:
                raise UserError(
                    self.env._(
                        "This cannot be done with %(code)s: its state is “%(state)s”.",
                        code=procedure.code,
                        state=labels[procedure.state],
                    )
                )
        day = (
            fields.Date.to_date(day)
            or decision.effective_from
            or self.env["onestop.membership"]._today()
        )
        procedures.env["onestop.procedure.act"].create(
            [
                {
                    "procedure_id": procedure.id,
                    "version_id": procedure.version_id.id,
                    "kind": kind,
                    "effective_on": day,
                    "decision_id": decision.id,
                    "reason": reason,
                }
                for procedure in procedures
            ]
        )
        procedures._follow_acts()
        return day

    def _follow_acts(self):
        """Bring the stored state in line with the acts that took effect by today."""
        acts = self.env["onestop.procedure.act"]
        today = self.env["onestop.membership"]._today()
        acts.flush_model()
        self.env.cr.execute(
            """
            SELECT DISTINCT ON (procedure_id) procedure_id, kind
              FROM onestop_procedure_act
             WHERE kind = ANY(%s) AND effective_on <= %s
                   AND procedure_id = ANY(%s)
             ORDER BY procedure_id, effective_on DESC, id DESC
            """,
            [list(STATE_AFTER), today, self.ids],
        )
        by_state = {}
        for number, kind in self.env.cr.fetchall():
            by_state.setdefault(STATE_AFTER[kind], []).append(number)
        for state, numbers in by_state.items():
            procedures = self.browse(numbers)
            procedures.filtered(lambda p, state=state: p.state != state).state = state

    @api.model
    def _cron_follow_versions(self):
        """States, too, begin by date."""
        # sudo: onestop.procedure - the nightly job, for all procedures
        procedures = self.sudo().with_context(active_test=False)
        procedures.search([("act_ids.kind", "in", list(STATE_AFTER))])._follow_acts()
        return super()._cron_follow_versions()

    def action_decide(self):
        """Open the dialog in which a decision about these procedures is recorded.

        :return: its window action; the context's ``default_kind`` says what for.
        """
        self._check_publisher()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decision on a procedure"),
            "res_model": "onestop.procedure.decide",
            "views": [(False, "form")],
            "target": "new",
            "context": {**self.env.context, "default_procedure_ids": self.ids},
        }
