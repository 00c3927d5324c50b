# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class OnestopDecision(models.Model):
    """A decision takes effect, lapses, is replaced: by its dates.

    Two hooks for what stands on decisions: :meth:`_took_effect`, :meth:`_ended`.
    """

    _inherit = "onestop.decision"

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_put_in_force(self):
        """Put decisions in force whose day has come (the nightly job does, too).

        :raises UserError: it is no draft, or takes effect on a later day.
        """
        self.check_access("write")
        today = self.env["onestop.membership"]._today()
        for decision in self:
            if decision.state != "draft":
                raise UserError(self.env._("This decision is no draft any more."))
            if decision.effective_from and decision.effective_from > today:
                raise UserError(
                    self.env._(
                        "It takes effect by itself on %(day)s.",
                        day=decision.effective_from.strftime("%d/%m/%Y"),
                    )
                )
        self._take_effect()

    def action_lapse(self, day=None, reason=""):
        """Record the end of a decision in force; it may still be moved.

        :param day: last legal day (Viet Nam) on which it holds, default today.
        :param reason: why, or by which document.
        :raises UserError: it never took effect, or would end before.
        """
        self.ensure_one()
        self.check_access("write")
        day = fields.Date.to_date(day) or self.env["onestop.membership"]._today()
        self._end(day, reason, self.browse())

    def action_replace(self, by_id, day=None, reason=""):
        """Record that another document takes the place of this one.

        :param by_id: id of the new decision or law.
        :param day: first legal day (Viet Nam) of the new one; by default its own.
        :raises UserError: no day is known, or this one never took effect.
        """
        self.ensure_one()
        self.check_access("write")
        by = self.browse(by_id)
        by.check_access("read")
        day = fields.Date.to_date(day) or by.effective_from
        if not day:
            raise UserError(
                self.env._(
                    "Say from which day on %(number)s takes its place.",
                    number=by.number,
                )
            )
        self._end(day - timedelta(days=1), reason, by)

    # ------------------------------------------------------------
    # Course
    # ------------------------------------------------------------

    def _take_effect(self):
        if self:
            self._change({"state": "in_force"})
            self._took_effect()

    def _end(self, day, reason, by):
        if self.state == "draft":
            raise UserError(self.env._("A draft never took effect; delete it instead."))
        if self.effective_from and day < self.effective_from:
            raise UserError(
                self.env._(
                    "%(number)s took effect on %(day)s; it cannot end before.",
                    number=self.number,
                    day=self.effective_from.strftime("%d/%m/%Y"),
                )
            )
        self._change(
            {
                "effective_to": day,
                "end_reason": reason or False,
                "replaced_by_id": by.id,
                # An end that was recorded too early can be moved to a later day.
                "state": "in_force",
            }
        )
        self._lapse_by_date()
        self._ended()

    def _lapse_by_date(self):
        today = self.env["onestop.membership"]._today()
        over = self.filtered(lambda d: d.effective_to and d.effective_to < today)
        replaced = over.filtered("replaced_by_id")
        replaced._change({"state": "replaced"})
        (over - replaced)._change({"state": "lapsed"})
        return over

    @api.model
    def _cron_follow_dates(self):
        """Put decisions in force on their day and lapse them after their last."""
        today = self.env["onestop.membership"]._today()
        # sudo: onestop.decision - the job follows the dates of all of them
        decisions = self.sudo()
        decisions.search(
            Domain("state", "=", "draft") & Domain("effective_from", "<=", today)
        )._take_effect()
        decisions.search(
            Domain("state", "=", "in_force") & Domain("effective_to", "<", today)
        )._lapse_by_date()

    # ------------------------------------------------------------
    # Hooks
    # ------------------------------------------------------------

    def _took_effect(self):
        """Called with decisions that just came in force; models extend it."""

    def _ended(self):
        """Called when the end of a decision was recorded; models extend it."""

    # ------------------------------------------------------------
    # Signing
    # ------------------------------------------------------------

    def _check_signable(self):
        """A chain may end in a decision of an agency that has not ended.

        :raises UserError: it is a law, or has lapsed or been replaced.
        """
        for decision in self:
            if decision.kind == "law" or decision.state not in ("draft", "in_force"):
                raise UserError(
                    self.env._(
                        "%(number)s cannot be the decision of this paper: choose one "
                        "that is in force or drafted.",
                        number=decision.display_name,
                    )
                )

    def _sign(self):
        """A chain ends in these: they take effect at once when their day has come."""
        today = self.env["onestop.membership"]._today()
        self.filtered(
            lambda d: d.state == "draft" and d.effective_from <= today
        )._take_effect()
