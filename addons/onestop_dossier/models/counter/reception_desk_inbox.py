# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, models
from odoo.fields import Domain

from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

from ..clock.dossier_clock import naive

# What fits on the empty desk; the list screen shows the rest.
SHOWN = 6


class OnestopReceptionDesk(models.AbstractModel):
    """What waits while nobody is at the counter."""

    _inherit = "onestop.reception.desk"

    @api.model
    def inbox(self):
        """What waits for an answer, the oldest first, and what is due today.

        Filed online: answered within 8 working hours (NĐ 45/2020/NĐ-CP, Điều 11 khoản
        4). By post: registered when it arrived, not received yet.

        :return: {"online", "post", "due"}, each with "count" and the first "rows".
        """
        centre = self._centre()
        here = Domain("company_id", "=", centre.id)
        online = here & Domain("state", "=", "submitted")
        post = here & Domain("state", "=", "draft") & Domain("channel", "=", "post")
        due = here & self._domain_due_today()
        return {
            "online": self._waiting(online, "submitted_at, id", self._online_row),
            "post": self._waiting(post, "arrived_at, id", self._post_row),
            "due": self._waiting(due, "due_at, id", self._due_row),
        }

    @api.model
    def _waiting(self, domain, order, row):
        dossiers = self.env["onestop.dossier"]
        first = dossiers.search(domain, order=order, limit=SHOWN)
        count = len(first) if len(first) < SHOWN else dossiers.search_count(domain)
        return {"count": count, "rows": [row(dossier) for dossier in first]}

    @api.model
    def _domain_due_today(self):
        """What citizens come for today: due on this legal day, not handed over yet."""
        today = self.env["onestop.membership"]._today()
        start = datetime.combine(today, time.min, ZoneInfo(LEGAL_ZONE))
        end = start + timedelta(days=1)
        return (
            Domain("due_at", ">=", naive(start))
            & Domain("due_at", "<", naive(end))
            & Domain("state", "not in", ("refused", "returned", "stopped"))
        )

    def _row(self, dossier):
        return {
            "id": dossier.id,
            "code": dossier.code or "",
            "person": dossier.person_id.name,
            "procedure": dossier.procedure_id.name,
        }

    def _online_row(self, dossier):
        return {
            **self._row(dossier),
            "left": dossier.answer_left,
            "late": dossier.is_answer_late,
        }

    def _post_row(self, dossier):
        return {**self._row(dossier), "arrived": self._when(dossier.arrived_at)}

    def _due_row(self, dossier):
        states = dict(dossier._fields["state"]._description_selection(self.env))
        return {
            **self._row(dossier),
            "ready": dossier.state == "ready",
            "state": states[dossier.state],
        }
