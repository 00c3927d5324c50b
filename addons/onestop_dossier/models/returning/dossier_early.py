# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

# So many reminders to collect a result; then somebody has to telephone.
REMINDERS = 3


class OnestopDossier(models.Model):
    """Telling the citizen that his result is early, and that it waits for him."""

    _inherit = "onestop.dossier"

    def _after_act(self, act):
        result = super()._after_act(act)
        if act.name in ("issue", "record_outside") and self.timeliness == "early":
            self._notify("result_early", once=str(act.head[0] + 1), due=self.due_at)
        return result

    @api.model
    def _cron_remind_to_collect(self):
        """Remind of results that nobody collects, after each so many days.

        Nothing is kept of it: the number of the reminder follows from the days, and
        the outbox tells the same once.
        """
        today = fields.Datetime.now()
        # sudo: res.company - settings of all Centres
        companies = self.env["res.company"].sudo()
        for company in companies.search([("onestop_reminder_days", ">", 0)]):
            days = company.onestop_reminder_days
            # sudo: onestop.dossier - only notices follow
            waiting = self.sudo().search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "ready"),
                    ("result_channel", "=", "counter"),
                    ("finished_at", "<", fields.Datetime.subtract(today, days=days)),
                    (
                        "finished_at",
                        ">",
                        fields.Datetime.subtract(today, days=days * (REMINDERS + 1)),
                    ),
                ]
            )
            for dossier in waiting:
                number = (today - dossier.finished_at).days // days
                dossier._notify("result_waiting", once=str(number))
            self.env["ir.cron"]._commit_progress(len(waiting))
