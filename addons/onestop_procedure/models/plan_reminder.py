# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain


class OnestopPlanTask(models.AbstractModel):
    """Who is reminded of a task, and who is told that it is late."""

    _inherit = "onestop.plan.task"

    @api.model
    def _cron_remind(self):
        """Remind those responsible, and tell Centre and Office what is late, once."""
        today = self.env["onestop.membership"]._today()
        running = Domain("state", "=", "open") & Domain(
            "plan_id.state", "=", "in_force"
        )
        # sudo: any - tasks of all agencies
        tasks = self.sudo()
        soon = tasks.search(
            running
            & Domain("reminded_on", "=", False)
            & Domain("last_day", "<=", today + timedelta(days=365))
        )
        for task in soon:
            if task.last_day - timedelta(days=task.plan_id.remind_days) <= today:
                task._remind(today)
        late = tasks.search(
            running
            & Domain("escalated_on", "=", False)
            & Domain("last_day", "<", today)
        )
        for task in late:
            task._escalate(today)

    def _remind(self, today):
        people = self.responsible_id or self._office_people("head")
        self._give_task(people)
        self.reminded_on = today

    def _escalate(self, today):
        people = self._office_people("centre") | self._office_people("office")
        self._give_task(people, late=True)
        self.escalated_on = today

    def _give_task(self, people, late=False):
        for user in people:
            reader = self.with_context(lang=user.lang)
            if late:
                summary = reader.env._("Late under the plan")
            else:
                summary = reader.env._("To be done under the plan")
            reader.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=f"{summary} · {self.department_id.short}",
                user_id=user.id,
                date_deadline=self.last_day,
            )
