# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopDossierFile(models.Model):
    """Where a file came from: what the flags of digitisation are reckoned from."""

    _inherit = "onestop.dossier.file"

    origin = fields.Selection(
        [
            ("scan", "Digitised at the Centre"),
            ("electronic", "Handed in electronically"),
            ("reuse", "Used again from an earlier dossier"),
            ("agency", "Made by the agency"),
        ],
        compute="_compute_origin",
        help="Who filed it, and of what: it is not typed in.",
    )

    @api.depends("kind", "reused_from_id", "create_uid")
    def _compute_origin(self):
        # sudo: onestop.dossier.file - whether whoever filed it is of the staff
        for file in self.sudo():
            if file.kind not in ("submitted", "authorisation"):
                file.origin = "agency"
            elif file.reused_from_id:
                file.origin = "reuse"
            else:
                file.origin = "electronic" if file.create_uid.share else "scan"
