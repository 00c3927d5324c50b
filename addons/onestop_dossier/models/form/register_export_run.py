# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import logging
import tempfile
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

KEPT_DAYS = 7


class OnestopRegisterExport(models.Model):
    """A large book is made in the background, with progress told."""

    _inherit = "onestop.register.export"

    @api.model
    def _cron_make(self):
        """Make the books that wait, one after the other."""
        cron = self.env["ir.cron"]
        # One job runs at a time: what seems to run was left by a server that stopped.
        self.search([("state", "=", "running")]).write({"state": "queued"})
        while waiting := self.search([("state", "=", "queued")], order="id", limit=1):
            waiting.write({"state": "running"})
            cron._commit_progress(remaining=1)
            waiting._run()
            cron._commit_progress(processed=1)

    def _run(self):
        """Make one book, as the user who asked for it."""
        user = self.create_uid
        export = self.with_user(user).with_context(lang=user.lang, register_told=True)
        try:
            with tempfile.TemporaryFile() as file:
                export._write_file(file)
                file.seek(0)
                content = file.read()
        except UserError as error:
            values = {"state": "failed", "failure": error.args[0]}
        except Exception:
            # Whatever happens to one, the others are made, and its user learns.
            _logger.exception("Register %s was not made", self.id)
            # After an error of the database nothing else could be written.
            self.env.cr.rollback()
            values = {
                "state": "failed",
                "failure": self.env._(
                    "The server met an error that it did not expect. Try again; the "
                    "administrator finds it in the log, at this time."
                ),
            }
        else:
            # Progress was written by another cursor: only a new transaction sees it.
            self.env["ir.cron"]._commit_progress()
            # sudo: ir.attachment - the file of this record, read under its rule
            attachment = (
                self.env["ir.attachment"]
                .sudo()
                .create(
                    {
                        "name": self._filename(),
                        "raw": content,
                        "res_model": self._name,
                        "res_id": self.id,
                    }
                )
            )
            values = {"state": "done", "attachment_id": attachment.id}
        self.env.invalidate_all(flush=False)
        self.write(values)
        user._bus_send(
            "simple_notification",
            {
                "title": self.env._("Register of dossiers"),
                "message": values.get("failure") or self.env._("The book is ready."),
                "type": "warning" if "failure" in values else "success",
            },
        )

    def _tell(self, done):
        """Tell how far it is, by a cursor of its own: it is seen meanwhile."""
        if self.env.context.get("register_told"):
            with self.env.registry.cursor() as cr:
                cr.execute(
                    "UPDATE onestop_register_export SET done = %s WHERE id = %s",
                    [done, self.id],
                )

    @api.autovacuum
    def _gc_exports(self):
        """Books are made anew when needed; files of personal data do not pile up."""
        limit = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        old = self.search([("create_date", "<", limit)])
        # sudo: ir.attachment - the files of these records
        old.attachment_id.sudo().unlink()
        old.unlink()
