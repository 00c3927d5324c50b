# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopProcedurePart(models.Model):
    _inherit = "onestop.procedure.part"

    def _dossier_part_values(self):
        self.ensure_one()
        return {
            "part_id": self.id,
            "sequence": self.sequence,
            "name": self.name,
            "required": self.required,
            "originals": self.originals,
            "copies": self.copies,
        }
