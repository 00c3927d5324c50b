# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import models
from odoo.fields import Domain

from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE


class OnestopProcedure(models.Model):
    _inherit = "onestop.procedure"

    def _arrivals(self, since, until):
        # sudo: onestop.dossier - a number of dossiers, whoever handles them
        rows = (
            self.env["onestop.dossier"]
            .sudo()
            ._read_group(
                Domain("procedure_id", "in", self.ids)
                & Domain("received_at", ">=", self._first_moment(since))
                & Domain("received_at", "<", self._first_moment(until, days=1)),
                ["procedure_id"],
                ["__count"],
            )
        )
        counts = super()._arrivals(since, until)
        return {**counts, **{procedure.id: count for procedure, count in rows}}

    def _first_moment(self, day, days=0):
        """The first moment of a legal day (Viet Nam), naive in UTC as Odoo keeps it."""
        midnight = datetime.combine(
            day + timedelta(days=days), time.min, ZoneInfo(LEGAL_ZONE)
        )
        return midnight.astimezone(UTC).replace(tzinfo=None)
