# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models

from ..catalogue.process import HOURS_PER_WORKDAY


class OnestopProcess(models.Model):
    """The flow sheet that is printed and posted, one a case."""

    _inherit = "onestop.process"

    def _sheets(self):
        """What the flow sheets of these processes show, in the order of the lines."""
        self.ensure_one()
        roles = dict(
            self.env["onestop.membership"]
            ._fields["role"]
            ._description_selection(self.env)
        )
        return [
            {
                "superior": self.department_id.parent_id.name,
                "procedure": line.procedure_id,
                "case": case,
                "roles": roles,
                "hours": self._hours_text,
            }
            for line in self.line_ids
            for case in line.version_id.case_ids
        ]

    @staticmethod
    def _hours_text(hours):
        """Working hours as a sheet has them: in days when they are half days."""
        days = hours / HOURS_PER_WORKDAY
        if days >= 1 and (days * 2).is_integer():
            return f"{days:g} ngày làm việc".replace(".", ",")
        return f"{hours:g} giờ làm việc".replace(".", ",")
