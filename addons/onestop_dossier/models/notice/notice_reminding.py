# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopNotice(models.Model):
    """Reminders: the time to supplement or to pay is about to end."""

    _inherit = "onestop.notice"

    @api.model
    def _cron_remind(self):
        """Queue a reminder for each time to answer that is about to end, once.

        Not for what was asked for within a day: that has just been told.
        """
        if "supplement_due_soon" not in self.env["onestop.notice.template"]._spoken():
            return
        now = fields.Datetime.now()
        self.env.cr.execute(
            """
            INSERT INTO onestop_notice_queue (dossier_id, occasion, once)
            SELECT d.id, 'supplement_due_soon', d.citizen_due_at::text
              FROM onestop_dossier d JOIN res_company c ON c.id = d.company_id
             WHERE d.citizen_due_at > %(now)s
               AND d.citizen_due_at
                   <= %(now)s + make_interval(days => c.onestop_notice_days)
               AND d.state IN ('supplement', 'payment')
               AND d.relay_at IS NULL AND d.is_trial IS NOT TRUE
               AND NOT EXISTS (
                    SELECT FROM onestop_notice n
                     WHERE n.dossier_id = d.id
                       AND n.cause = 'supplement_due_soon:' || d.citizen_due_at)
               AND NOT EXISTS (
                    SELECT FROM onestop_notice_queue q
                     WHERE q.dossier_id = d.id AND q.occasion = 'supplement_due_soon')
               AND NOT EXISTS (
                    SELECT FROM onestop_dossier_event e
                     WHERE e.dossier_id = d.id AND e.state_to = d.state
                       AND (e.source NOT IN ('live', 'outage')
                            OR e.occurred_at > %(now)s - interval '1 day'))
            """,
            {"now": now},
        )
        self._wake()
