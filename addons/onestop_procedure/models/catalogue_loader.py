# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ..catalogue import CataloguePlan, FeeRow, PartRow, Problem
from ..catalogue.text import comparison_key


class OnestopCatalogueLoader(models.AbstractModel):
    """Brings rows of the catalogue into the database, in batches.

    The number of queries does not grow with the number of procedures; a published
    version is never edited, a differing one follows it.
    """

    _name = "onestop.catalogue.loader"
    _description = "Loader of the procedure catalogue"

    # ------------------------------------------------------------
    # What would be done
    # ------------------------------------------------------------

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
        sectors = self._sectors_by_name()
        procedures = {
            procedure.code: procedure
            for procedure in self.env["onestop.procedure"]
            .with_context(active_test=False)
            .search([("code", "in", [row.code for row in rows])])
        }
        versions = self._last_published(procedures.values())
        contents = self._contents(versions.values())
        for row in rows:
            procedure = procedures.get(row.code)
            version = procedure and versions.get(procedure.id)
            differs = version and self._differs(row, version, contents[version])
            problem = self._obstacle(
                row, departments, procedure, differs and version, valid_from
            )
            if problem:
                plan.problems.append(problem)
                continue
            if not version:
                plan.new.append(row)
            elif differs:
                plan.revised.append((row, version))
            if procedure:
                renamed = self._is_renamed(row, procedure, departments, sectors)
                if renamed:
                    plan.renamed.append((row, procedure))
                plan.unchanged += bool(version and not differs and not renamed)
        return plan

    def _obstacle(self, row, departments, procedure, revised, valid_from):
        """Why a row cannot be imported, None when it can."""
        if comparison_key(row.department) not in departments:
            return self._problem(row, "department_unknown", name=row.department)
        if procedure and procedure.state == "abolished":
            return self._problem(row, "abolished")
        if revised and revised.valid_from >= valid_from:
            day = revised.valid_from.strftime("%d/%m/%Y")
            return self._problem(row, "newer_version", day=day)
        return None

    def _is_renamed(self, row, procedure, departments, sectors):
        values = self._identity(row, departments, sectors)
        stored = {name: procedure[name] for name in values}
        return procedure._convert_to_write(stored) != values

    def _problem(self, row, reason, **values):
        return Problem("procedures", row.line, reason, values, row.code)

    def _differs(self, row, version, content):
        mode = version.procedure_id.onsite_mode
        return row.content() != content or (
            row.onsite_mode is not None and row.onsite_mode != mode
        )

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
    def _sectors_by_name(self):
        sectors = (
            self.env["onestop.sector"]
            .with_context(active_test=False)
            .search(Domain.TRUE)
        )
        return {comparison_key(sector.name): sector.id for sector in sectors}

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

    @api.model
    def _contents(self, versions):
        """What versions say, as `ProcedureRow.content` has it."""
        return {
            version: (
                version.online_level,
                version.result_name or "",
                version.legal_basis or "",
                tuple(
                    (
                        case.name,
                        case.time_value,
                        case.time_unit,
                        tuple(
                            FeeRow(fee.mode, fee.amount, fee.note or "")
                            for fee in case.fee_ids
                        ),
                        tuple(
                            PartRow(part.name, part.originals, part.copies)
                            for part in case.part_ids
                        ),
                    )
                    for case in version.case_ids
                ),
            )
            for version in versions
        }

    # ------------------------------------------------------------
    # Doing it
    # ------------------------------------------------------------

    @api.model
    def _apply(self, plan, valid_from, onsite_mode):
        """Write what a plan without problems holds.

        :param valid_from: legal day on which new versions take effect.
        :param onsite_mode: class of procedures whose file names none.
        :return: the procedures written to.
        """
        departments = self._departments_by_name()
        sectors = self._make_sectors(plan)
        quiet = self.with_context(tracking_disable=True)
        by_code = {procedure.code: procedure for _row, procedure in plan.renamed}
        by_values = defaultdict(lambda: self.env["onestop.procedure"])
        for row, procedure in plan.renamed:
            values = self._identity(row, departments, sectors)
            by_values[tuple(values.items())] |= procedure
        for values, procedures in by_values.items():
            procedures.write(dict(values))
        # Rows whose procedure is a draft without a published version have it already.
        unknown = [row for row in plan.new if row.code not in by_code]
        drafts = self.env["onestop.procedure"].search(
            [("code", "in", [row.code for row in unknown])]
        )
        by_code.update({procedure.code: procedure for procedure in drafts})
        unknown = [row for row in unknown if row.code not in by_code]
        created = quiet.env["onestop.procedure"].create(
            [
                {"code": row.code, **self._identity(row, departments, sectors)}
                for row in unknown
            ]
        )
        by_code.update({procedure.code: procedure for procedure in created})
        versions = self._make_versions(plan, by_code, onsite_mode)
        versions._publish(valid_from)
        touched = self.env["onestop.procedure"].browse(
            {p.id for _row, p in plan.renamed} | set(versions.procedure_id.ids)
        )
        note = self.env._("Imported from a file of the catalogue.")
        touched._message_log_batch(bodies=dict.fromkeys(touched.ids, note))
        return touched

    @api.model
    def _identity(self, row, departments, sectors):
        values = {
            "name": row.name,
            "department_id": departments[comparison_key(row.department)],
            "sector_id": sectors.get(comparison_key(row.sector)),
            "level": row.level,
        }
        if row.frequency:
            values["frequency"] = row.frequency
        return values

    @api.model
    def _make_sectors(self, plan):
        sectors = self._sectors_by_name()
        rows = plan.new + [row for row, _record in plan.renamed]
        names = {comparison_key(row.sector): row.sector for row in reversed(rows)}
        missing = {key: name for key, name in names.items() if key not in sectors}
        created = self.env["onestop.sector"].create(
            [{"name": name} for name in missing.values()]
        )
        sectors.update(zip(missing, created.ids, strict=True))
        return sectors

    @api.model
    def _make_versions(self, plan, by_code, onsite_mode):
        """Draft versions for new and changed rows, with all they hold."""
        values = []
        numbers = self._next_numbers(
            [by_code[row.code] for row in plan.new]
            + [version.procedure_id for _row, version in plan.revised]
        )
        for row in plan.new:
            mode = row.onsite_mode or onsite_mode
            procedure = by_code[row.code]
            cases = [self._case_values(row, case, mode) for case in row.cases]
            values.append(self._version_values(row, procedure, cases, numbers))
        for row, before in plan.revised:
            mode = before.procedure_id.onsite_mode
            kept = before.case_ids if row.onsite_mode in (None, mode) else None
            cases = [
                self._case_values(row, case, row.onsite_mode or mode, kept)
                for case in row.cases
            ]
            values.append(
                self._version_values(row, before.procedure_id, cases, numbers)
            )
        quiet = self.env["onestop.procedure.version"].with_context(
            tracking_disable=True
        )
        return quiet.create(values)

    def _next_numbers(self, procedures):
        grouped = self.env["onestop.procedure.version"]._read_group(
            [("procedure_id", "in", [procedure.id for procedure in procedures])],
            ["procedure_id"],
            ["number:max"],
        )
        last = {procedure.id: number for procedure, number in grouped}
        return {p.id: last.get(p.id, 0) + 1 for p in procedures}
