# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from .dossier_file import QUARANTINED


class OnestopDossier(models.Model):
    """Flag of the dossier for the national portal (NĐ 107/2021/NĐ-CP)."""

    _inherit = "onestop.dossier"

    has_digitised = fields.Boolean(
        string="Has Digitised Parts",
        compute="_compute_has_digitised",
        groups="base.group_user",
        help="At least one part was digitised or used again (HoSoCoThanhPhanSoHoa).",
    )

    @api.depends("part_ids.is_digitised", "part_ids.is_reused")
    def _compute_has_digitised(self):
        for dossier in self:
            dossier.has_digitised = any(
                part.is_digitised or part.is_reused for part in dossier.part_ids
            )

    def _digitisation(self):
        """The flags of digitisation, by the names of the national portal.

        :return: ``{"HoSoCoThanhPhanSoHoa": bool, "parts": [{"part", "DuocSoHoa",
            "DuocTaiSuDung", "files": [{"name", "sha256"}]}]}``, with the ids of our
            parts; only files that may be opened are named.
        """
        self.ensure_one()
        self.check_access("read")
        parts = [
            {
                "part": part.id,
                "DuocSoHoa": part.is_digitised,
                "DuocTaiSuDung": part.is_reused,
                "files": [
                    {"name": file.name, "sha256": file.sha256}
                    for file in part.file_ids.filtered("is_current")
                    if file.scan_state not in QUARANTINED
                ],
            }
            for part in self.part_ids
        ]
        return {"HoSoCoThanhPhanSoHoa": self.has_digitised, "parts": parts}
