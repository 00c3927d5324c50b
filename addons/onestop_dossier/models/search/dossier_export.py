# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.misc import clean_context

_logger = logging.getLogger(__name__)

# What is written while the user waits; more is written in the background.
AT_ONCE = 5_000
# The file is thrown away after so many days; that it was made stays on record.
KEPT_DAYS = 7


class OnestopDossierExport(models.Model):
    """Dossiers as an Excel file: those of a list, in the name of who asked.

    The record stays as evidence of who took which data out of the system.
    """

    _name = "onestop.dossier.export"
    _description = "Export of dossiers"
    _order = "id desc"

    user_id = fields.Many2one(
        "res.users",
        string="Asked For By",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.uid,
        ondelete="restrict",
    )
    domain = fields.Text(required=True, readonly=True, export_string_translation=False)
    state = fields.Selection(
        [
            ("waiting", "Waiting for its turn"),
            ("running", "Being written"),
            ("done", "Ready"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="waiting",
    )
    total = fields.Integer(string="Dossiers", readonly=True)
    written = fields.Integer(readonly=True)
    percent = fields.Integer(compute="_compute_percent", string="Progress")
    failure = fields.Char(readonly=True)
    file = fields.Binary(attachment=True, readonly=True)
    filename = fields.Char(compute="_compute_filename")

    @api.depends("written", "total")
    def _compute_percent(self):
        for export in self:
            export.percent = 100 * export.written // max(export.total, 1)

    @api.depends("create_date")
    def _compute_filename(self):
        for export in self:
            day = fields.Datetime.context_timestamp(
                export, export.create_date or fields.Datetime.now()
            )
            export.filename = f"ho-so-{day:%Y%m%d-%H%M}.xlsx"

    @api.depends("user_id", "create_date")
    def _compute_display_name(self):
        for export in self:
            export.display_name = export.filename

    # ------------------------------------------------------------
    # From the list
    # ------------------------------------------------------------

    @api.model
    def _start(self, domain):
        """Export what a domain gives; at once when it is little.

        :param domain: domain of dossiers, as the web client has it.
        :return: an action: the download, or the screen that shows the progress.
        :raises UserError: there is nothing to export.
        """
        total = self.env["onestop.dossier"].search_count(domain)
        if not total:
            raise UserError(
                self.env._("There is no dossier to export. Change the filters.")
            )
        # A caller's default_user_id would have it written with another's rights.
        plain = self.with_env(self.env(context=clean_context(self.env.context)))
        # sudo: onestop.dossier.export - the record is evidence: nobody types it in
        export = plain.sudo().create(
            {"domain": json.dumps(list(domain), default=str), "total": total}
        )
        if total > AT_ONCE:
            self.env.ref("onestop_dossier.ir_cron_dossier_export")._trigger()
            return export._open()
        export._write_file()
        return export.action_download()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "current",
        }

    def action_download(self):
        """Download the file.

        :return: the action that sends it to the browser.
        :raises UserError: it is not written yet, or was thrown away.
        """
        self.ensure_one()
        if not self.file:
            raise UserError(
                self.env._(
                    "The file is not there. Export the list again; files are kept for "
                    "%(days)s days.",
                    days=KEPT_DAYS,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file/{self.filename}"
            "?download=true",
            "target": "self",
        }

    def action_cancel(self):
        """Stop writing; what was written so far is thrown away.

        :return: True.
        """
        self.check_access("read")
        # sudo: onestop.dossier.export - by whoever asked for it, as the rules say
        for export in self.sudo():
            if export.state in ("waiting", "running"):
                export.state = "cancelled"
        return True

    # ------------------------------------------------------------
    # Writing
    # ------------------------------------------------------------

    @api.model
    def _cron_export(self):
        """Write the exports that wait, one after the other."""
        cron = self.env["ir.cron"]
        # One job runs at a time: what is running was left by a server that stopped.
        self.search([("state", "=", "running")]).state = "waiting"
        while waiting := self.search([("state", "=", "waiting")], order="id"):
            export = waiting[0]
            export.write({"state": "running", "written": 0})
            cron._commit_progress(remaining=len(waiting))
            try:
                export._write_file(export._beat)
            except Exception:
                _logger.exception("Export %s of dossiers failed", export.id)
                self.env.cr.rollback()
                export.write(
                    {
                        "state": "failed",
                        "failure": self.env._(
                            "The file was not written. Try again; the administrator "
                            "finds the reason in the log, at this time."
                        ),
                    }
                )
            cron._commit_progress(processed=1)

    def _beat(self, written):
        """Tell how far it is, and find out whether it is still wanted.

        :return: False when it was cancelled meanwhile.
        """
        self.env["ir.cron"]._commit_progress()
        self.invalidate_recordset()
        if self.state != "running":
            return False
        self.written = written
        self.env["ir.cron"]._commit_progress()
        return True

    def _write_file(self, beat=None):
        """Write the file of this export, as the user who asked for it.

        :param beat: called now and then with the number of rows written; False stops.
        """
        dossiers = self.env["onestop.dossier"].with_user(self.user_id)
        dossiers = dossiers.with_context(lang=self.user_id.lang)
        domain = Domain(json.loads(self.domain))
        content, written = dossiers._write_workbook(domain, beat)
        if content is not None:
            self.write({"file": content, "written": written, "state": "done"})

    @api.autovacuum
    def _gc_files(self):
        old = fields.Datetime.subtract(fields.Datetime.now(), days=KEPT_DAYS)
        self.search([("create_date", "<", old), ("file", "!=", False)]).file = False
