# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain

# After the deadline an agency is reminded again once a week.
AGAIN = timedelta(days=7)


class OnestopReviewPart(models.Model):
    """Agencies with an unfinished part are reminded before the deadline and after."""

    _inherit = "onestop.review.part"

    @api.model
    def _cron_remind(self):
        """Give the authors and heads of unfinished parts a task, when it is time."""
        today = self.env["onestop.membership"]._today()
        # sudo: onestop.review.part - the job looks at every agency
        parts = self.sudo().search(
            Domain("state", "in", ("draft", "returned"))
            & Domain("review_id.state", "=", "open")
        )
        for part in parts.filtered(lambda part: part._is_reminder_due(today)):
            part._remind(today)
            self.env["ir.cron"]._commit_progress(1)

    def _is_reminder_due(self, today):
        first = self.deadline - timedelta(days=self.review_id.remind_days)
        last = self.reminded_on
        if today <= self.deadline:
            return today >= first and (not last or last < first)
        return not last or last <= self.deadline or today >= last + AGAIN

    def _remind(self, today):
        todo = "mail.mail_activity_data_todo"
        self.activity_unlink([todo])
        for user in self._office_people("author") | self._office_people("head"):
            reader = self.with_context(lang=user.lang)
            self.activity_schedule(
                todo,
                summary=reader._reminder(today),
                user_id=user.id,
                date_deadline=self.deadline,
            )
        self.reminded_on = today

    def _reminder(self, today):
        left = self.line_count - self.reviewed_count
        day = self.deadline.strftime("%d/%m/%Y")
        if today > self.deadline:
            return self.env._(
                "The review was due on %(day)s: %(count)s procedures are left.",
                day=day,
                count=left,
            )
        return self.env._(
            "The review is due on %(day)s: %(count)s procedures are left.",
            day=day,
            count=left,
        )
