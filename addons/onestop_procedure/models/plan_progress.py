# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.fields import Domain

TASKS = ("onestop.plan.milestone", "onestop.plan.occurrence")
# Months of the trend that a report shows.
MONTHS = 12


class OnestopPlan(models.Model):
    """How a plan goes: what was due, done, late, and by what it is shown."""

    _inherit = "onestop.plan"

    task_count = fields.Integer(compute="_compute_task_counts", string="Tasks")
    done_count = fields.Integer(compute="_compute_task_counts", string="Done")
    late_count = fields.Integer(compute="_compute_task_counts", string="Late")
    to_confirm_count = fields.Integer(
        compute="_compute_task_counts", string="To Confirm"
    )
    timeline = fields.Html(
        compute="_compute_timeline", sanitize=False, groups="base.group_user"
    )

    def _compute_task_counts(self):
        numbers = {
            plan.id: dict.fromkeys(("open", "reported", "done"), 0) for plan in self
        }
        late = dict.fromkeys(self.ids, 0)
        for name in TASKS:
            of_these = Domain("plan_id", "in", self.ids)
            for plan, state, count in self.env[name]._read_group(
                of_these, ["plan_id", "state"], ["__count"]
            ):
                numbers[plan.id][state] += count
            for plan, count in self.env[name]._read_group(
                of_these & Domain("is_late", "=", True), ["plan_id"], ["__count"]
            ):
                late[plan.id] += count
        for plan in self:
            states = numbers.get(plan.id, {})
            plan.task_count = sum(states.values())
            plan.done_count = states.get("done", 0)
            plan.to_confirm_count = states.get("reported", 0)
            plan.late_count = late.get(plan.id, 0)

    def _compute_timeline(self):
        for plan in self:
            plan.timeline = self.env["ir.qweb"]._render(
                "onestop_procedure.plan_timeline", plan._timeline()
            )

    def _timeline(self):
        """Milestones of the plan on a line of time, as far as the user reads them."""
        self.ensure_one()
        today = self.env["onestop.membership"]._today()
        milestones = self.milestone_ids.filtered("last_day").sorted("last_day")
        days = [
            *milestones.mapped("last_day"),
            today,
            *filter(None, [self.period_from]),
        ]
        first, last = min(days), max(days)
        span = (last - first).days or 1
        rows = []
        for (text, date), group in milestones.grouped(
            lambda m: (m.name, m.last_day)
        ).items():
            rows.append(
                {
                    "name": text,
                    "day": date,
                    "at": round(100 * (date - first).days / span, 2),
                    "total": len(group),
                    "done": len(group.filtered(lambda m: m.state == "done")),
                    "late": len(group.filtered("is_late")),
                }
            )
        now = round(100 * (today - first).days / span, 2)
        return {"rows": rows, "first": first, "last": last, "today": today, "now": now}

    # ------------------------------------------------------------
    # Progress report
    # ------------------------------------------------------------

    def _progress(self, department=None):
        """What the progress report says, as far as the present user may read.

        :param department: an agency, to report on it alone.
        :return: a dictionary: day, tasks (all of them), agencies (a row each), months
            (the trend of the share, oldest first).
        """
        self.ensure_one()
        today = self.env["onestop.membership"]._today()
        lines = self.line_ids
        tasks = [*self.milestone_ids, *self.occurrence_ids]
        if department:
            lines = lines.filtered(lambda line: line.department_id == department)
            tasks = [task for task in tasks if task.department_id == department]
        tasks.sort(key=lambda task: (task.last_day, task.department_id.sequence))
        by_agency = {line.department_id: (line, []) for line in lines}
        for task in tasks:
            agency = task.department_id
            by_agency.setdefault(agency, (lines.browse(), []))[1].append(task)
        return {
            "day": today,
            "tasks": tasks,
            "agencies": [
                self._progress_row(agency, line, owed, today)
                for agency, (line, owed) in by_agency.items()
            ],
            "months": self._progress_months(department),
        }

    def _progress_row(self, agency, line, tasks, today):
        states = [task.progress for task in tasks]
        return {
            "agency": agency,
            "line": line,
            "total": len(tasks),
            "due": sum(task.last_day <= today for task in tasks),
            "done": states.count("done") + states.count("done_late"),
            "done_late": states.count("done_late"),
            "late": states.count("late"),
            "to_confirm": states.count("reported"),
        }

    def _progress_months(self, department):
        months = self.env["onestop.share.month"]
        which = (
            Domain("department_id", "=", department.id)
            if department
            else Domain("is_total", "=", True)
        )
        return months.search(which, limit=MONTHS, order="month desc").sorted("month")

    def _evidence_text(self, task):
        """What shows that a task was done, in a line."""
        parts = [
            task.evidence,
            task.evidence_ref and task.evidence_ref.display_name,
            ", ".join(task.attachment_ids.mapped("name")),
        ]
        return "; ".join(filter(None, parts))

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_export_progress(self):
        """Download the progress report as an Excel file.

        :return: the action that fetches the file.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/onestop/plan/{self.id}/progress.xlsx",
            "target": "download",
        }

    def action_open_tasks(self):
        """Show the milestones of this plan.

        :return: the window action.
        """
        return self._open_tasks("onestop_procedure.plan_milestone_action")

    def action_open_occurrences(self):
        """Show what is due of the recurring duties of this plan.

        :return: the window action.
        """
        return self._open_tasks("onestop_procedure.plan_occurrence_action")

    def _open_tasks(self, xmlid):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        return {
            **action,
            "domain": [("plan_id", "=", self.id)],
            "context": {"default_plan_id": self.id},
        }
