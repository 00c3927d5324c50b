# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..catalogue import FileError, read_departments, read_procedures, read_table
from ..catalogue.departments import REQUIRED as DEPARTMENT_COLUMNS
from ..catalogue.procedures import PART_COLUMNS, PROCEDURE_COLUMNS
from .catalogue_sentences import SENTENCES

# The list on the screen is for people: the first rows tell what is the matter.
MAX_LINES_SHOWN = 200
MAX_LINES_TOLD = 10
FILES = ("departments", "procedures", "parts")


class OnestopCatalogueImport(models.TransientModel):
    """Import of agencies, procedures and their documents from CSV or XLSX files.

    All or nothing, and repeatable: what is on record unchanged is left alone, what
    differs from a published version becomes a new version.
    """

    _name = "onestop.catalogue.import"
    _description = "Import of the catalogue"

    departments_file = fields.Binary(string="Agencies", attachment=False)
    departments_filename = fields.Char()
    procedures_file = fields.Binary(string="Procedures", attachment=False)
    procedures_filename = fields.Char()
    parts_file = fields.Binary(string="Documents of the Dossiers", attachment=False)
    parts_filename = fields.Char()
    valid_from = fields.Date(
        string="In Force From",
        required=True,
        # The day from which NĐ 118/2025/NĐ-CP holds.
        default="2025-07-01",
        help="The day on which imported versions take effect.",
    )
    onsite_mode = fields.Selection(
        selection=lambda self: (
            self.env["onestop.procedure"]
            ._fields["onsite_mode"]
            ._description_selection(self.env)
        ),
        string="Done at the Centre",
        required=True,
        default="reception",
        help="Which steps are done at the Centre, for new procedures whose file does "
        "not say so in a column “onsite_mode”.",
    )
    state = fields.Selection(
        [("files", "Files"), ("checked", "Checked"), ("done", "Imported")],
        default="files",
        required=True,
    )
    line_ids = fields.One2many(
        "onestop.catalogue.import.line", "import_id", readonly=True
    )
    error_count = fields.Integer(string="Errors", readonly=True)
    remark_count = fields.Integer(string="Remarks", readonly=True)
    department_new = fields.Integer(string="New Agencies", readonly=True)
    department_changed = fields.Integer(string="Changed Agencies", readonly=True)
    procedure_new = fields.Integer(string="New Procedures", readonly=True)
    procedure_changed = fields.Integer(string="Changed Procedures", readonly=True)
    procedure_unchanged = fields.Integer(string="Unchanged Procedures", readonly=True)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_preview(self):
        """Read the files and say what an import would do; nothing is written.

        Afterwards ``error_count``, ``line_ids`` and the counts of new, changed and
        unchanged records tell the outcome.

        :return: the window action that shows this import again.
        :raises UserError: a file cannot be read as a table.
        """
        self.ensure_one()
        self._check()
        return self._reopen()

    def action_import(self):
        """Import the files: all of it, or nothing when a row has an error.

        :return: the window action that shows this import again.
        :raises UserError: a file cannot be read, or rows have errors (the first ones
            are named with file, row and reason).
        """
        self.ensure_one()
        found = self._check()
        errors = self.line_ids.filtered("blocking")
        if errors:
            told = errors[:MAX_LINES_TOLD]
            raise UserError(
                self.env._(
                    "Nothing was imported: %(count)s rows have errors.\n%(rows)s",
                    count=self.error_count,
                    rows="\n".join(line._as_text() for line in told),
                )
            )
        self._write_rows(*found)
        self.state = "done"
        return self._reopen()

    def action_change_files(self):
        """Go back to the choice of files, keeping those that were chosen.

        :return: the window action that shows this import again.
        """
        self.ensure_one()
        self.write({"state": "files", "line_ids": [fields.Command.clear()]})
        return self._reopen()

    def action_open_procedures(self):
        """Show the procedures of the catalogue.

        :return: the window action of the catalogue.
        """
        return self.env["ir.actions.act_window"]._for_xml_id(
            "onestop_procedure.procedure_action"
        )

    # ------------------------------------------------------------
    # Reading, comparing, writing
    # ------------------------------------------------------------

    def _check(self):
        """Read and compare; keep the findings on this record."""
        tables = self._tables()
        departments, problems = read_departments(tables.get("departments", []))
        new, changed, found = self.env["onestop.department.loader"]._plan(departments)
        problems += found
        rows, found = read_procedures(
            tables.get("procedures", []), tables.get("parts", [])
        )
        problems += found
        faulty = {p.line for p in problems if p.file == "procedures" and p.blocking}
        rows = [row for row in rows if row.line not in faulty]
        loader = self.env["onestop.catalogue.loader"]
        plan = loader._plan(rows, self.valid_from, coming=departments)
        problems += plan.problems
        errors = sum(problem.blocking for problem in problems)
        self.line_ids = [
            fields.Command.clear(),
            *(
                fields.Command.create(self._line_values(problem))
                for problem in sorted(
                    problems,
                    key=lambda p: (not p.blocking, FILES.index(p.file), p.line),
                )[:MAX_LINES_SHOWN]
            ),
        ]
        self.write(
            {
                "state": "checked",
                "error_count": errors,
                "remark_count": len(problems) - errors,
                "department_new": new,
                "department_changed": changed,
                "procedure_new": len(plan.new),
                "procedure_changed": len(
                    plan.changed_codes - {row.code for row in plan.new}
                ),
                "procedure_unchanged": plan.unchanged,
            }
        )
        return departments, rows, plan

    def _write_rows(self, departments, rows, plan):
        loader = self.env["onestop.catalogue.loader"]
        if departments:
            self.env["onestop.department.loader"]._apply(departments)
            # Agencies of the same import are on record now, with their successors.
            plan = loader._plan(rows, self.valid_from)
        loader._apply(plan, self.valid_from, self.onsite_mode)

    def _tables(self):
        """The rows of the files given, by what they hold."""
        tables = {}
        for name, columns in (
            ("departments", DEPARTMENT_COLUMNS),
            ("procedures", PROCEDURE_COLUMNS),
            ("parts", PART_COLUMNS),
        ):
            content = self[f"{name}_file"]
            if not content:
                continue
            try:
                tables[name] = read_table(base64.b64decode(content), columns)
            except FileError as error:
                raise UserError(
                    self.env._(
                        "%(filename)s: %(reason)s",
                        filename=self[f"{name}_filename"] or name,
                        reason=self._sentence(error),
                    )
                ) from error
        if not tables.keys() & {"departments", "procedures"}:
            raise UserError(
                self.env._("Choose a file of agencies or of procedures first.")
            )
        if "parts" in tables and "procedures" not in tables:
            raise UserError(
                self.env._("The documents need the file of their procedures, too.")
            )
        return tables

    def _line_values(self, problem):
        return {
            "file": problem.file,
            "line": problem.line,
            "code": problem.code,
            "blocking": problem.blocking,
            "reason": self._sentence(problem),
        }

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import the catalogue"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _sentence(self, problem):
        """What is wrong, in words that tell what to do."""
        sentence = self.env._(SENTENCES[problem.reason])
        return sentence % problem.values
