# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError


class OnestopDossier(models.Model):
    """A holiday made known late: running dossiers move by an event each."""

    _inherit = "onestop.dossier"

    def action_recalculate(self, reason):
        """Count the due dates again with the calendar in force now.

        A later change of the calendar moves a running dossier only by this act; what
        is late already stays late.

        :param reason: the notice, for the citizen too.
        :return: True.
        :raises UserError: the calendar has not changed since, or no reason.
        """
        for dossier in self:
            dossier._apply("recalculate", texts={"reason": reason}, for_citizen=True)
        return True

    def _guard_new_calendar(self, act):
        state = self._clock_at(act.history)
        revision = self._calendar_revision()
        if not state.due:
            raise UserError(self.env._("This dossier has no time limit."))
        if state.revision == revision.id:
            raise UserError(
                self.env._("The calendar has not changed since the last count.")
            )
        act.data["calendars"] = [state.revision, revision.id]
