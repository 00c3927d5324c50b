# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# Rows from which an import goes on in the background: some seconds of work.
LARGE = 300
# The list on the screen is for people: the first rows tell what is the matter.
MAX_LINES_TOLD = 10
STATES = [
    ("files", "Files"),
    ("checked", "Checked"),
    ("queued", "Waiting"),
    ("running", "Running"),
    ("done", "Imported"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
BEGUN = ("queued", "running", "done")
FILES = ("departments", "procedures", "parts", "extra")
# What a user fills in; the rest the import finds out.
TYPED = {
    *(f"{name}_file" for name in FILES),
    *(f"{name}_filename" for name in FILES),
    "valid_from",
    "onsite_mode",
    "is_partial",
    "change_ids",
    "gone_ids",
}


class OnestopCatalogueImport(models.Model):
    """Import of agencies, procedures and their documents from CSV or XLSX files.

    All or nothing, and repeatable: what is on record unchanged is left alone, what
    differs from a published version becomes a new version, what the list does not
    name is told and never taken away. The record stays as the history of imports.
    """

    _name = "onestop.catalogue.import"
    _description = "Import of the catalogue"
    _order = "id desc"

    departments_file = fields.Binary(string="Agencies", attachment=True)
    departments_filename = fields.Char()
    procedures_file = fields.Binary(string="Procedures", attachment=True)
    procedures_filename = fields.Char()
    parts_file = fields.Binary(string="Documents of the Dossiers", attachment=True)
    parts_filename = fields.Char()
    extra_file = fields.Binary(
        string="Further Columns",
        attachment=True,
        help="Issuing body, decision, executing agency, applicants, channels.",
    )
    extra_filename = fields.Char()
    fingerprints = fields.Text(
        string="Files",
        readonly=True,
        copy=False,
        help="Name and SHA-256 of each file that was read.",
    )
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
    is_partial = fields.Boolean(
        string="Import the Rows without Errors alone",
        help="Rows with errors are left out. Otherwise one error keeps everything out.",
    )
    state = fields.Selection(STATES, default="files", required=True, copy=False)
    plan_digest = fields.Char(copy=False, export_string_translation=False)
    line_ids = fields.One2many(
        "onestop.catalogue.import.line", "import_id", readonly=True
    )
    change_ids = fields.One2many("onestop.catalogue.import.change", "import_id")
    new_ids = fields.One2many(
        "onestop.catalogue.import.change", "import_id", domain=[("kind", "=", "new")]
    )
    changed_ids = fields.One2many(
        "onestop.catalogue.import.change",
        "import_id",
        domain=[("kind", "=", "changed")],
    )
    gone_ids = fields.One2many(
        "onestop.catalogue.import.change", "import_id", domain=[("kind", "=", "gone")]
    )
    error_file = fields.Binary(
        string="Rows with Errors",
        attachment=True,
        readonly=True,
        copy=False,
        help="The same layout, with a column that says what is wrong: correct them "
        "there and import that file.",
    )
    error_filename = fields.Char(readonly=True, copy=False)
    error_count = fields.Integer(string="Errors", readonly=True)
    remark_count = fields.Integer(string="Remarks", readonly=True)
    department_new = fields.Integer(string="New Agencies", readonly=True)
    department_changed = fields.Integer(string="Changed Agencies", readonly=True)
    procedure_new = fields.Integer(string="New Procedures", readonly=True)
    procedure_changed = fields.Integer(string="Changed Procedures", readonly=True)
    procedure_unchanged = fields.Integer(string="Unchanged Procedures", readonly=True)
    procedure_gone = fields.Integer(
        string="Missing in the Files",
        readonly=True,
        help="Procedures of the agencies and levels in the files that are on record, "
        "and that the files do not name.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Imported by",
        default=lambda self: self.env.user,
        readonly=True,
        required=True,
        index=True,
        ondelete="restrict",
        copy=False,
    )
    started_at = fields.Datetime(readonly=True, copy=False)
    finished_at = fields.Datetime(readonly=True, copy=False)
    failure = fields.Text(string="Why It Failed", readonly=True, copy=False)
    progress_ids = fields.One2many(
        "onestop.catalogue.progress", "import_id", string="Course"
    )
    percent = fields.Integer(string="Progress", compute="_compute_percent")
    phase = fields.Char(compute="_compute_percent")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("state")
    def _compute_percent(self):
        for record in self:
            progress = record.progress_ids[:1]
            record.percent = 100 if record.state == "done" else progress.percent
            record.phase = progress._phase_text() if progress else False

    @api.depends("create_date")
    def _compute_display_name(self):
        for record in self:
            moment = record.create_date and fields.Datetime.context_timestamp(
                record, record.create_date
            )
            record.display_name = (
                self.env._("Import of %(moment)s", moment=f"{moment:%d/%m/%Y %H:%M}")
                if moment
                else self.env._("New import")
            )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._check_importer()
        if not self.env.su:
            # The web client sends the defaults of what is only shown, too.
            vals_list = [
                {name: value for name, value in vals.items() if name in TYPED}
                for vals in vals_list
            ]
        return super().create(vals_list)

    def write(self, vals):
        self._check_importer()
        self._check_typed(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(r.state not in ("files", "checked", "cancelled") for r in self):
            raise UserError(
                self.env._("An import that was done or tried stays in the history.")
            )

    @api.model
    def _check_importer(self):
        """Refuse whoever does not keep the catalogue of the whole province.

        :raises AccessError: for all but administrators and the catalogue managers
            of the People's Committee and its Office.
        """
        if not self.env["onestop.procedure"]._is_publisher():
            raise AccessError(
                self.env._(
                    "The catalogue is imported by catalogue managers of the People's "
                    "Committee or its Office, and by administrators."
                )
            )

    def _check_typed(self, vals):
        """The course of an import and what it found are not typed in."""
        if self.env.su:
            return
        if not TYPED.issuperset(vals):
            raise AccessError(self.env._("The course of an import is not typed in."))
        if any(record.state in BEGUN for record in self):
            raise UserError(
                self.env._("This import has begun; its files and choices stay.")
            )

    def _keep(self, values):
        """Write what the import itself found, as nobody else may."""
        # sudo: onestop.catalogue.import - callers asked for an importer
        self.sudo().write(values)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_preview(self):
        """Read the files and say what an import would do; nothing is written.

        Afterwards ``error_count``, ``line_ids``, ``change_ids`` and the counts of
        new, changed, unchanged and missing procedures tell the outcome, and
        ``error_file`` holds the rows to correct.

        :raises UserError: a file cannot be read as a table, or the import has begun.
        """
        self.ensure_one()
        self._check_open()
        self._check_files(told=True)
        self._keep({"state": "checked"})
        return True

    def action_import(self):
        """Import the files: all of it, or nothing when a row has an error.

        Small files are imported at once, large ones in the background: then
        ``state`` is "queued", and "done" or "failed" in the end. With ``is_partial``
        rows with errors are left out.

        :raises UserError: a file cannot be read, rows have errors (the first ones
            are named with file, row and reason), or the catalogue is not any more
            what it was when the files were checked.
        """
        self.ensure_one()
        self._check_open()
        found = self._check_files(told=self.state == "files")
        if found.size > LARGE:
            self._check_errors(found)
            self._check_told(found)
            self._enqueue()
        else:
            self._do_import(found)
        return True

    def action_cancel(self):
        """Take an import back that has not begun.

        :raises UserError: it has begun.
        """
        self.ensure_one()
        self._check_importer()
        self.lock_for_update()
        if self.state != "queued":
            raise UserError(
                self.env._("Only an import that is still waiting can be cancelled.")
            )
        self._keep({"state": "cancelled", "finished_at": fields.Datetime.now()})
        return True

    def action_change_files(self):
        """Go back to the choice of files, keeping those that were chosen."""
        self.ensure_one()
        self._check_open()
        self._keep(
            {
                "state": "files",
                "line_ids": [fields.Command.clear()],
                "change_ids": [fields.Command.clear()],
                "error_file": False,
            }
        )
        return True

    def action_leave_gone(self):
        """Leave all procedures that the files do not name as they are."""
        return self._mark_gone("leave")

    def action_review_gone(self):
        """Mark all procedures that the files do not name for review."""
        return self._mark_gone("review")

    def action_abolish_gone(self):
        """Mark all procedures that the files do not name for abolition."""
        return self._mark_gone("abolish")

    def _mark_gone(self, mark):
        self.ensure_one()
        self._check_open()
        self.gone_ids.mark = mark
        return True

    def action_open_procedures(self):
        """Show the procedures of the catalogue.

        :return: the window action of the catalogue.
        """
        return self.env["ir.actions.act_window"]._for_xml_id(
            "onestop_procedure.procedure_action"
        )

    def _check_open(self):
        self._check_importer()
        self.lock_for_update()
        if self.state in BEGUN:
            raise UserError(
                self.env._(
                    "This import has begun or is done already. Make a new one for "
                    "other files."
                )
            )
