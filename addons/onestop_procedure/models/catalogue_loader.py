# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from dataclasses import replace

from odoo import api, models
from odoo.fields import Domain

from ..catalogue import CataloguePlan, Problem
from ..catalogue.plan import Entry
from ..catalogue.text import comparison_key


class OnestopCatalogueLoader(models.AbstractModel):
    """Brings rows of the catalogue into the database, in batches.

    The number of queries does not grow with the number of procedures; a published
    version is never edited, a differing one follows it.
    """

    _name = "onestop.catalogue.loader"
    _description = "Loader of the procedure catalogue"

    @api.model
    def _plan(self, rows, valid_from, coming=()):
        """Compare rows of procedures with what is on record.

        :param rows: list of `catalogue.ProcedureRow`.
        :param valid_from: legal day on which new versions take effect.
        :param coming: `catalogue.DepartmentRow` that come with the same import.
        :return: :class:`CataloguePlan`.
        """
        plan = CataloguePlan()
        departments = self._departments_by_name()
        for department in coming:
            for name in (department.name_vi, department.short, department.code):
                departments.setdefault(comparison_key(name), False)
        names = self._department_names(departments.values())
        sectors = self._sectors_by_name()
        procedures = {
            procedure.code: procedure
            for procedure in self.env["onestop.procedure"]
            .with_context(active_test=False)
            .search([("code", "in", [row.code for row in rows])])
        }
        versions = self._last_published(procedures.values())
        stored = self._stored_rows(versions.values())
        for row in rows:
            department = departments.get(comparison_key(row.department))
            sector = sectors.get(comparison_key(row.sector))
            row = replace(
                row,
                department=names.get(department, row.department),
                sector=sector.name if sector else row.sector,
            )
            procedure = procedures.get(row.code)
            version = procedure and versions.get(procedure.id)
            entry = Entry(row, procedure, version)
            if version:
                entry.changes = row.changes(stored[version])
            problem = self._obstacle(entry, department is None, valid_from)
            if problem:
                plan.problems.append(problem)
            elif not version:
                plan.new.append(entry)
            elif entry.changes:
                plan.changed.append(entry)
            else:
                plan.unchanged += 1
        plan.named = [p for p in procedures.values() if p.list_mark]
        plan.gone = self._gone(rows, departments)
        return plan

    def _obstacle(self, entry, is_department_unknown, valid_from):
        """Why a row cannot be imported, None when it can."""
        row = entry.row
        if is_department_unknown:
            return self._problem(row, "department_unknown", name=row.department)
        if entry.procedure and entry.procedure.state == "abolished":
            return self._problem(row, "abolished")
        if entry.revises and entry.version.valid_from >= valid_from:
            day = entry.version.valid_from.strftime("%d/%m/%Y")
            return self._problem(row, "newer_version", day=day)
        return None

    def _problem(self, row, reason, **values):
        return Problem("procedures", row.line, reason, values, row.code)

    @api.model
    def _gone(self, rows, departments):
        """Procedures of the agencies and levels of a list that it does not name."""
        named = {departments.get(comparison_key(row.department)) for row in rows}
        return self.env["onestop.procedure"].search(
            [
                ("department_id", "in", [id_ for id_ in named if id_]),
                ("level", "in", list({row.level for row in rows})),
                ("state", "in", ("published", "suspended")),
                ("code", "not in", [row.code for row in rows]),
            ]
        )

    # ------------------------------------------------------------
    # Names
    # ------------------------------------------------------------

    @api.model
    def _departments_by_name(self):
        """Agencies of today by each of their names, abbreviations and codes.

        An ended agency stands for its successor: files of 2019 can be read.
        """
        departments = (
            self.env["onestop.department"]
            .with_context(active_test=False)
            .search(Domain.TRUE)
        )
        found = {}
        for lang, _name in self.env["res.lang"].get_installed():
            for department in departments.with_context(lang=lang):
                names = (department.name, department.short, department.code)
                for name in filter(None, names):
                    found[comparison_key(name)] = department._current().id
        return found

    @api.model
    def _department_names(self, ids):
        """The names of agencies as files have them: in Vietnamese, if there is one."""
        departments = self.env["onestop.department"].browse({id_ for id_ in ids if id_})
        language = self.env["res.lang"]._get_data(code="vi_VN") and "vi_VN" or "en_US"
        return {d.id: d.name for d in departments.with_context(lang=language)}

    @api.model
    def _sectors_by_name(self):
        sectors = (
            self.env["onestop.sector"]
            .with_context(active_test=False)
            .search(Domain.TRUE)
        )
        return {comparison_key(sector.name): sector for sector in sectors}

    @api.model
    def _last_published(self, procedures):
        versions = self.env["onestop.procedure.version"].search(
            [
                ("procedure_id", "in", [procedure.id for procedure in procedures]),
                ("state", "=", "published"),
            ],
            order="valid_from",
        )
        return {version.procedure_id.id: version for version in versions}
