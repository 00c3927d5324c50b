# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopDossierPart(models.Model):
    """Flags of a part for the national portal (NĐ 107/2021/NĐ-CP)."""

    _inherit = "onestop.dossier.part"

    is_digitised = fields.Boolean(
        string="Digitised",
        compute="_compute_digitised",
        help="A paper of this part was digitised at the Centre (DuocSoHoa).",
    )
    is_reused = fields.Boolean(
        string="Used Again",
        compute="_compute_digitised",
        help="A file that was digitised before is used again (DuocTaiSuDung).",
    )

    @api.depends("file_ids.origin", "file_ids.is_current")
    def _compute_digitised(self):
        for part in self:
            # sudo: onestop.dossier.file - where its files came from, no more
            current = part.sudo().file_ids.filtered("is_current")
            origins = set(current.mapped("origin"))
            part.is_digitised = "scan" in origins
            part.is_reused = "reuse" in origins
