# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, models

AGENCY = "TP"
MOST = 5


class OnestopDemo(models.AbstractModel):
    """Two hand-overs: papers that an agency confirmed, results that wait for it."""

    _inherit = "onestop.demo"

    @api.model
    def _load_hand_overs(self):
        """Papers went to the agency, with a difference; results come to the counter."""
        user, agency = self.env["onestop.demo.actor"]._user, AGENCY.lower()
        papers = self._demo_hand_over(
            user("receiver.centre"), user(f"appraiser.{agency}"), "processing"
        )
        if papers:
            papers.line_ids[-1:].difference = "Thiếu 01 bản sao, nhận bổ sung sau"
            papers.action_take()
        self._demo_hand_over(
            user(f"records.{agency}"), user("returner.centre"), "ready"
        )

    @api.model
    def _demo_hand_over(self, giver, taker, state):
        """The newest dossiers in a state go from one to the other, who is to confirm.

        :return: the hand-over as the taker sees it; none without dossiers.
        """
        dossiers = self.env["onestop.dossier"].search(
            [
                ("department_id.short", "=", AGENCY),
                ("company_id", "=", giver.company_id.id),
                ("state", "=", state),
            ],
            order="received_at desc",
            limit=MOST,
        )
        if not dossiers:
            return self.env["onestop.hand.over"]
        # Nothing on paper moves before the dossier itself did.
        moment = max(dossiers.event_ids.mapped("occurred_at")) + timedelta(minutes=5)
        acting = dossiers.with_user(giver)._occurred(moment, "demo")
        records = acting.env["onestop.hand.over"]
        record = records.create(records._values_for(acting))
        record.action_give()
        return record.with_user(taker)
