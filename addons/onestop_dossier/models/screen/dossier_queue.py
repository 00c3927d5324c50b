# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.onestop_procedure import clock

from ..clock.dossier_clock import aware

# Nobody reads a larger number on a tab, and counting stops there.
MAX_COUNT = 1000


class OnestopDossier(models.Model):
    """What the work queue shows besides the dossiers themselves."""

    _inherit = "onestop.dossier"

    time_used = fields.Float(
        compute="_compute_time_used",
        groups="base.group_user",
        help="Share of the working time allowed that is used; above 1 when late.",
    )

    @api.depends("received_at", "due_at", "finished_at")
    def _compute_time_used(self):
        now = fields.Datetime.now()
        # One look a Centre, not a row: lists show this column.
        # sudo: res.company - public opening hours
        calendars = {c.id: c._onestop_clock() for c in self.company_id.sudo()}
        for dossier in self:
            calendar = calendars.get(dossier.company_id.id)
            if not (calendar and dossier.received_at and dossier.due_at):
                dossier.time_used = 0
                continue
            dossier.time_used = clock.used_share(
                aware(dossier.received_at),
                aware(dossier.finished_at or now),
                aware(dossier.due_at),
                calendar,
            )

    @api.model
    @api.readonly
    def count_by_domain(self, domains):
        """How many dossiers that this user may read fit each of some domains.

        :param domains: name -> domain, as in ``search``.
        :return: name -> number of dossiers, at most ``MAX_COUNT``.
        """
        return {
            name: self.search_count(domain, limit=MAX_COUNT)
            for name, domain in domains.items()
        }
