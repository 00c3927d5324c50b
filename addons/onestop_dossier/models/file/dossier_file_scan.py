# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopDossierFileScan(models.Model):
    """What the virus scanner said of a file that had to wait; append-only."""

    _name = "onestop.dossier.file.scan"
    _description = "Answer of the virus scanner"
    _order = "id desc"
    _log_access = False

    file_id = fields.Many2one(
        "onestop.dossier.file",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, readonly=True, index=True, ondelete="restrict"
    )
    asked_at = fields.Datetime(required=True, readonly=True)
    answer = fields.Selection(
        [
            ("clean", "Nothing found"),
            ("infected", "Virus found"),
            ("failed", "No answer"),
        ],
        required=True,
        readonly=True,
    )
    detail = fields.Char(readonly=True, help="Name of the virus, or why no answer.")

    def init(self):
        self.env["onestop.database.guard"]._append_only(self._table)
        self.env["onestop.dossier"]._let_go_of_trials(
            self._table, "append_only", "BEFORE UPDATE OR DELETE"
        )

    @api.model
    def _note(self, file, answer, detail):
        """Keep an answer; the same failure again and again is kept once."""
        # sudo: onestop.dossier.file.scan - written here alone
        log = self.sudo()
        last = log.search([("file_id", "=", file.id)], limit=1)
        if answer == last.answer == "failed" and detail == last.detail:
            return
        log.create(
            {
                "file_id": file.id,
                "dossier_id": file.dossier_id.id,
                "asked_at": fields.Datetime.now(),
                "answer": answer,
                "detail": detail,
            }
        )
