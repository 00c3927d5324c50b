# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models

from ..plan_sheet import write_sheets


class OnestopPlan(models.Model):
    """The progress report as an Excel file."""

    _inherit = "onestop.plan"

    def _progress_file(self, department=None):
        """The progress report as the bytes of an .xlsx file.

        :param department: an agency, to report on it alone.
        """
        self.ensure_one()
        plan = self.with_context(
            **self.env["ir.actions.report"]._onestop_print_context()
        )
        progress = plan._progress(department)
        title = plan.env._(
            "Progress of the plan “%(plan)s”, %(day)s",
            plan=plan.display_name,
            day=f"{progress['day']:%d/%m/%Y}",
        )
        return write_sheets(
            [
                plan._agencies_sheet(title, progress["agencies"]),
                plan._tasks_sheet(title, progress["tasks"]),
                plan._months_sheet(title, progress["months"]),
            ]
        )

    def _agencies_sheet(self, title, rows):
        headings = [
            self.env._("Agency"),
            self.env._("Procedures to Bring"),
            self.env._("Now at the Centre"),
            self.env._("Regularly Arising"),
            self.env._("of These at the Centre"),
            self.env._("Share (%)"),
            self.env._("Tasks"),
            self.env._("Due"),
            self.env._("Done"),
            self.env._("Done late"),
            self.env._("To confirm"),
            self.env._("Late"),
        ]
        cells = [
            (
                row["agency"].name,
                *(
                    (
                        row["line"].target_count,
                        row["line"].actual_count,
                        row["line"].frequent_count,
                        row["line"].full_count,
                        round(row["line"].share, 1),
                    )
                    if row["line"]
                    else ("",) * 5
                ),
                row["total"],
                row["due"],
                row["done"],
                row["done_late"],
                row["to_confirm"],
                row["late"],
            )
            for row in rows
        ]
        return self.env._("Agencies"), title, headings, cells, [40, *[12] * 11]

    def _tasks_sheet(self, title, tasks):
        headings = [
            self.env._("Section"),
            self.env._("What"),
            self.env._("Responsible Agency"),
            self.env._("Answers for It"),
            self.env._("Last Day"),
            self.env._("State"),
            self.env._("Done On"),
            self.env._("Evidence"),
        ]
        cells = [
            (
                task.section,
                task.name,
                task.department_id.name,
                task.answerable_id.name,
                task.last_day,
                self._progress_label(task),
                task.done_on or "",
                self._evidence_text(task),
            )
            for task in tasks
        ]
        return (
            self.env._("Tasks"),
            title,
            headings,
            cells,
            [9, 60, 32, 28, 12, 16, 12, 40],
        )

    def _months_sheet(self, title, months):
        headings = [
            self.env._("Month"),
            self.env._("Procedures"),
            self.env._("Now at the Centre"),
            self.env._("Regularly Arising"),
            self.env._("of These at the Centre"),
            self.env._("Share (%)"),
        ]
        cells = [
            (
                f"{row.month:%m/%Y}",
                row.published_count,
                row.published_full_count,
                row.frequent_count,
                row.full_count,
                round(row.share, 1),
            )
            for row in months
        ]
        return self.env._("Share by month"), title, headings, cells, [12] * 6

    def _progress_label(self, task):
        return dict(task._fields["progress"]._description_selection(self.env))[
            task.progress
        ]
