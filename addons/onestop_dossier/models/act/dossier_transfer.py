# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class OnestopDossier(models.Model):
    """Another agency becomes competent: misrouted, or the agency was merged.

    The legal due date stays: the citizen does not pay for the wrong address. The old
    agency goes on seeing what it has worked on.
    """

    _inherit = "onestop.dossier"

    def action_transfer(self, department_id, reason):
        """Transfer the dossier to the agency that is competent.

        :param department_id: id of that agency.
        :param reason: why; the citizen reads it too.
        :return: True.
        :raises UserError: no reason, the same agency, or one that has ended.
        """
        self._do_transfer(department_id, reason)
        return True

    def _do_transfer(self, department_id, reason, **data):
        """As :meth:`action_transfer`.

        :param data: what else the event names, such as the merger.
        """
        other = self._department_of(department_id)
        return self._apply(
            "transfer",
            texts={"reason": reason},
            data={"agency": other.id, **data},
            values=lambda act: {
                "department_id": other.id,
                "user_id": False,
                "viewer_ids": [Command.link(other.id)],
            },
            other=other,
            for_citizen=True,
        )

    def _guard_in_hand(self, act):
        if not self.received_at:
            raise UserError(self.env._("The dossier was not received yet."))

    def _guard_other_agency(self, act):
        other = act.arguments["other"]
        if other == self.department_id:
            raise UserError(self.env._("This agency is competent already."))
        if other.valid_to and other.valid_to < self._legal_day(act.now):
            raise UserError(self.env._("This agency does not exist any more."))
        act.data["from"] = self.department_id.id
