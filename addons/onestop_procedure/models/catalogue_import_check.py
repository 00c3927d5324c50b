# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import hashlib
from dataclasses import dataclass

from odoo import api, models
from odoo.exceptions import UserError

from ..catalogue import (
    FileError,
    Problem,
    read_departments,
    read_procedures,
    read_table,
)
from ..catalogue.departments import REQUIRED as DEPARTMENT_COLUMNS
from ..catalogue.error_file import write_errors
from ..catalogue.plan import CataloguePlan
from ..catalogue.procedures import EXTRA_COLUMNS, PART_COLUMNS, PROCEDURE_COLUMNS
from .catalogue_import import FILES, MAX_LINES_TOLD
from .catalogue_sentences import SENTENCES

# The list on the screen is for people; the file of errors has them all.
MAX_LINES_SHOWN = 200
ERROR_FILENAME = "rows-with-errors.xlsx"
COLUMNS = {
    "departments": DEPARTMENT_COLUMNS,
    "procedures": PROCEDURE_COLUMNS,
    "parts": PART_COLUMNS,
    "extra": EXTRA_COLUMNS,
}


@dataclass
class Found:
    """What the files of an import hold, compared with what is on record."""

    departments: list
    rows: list
    plan: CataloguePlan
    problems: list
    size: int


