# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain

from ..catalogue import Problem


class OnestopDepartmentLoader(models.AbstractModel):
    """Brings rows of a table of agencies into the database."""

    _name = "onestop.department.loader"
    _description = "Loader of agencies"

    @api.model
    def _plan(self, rows):
        """Compare rows with the agencies on record.

        :param rows: list of `catalogue.DepartmentRow`.
        :return: (number new, number changed, list of `catalogue.Problem`).
        """
        present = self._by_short()
        known = set(present) | {row.short for row in rows}
        problems, new, changed = [], 0, 0
        for row in rows:
            for column in ("successor", "parent"):
                name = getattr(row, column)
                if name and name not in known:
                    values = {"column": column, "short": name}
                    problems.append(
                        Problem("departments", row.line, "link", values, row.short)
                    )
            if row.code and not self.env["onestop.department"]._is_agency_code(
                row.code
            ):
                values = {"value": row.code}
                problems.append(
                    Problem("departments", row.line, "agency_code", values, row.short)
                )
            department = present.get(row.short)
            new += not department
            changed += bool(department and self._changes(department, row, present))
        return new, changed, problems

    @api.model
    def _apply(self, rows):
        """Create and update agencies; their links follow when all are there.

        :return: the agencies of the rows.
        """
        Department = self.env["onestop.department"].with_context(lang="en_US")
        present = self._by_short()
        created = Department.create(
            [
                {
                    "short": row.short,
                    "name": row.name_en or row.name_vi,
                    "kind": row.kind,
                    "sequence": row.line,
                }
                for row in rows
                if row.short not in present
            ]
        )
        present.update({department.short: department for department in created})
        for row in rows:
            department = present[row.short]
            values = self._changes(department, row, present)
            vietnamese = values.pop("name_vi", None)
            if values:
                department.with_context(lang="en_US").write(values)
            if vietnamese:
                department.with_context(lang="vi_VN").name = vietnamese
        return created.browse([present[row.short].id for row in rows])

    @api.model
    def _by_short(self):
        departments = (
            self.env["onestop.department"]
            .with_context(active_test=False)
            .search(Domain.TRUE)
        )
        return {department.short: department for department in departments}

    def _changes(self, department, row, present):
        """What the row says otherwise than the record; empty cells say nothing."""
        has_vietnamese = bool(self.env["res.lang"]._get_data(code="vi_VN"))
        names = {"name": row.name_en or row.name_vi}
        if not has_vietnamese:
            # The only language there is for a name is that of the file.
            names = {"name": row.name_vi}
        values = {
            **names,
            "kind": row.kind,
            "code": row.code,
            "valid_from": row.valid_from,
            "valid_to": row.valid_to,
        }
        for column in ("successor", "parent"):
            linked = present.get(getattr(row, column))
            values[f"{column}_id"] = linked and linked.id
        english = department.with_context(lang="en_US")
        changes = {}
        for name, value in values.items():
            field = department._fields[name]
            if value and field.convert_to_write(english[name], english) != value:
                changes[name] = value
        if has_vietnamese:
            vietnamese = department.with_context(lang="vi_VN")
            if vietnamese.name != row.name_vi:
                changes["name_vi"] = row.name_vi
        return changes
