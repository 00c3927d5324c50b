# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from collections import defaultdict
from dataclasses import dataclass

from odoo import api, fields, models
from odoo.fields import Domain


@dataclass
class OnsiteCount:
    """Procedures of an agency: how many, and how many wholly at the Centre."""

    published: int = 0
    published_full: int = 0
    frequent: int = 0
    full: int = 0  # frequent and wholly at the Centre

    @property
    def share(self) -> float:
        """Percent of the plan's target (II.1); 0 when nothing regularly arises."""
        return 100 * self.full / self.frequent if self.frequent else 0.0


class OnestopShareMonth(models.Model):
    """The on-the-spot share of an agency as it was in a month; append-only.

    The share follows from the catalogue of this instant; that it rises from month to
    month (plan I.1, II.1) can only be seen when each month was written down.
    """

    _name = "onestop.share.month"
    _description = "On-the-spot share by month"
    _log_access = False
    _order = "month desc, department_id"

    month = fields.Date(required=True, help="First day of the month.")
    taken_on = fields.Date(required=True)
    department_id = fields.Many2one(
        "onestop.department",
        string="Agency",
        required=True,
        index=True,
        ondelete="restrict",
        help="The People's Committee stands for all agencies together.",
    )
    is_total = fields.Boolean(string="All Agencies")
    published_count = fields.Integer(string="Procedures")
    published_full_count = fields.Integer(string="Now at the Centre")
    frequent_count = fields.Integer(string="Regularly Arising")
    full_count = fields.Integer(string="of These at the Centre")
    share = fields.Float(string="Share (%)", digits=(5, 1), aggregator="avg")

    _once = models.UniqueIndex(
        "(month, department_id)", "This month is written down already."
    )

    def init(self):
        self.env["onestop.database.guard"]._append_only(self._table)

    @api.depends("month", "department_id")
    def _compute_display_name(self):
        for row in self:
            month = row.month and f"{row.month:%m/%Y}"
            row.display_name = " · ".join(
                filter(None, (row.department_id.short, month))
            )

    @api.model
    def _count(self, departments):
        """Count published procedures of agencies, in one query.

        :return: agency id -> :class:`OnsiteCount`; agencies without procedures count 0.
        """
        counts = defaultdict(OnsiteCount)
        # sudo: onestop.procedure - numbers of the public catalogue
        groups = (
            self.env["onestop.procedure"]
            .sudo()
            ._read_group(
                Domain("department_id", "in", departments.ids)
                & Domain("state", "=", "published"),
                ["department_id", "frequency", "onsite_mode"],
                ["__count"],
            )
        )
        for department, frequency, mode, number in groups:
            count = counts[department.id]
            count.published += number
            count.published_full += number * (mode == "full")
            count.frequent += number * (frequency == "frequent")
            count.full += number * (frequency == "frequent" and mode == "full")
        return counts

    @api.model
    def _cron_take(self):
        """Write down this month's share of each agency, once."""
        today = self.env["onestop.membership"]._today()
        month = today.replace(day=1)
        # sudo: onestop.share.month, onestop.department - nobody writes it but this
        rows = self.sudo()
        if rows.search_count([("month", "=", month)], limit=1):
            return
        departments = (
            self.env["onestop.department"]
            .sudo()
            .search([("procedure_ids.state", "=", "published")])
        )
        counts = self._count(departments)
        total = OnsiteCount()
        values = []
        for department in departments:
            count = counts[department.id]
            for name in ("published", "published_full", "frequent", "full"):
                setattr(total, name, getattr(total, name) + getattr(count, name))
            values.append(self._values(month, today, department, count))
        province = departments.search([("kind", "=", "province")], limit=1)
        if province and province not in departments:
            values.append(
                {**self._values(month, today, province, total), "is_total": True}
            )
        rows.create(values)

    @api.model
    def _values(self, month, today, department, count):
        return {
            "month": month,
            "taken_on": today,
            "department_id": department.id,
            "published_count": count.published,
            "published_full_count": count.published_full,
            "frequent_count": count.frequent,
            "full_count": count.full,
            "share": count.share,
        }