class OnestopCatalogueImport(models.Model):
    """Reading the files of an import, and telling what it would do."""

    _inherit = "onestop.catalogue.import"

    def _check_files(self, told):
        """Read and compare; keep the findings on this record.

        :param told: whether they are kept for reading, row by row. If not, they have
            to be what was told before.
        :return: :class:`Found`, without the rows that have errors.
        :raises UserError: a file cannot be read; or, unless told, there are errors or
            the catalogue is another one than when it was told.
        """
        self._report("read")
        tables = self._tables()
        departments, problems = read_departments(tables.get("departments", []))
        problems += self._faults(tables.get("departments"))
        loader = self.env["onestop.department.loader"]
        new, changed, found = loader._plan(departments)
        problems += found
        rows, found = read_procedures(
            tables.get("procedures", []), tables.get("parts"), tables.get("extra")
        )
        problems += found
        faulty = self._faulty_codes(problems)
        rows = [row for row in rows if row.code not in faulty]
        self._report("compare")
        plan = self.env["onestop.catalogue.loader"]._plan(
            rows, self.valid_from, coming=departments
        )
        problems += plan.problems
        # A row that was left out is not missing in the file.
        plan.gone = plan.gone.filtered(lambda p: p.code not in faulty)
        refused = {problem.code for problem in plan.problems}
        rows = [row for row in rows if row.code not in refused]
        size = sum(len(tables.get(name, ())) for name in ("departments", "procedures"))
        result = Found(departments, rows, plan, problems, size)
        self._tell_counts(result, new, changed)
        if told:
            self._tell_rows(result)
            self._tell_errors(tables, problems)
            self._keep({"plan_digest": plan.fingerprint()})
        return result

    @api.model
    def _faults(self, table):
        """What was wrong with single cells of a table of agencies."""
        return [
            Problem("departments", line, reason, values)
            for line, reason, values in getattr(table, "faults", ())
        ]

    @api.model
    def _faulty_codes(self, problems):
        """Codes of procedures that have an error in one of their rows."""
        return {p.code for p in problems if p.blocking and p.file != "departments"}

    def _check_errors(self, found):
        """Refuse errors, unless the user chose to leave their rows out.

        :raises UserError: naming the first rows.
        """
        errors = [problem for problem in found.problems if problem.blocking]
        if not errors:
            return
        if self.is_partial and not any(e.file == "departments" for e in errors):
            return
        files = dict(
            self.env["onestop.catalogue.import.line"]
            ._fields["file"]
            ._description_selection(self.env)
        )
        errors.sort(key=lambda p: (FILES.index(p.file), p.line))
        raise UserError(
            self.env._(
                "Nothing was imported: %(count)s rows have errors.\n%(rows)s",
                count=len(errors),
                rows="\n".join(
                    self.env._(
                        "%(file)s, row %(line)s: %(reason)s",
                        file=files[problem.file],
                        line=problem.line,
                        reason=self._sentence(problem),
                    )
                    for problem in errors[:MAX_LINES_TOLD]
                ),
            )
        )

    def _check_told(self, found):
        """Refuse to do anything else than what was told when the files were checked."""
        if self.plan_digest and self.plan_digest != found.plan.fingerprint():
            raise UserError(
                self.env._(
                    "Nothing was imported: the catalogue or the files are not any more "
                    "what they were when they were checked. Check the files again."
                )
            )

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    def _tables(self):
        """The rows of the files given, by what they hold."""
        tables, fingerprints = {}, []
        for name in FILES:
            encoded = self.with_context(bin_size=False)[f"{name}_file"]
            if not encoded:
                continue
            content = base64.b64decode(encoded)
            filename = self[f"{name}_filename"] or name
            digest = hashlib.sha256(content).hexdigest()
            fingerprints.append(f"{filename}: {digest}")
            try:
                tables[name] = read_table(content, COLUMNS[name], sheet=name)
                if name == "procedures":
                    self._read_sheets(content, tables)
            except FileError as error:
                raise UserError(
                    self.env._(
                        "%(filename)s: %(reason)s",
                        filename=filename,
                        reason=self._sentence(error),
                    )
                ) from error
        if not tables.keys() & {"departments", "procedures"}:
            raise UserError(
                self.env._("Choose a file of agencies or of procedures first.")
            )
        if "procedures" not in tables and tables.keys() & {"parts", "extra"}:
            raise UserError(
                self.env._("The documents need the file of their procedures, too.")
            )
        self._keep({"fingerprints": "\n".join(fingerprints)})
        return tables

    def _read_sheets(self, content, tables):
        """Documents and further columns that stand in the workbook of procedures."""
        for name in ("parts", "extra"):
            if not self[f"{name}_file"]:
                table = read_table(content, COLUMNS[name], sheet=name, only=True)
                if table is not None:
                    tables[name] = table

    # ------------------------------------------------------------
    # Telling
    # ------------------------------------------------------------

    def _tell_counts(self, found, new, changed):
        plan = found.plan
        errors = sum(problem.blocking for problem in found.problems)
        self._keep(
            {
                "error_count": errors,
                "remark_count": len(found.problems) - errors,
                "department_new": new,
                "department_changed": changed,
                "procedure_new": len(plan.new),
                "procedure_changed": len(plan.changed),
                "procedure_unchanged": plan.unchanged,
                "procedure_gone": len(plan.gone),
            }
        )

    def _tell_rows(self, found):
        """The first problems, and each procedure that would be new, changed, gone."""
        order = sorted(
            found.problems, key=lambda p: (not p.blocking, FILES.index(p.file), p.line)
        )
        # sudo: onestop.catalogue.import - what an import found is not typed in
        kept = self.sudo()
        marks = {c.code: c.mark for c in kept.change_ids if c.kind == "gone"}
        kept.line_ids.unlink()
        kept.change_ids.unlink()
        kept.line_ids.create(
            [
                {
                    "import_id": self.id,
                    "file": problem.file,
                    "line": problem.line,
                    "code": problem.code,
                    "blocking": problem.blocking,
                    "reason": self._sentence(problem),
                }
                for problem in order[:MAX_LINES_SHOWN]
            ]
        )
        Change = kept.env["onestop.catalogue.import.change"]
        Change.create(
            [
                {"import_id": self.id, **values}
                for values in Change._of_plan(found.plan, marks)
            ]
        )

    def _tell_errors(self, tables, problems):
        """The rows with errors in a file of the same layout, to correct there."""
        errors = [problem for problem in problems if problem.blocking]
        content = False
        if errors:
            sentences = {}
            for problem in errors:
                key = (problem.file, problem.line)
                sentences.setdefault(key, []).append(self._sentence(problem))
            file = write_errors(tables, sentences)
            content = base64.b64encode(file)
        self._keep(
            {
                "error_file": content,
                "error_filename": errors and ERROR_FILENAME or False,
            }
        )

    @api.model
    def _sentence(self, problem):
        """What is wrong, in words that tell what to do."""
        sentence = self.env._(SENTENCES[problem.reason])
        return sentence % problem.values
