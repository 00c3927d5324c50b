# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime

from ..clock.dossier_step import ROLES_OF_STATE

# States in which a desk has got the dossier from another one.
AT_NEXT_DESK = ("processing", "approving")


class OnestopDossier(models.Model):
    """From desk to desk: release what one holds, recall what nobody opened yet."""

    _inherit = "onestop.dossier"

    opened_at = fields.Datetime(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="When the desk that got the dossier last looked at it first.",
    )
    opened_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
    )

    def action_release(self):
        """Give the dossier back to the pool of its step.

        :return: True.
        :raises UserError: nobody holds it, or somebody else does and the user neither
            leads nor deputises in the agency that has it.
        """
        self._apply("release", values={"user_id": False})
        return True

    def action_recall(self):
        """Take back what this user forwarded, while the next desk has not seen it.

        State, step and place of the physical file become what they were; the user
        holds the dossier. The clock of the step goes on as if it had not been
        forwarded.

        :return: True.
        :raises UserError: it was opened meanwhile, or something was done since.
        """
        self._apply("recall", values=self._recalled)
        return True

    def action_mark_opened(self):
        """Note that the desk that has got the dossier looks at it; once a desk.

        Does nothing for people who are not in charge of the running step, nor for who
        sent it there.

        :return: whether it was noted now.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: onestop.dossier - its process and its last event; who reads may open
        dossier = self.sudo()
        if (
            dossier.opened_at
            or dossier.state not in AT_NEXT_DESK
            or self.env.user.share
            or dossier.is_trial
            or dossier._last_act().get("actor") == self.env.uid
        ):
            return False
        # sudo: onestop.membership - whether this very user has the role
        memberships = self.env["onestop.membership"].sudo()
        roles = ROLES_OF_STATE[dossier.state]
        if not memberships._has_role(self.env.user, roles, dossier._charge()):
            return False
        dossier._write_protected(
            {"opened_at": fields.Datetime.now(), "opened_by_id": self.env.uid}
        )
        return True

    # ------------------------------------------------------------
    # What the acts do
    # ------------------------------------------------------------

    def _recalled(self, act):
        """The columns as they were before the dossier was forwarded."""
        before = act.history[-2]["after"]
        return {
            "step_id": before["step"] or False,
            "user_id": self.env.uid,
            "paper_place_id": before.get("paper_place") or False,
        }

    def _append_and_follow(self, act, previous, values):
        if "step_id" in values:
            # Another desk: nobody there has looked at it yet.
            values = values | {"opened_at": False, "opened_by_id": False}
        return super()._append_and_follow(act, previous, values)

    def _last_act(self):
        """Kind and actor of the last event."""
        self.env.cr.execute(
            "SELECT kind, actor_id AS actor FROM onestop_dossier_event "
            "WHERE dossier_id = %s ORDER BY sequence DESC LIMIT 1",
            [self.id],
        )
        return self.env.cr.dictfetchone() or {}

    def _sending_department(self):
        """The agency in which this user forwarded the dossier last, if he did."""
        self.env.cr.execute(
            "SELECT actor_id, department_id FROM onestop_dossier_event "
            "WHERE dossier_id = %s AND kind = 'forward' ORDER BY sequence DESC LIMIT 1",
            [self.id],
        )
        actor, agency = self.env.cr.fetchone() or (None, None)
        return self.department_id.browse(agency if actor == self.env.uid else ())

    @api.depends("user_id", "opened_at", "head_sequence")
    def _compute_allowed_acts(self):
        result = super()._compute_allowed_acts()
        for dossier in self:
            # sudo: onestop.dossier - whether the button would be of use
            record = dossier.sudo()
            useless = set()
            if not record.user_id:
                useless.add("release")
            # A field of JSON keeps an empty list as nothing at all.
            allowed = dossier.allowed_acts or []
            if "recall" in allowed and (
                record.opened_at or record._last_act().get("kind") != "forward"
            ):
                useless.add("recall")
            dossier.allowed_acts = [act for act in allowed if act not in useless]
        return result

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    def _guard_held(self, act):
        if not self.user_id:
            raise UserError(
                self.env._("Nobody holds it: whoever has the role may take it.")
            )
        if self.user_id.id == self.env.uid:
            return
        # sudo: onestop.membership - whether this very user leads the agency
        memberships = self.env["onestop.membership"].sudo()
        leads = memberships._has_role(self.env.user, ("head", "deputy"), self._charge())
        if not leads and not self.is_trial:
            raise UserError(
                self.env._(
                    "%(user)s holds it. Only the holder, the head or a deputy gives "
                    "it back.",
                    user=self.user_id.name,
                )
            )

    def _guard_untouched(self, act):
        if self.opened_at:
            raise UserError(
                self.env._(
                    "%(user)s opened it at %(at)s. Ask to have it sent back.",
                    user=self.opened_by_id.name,
                    at=self._opened_in_words(),
                )
            )
        if act.history[-1]["kind"] != "forward":
            raise UserError(
                self.env._(
                    "Something was done on it since you forwarded it. Ask to have it "
                    "sent back."
                )
            )

    # ------------------------------------------------------------
    # Story
    # ------------------------------------------------------------

    def _opened_in_words(self):
        return format_datetime(self.env, self.opened_at, dt_format="dd/MM/y HH:mm")

    def _story_of_opening(self, lines):
        """Put the opening by the running desk after the act that brought it there."""
        if not self.opened_at:
            return lines
        opened = {
            "icon": "fa-eye",
            "label": self.env._("Opened by the desk that got it"),
            "at": self._opened_in_words(),
            "agency": "",
            # sudo: res.users - only the name of who opened it
            "actor": self.opened_by_id.sudo().name,
            "paused": False,
            "source": "",
            "texts": [],
        }
        later = len(self.event_ids.filtered(lambda e: e.occurred_at > self.opened_at))
        return [*lines[:later], opened, *lines[later:]]
