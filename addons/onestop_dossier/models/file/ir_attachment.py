# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import AccessError

# What a file is, and who may see it.
CONTENT = frozenset(
    """
    raw datas db_datas store_fname checksum mimetype type url
    res_model res_id res_field public access_token
    """.split()
)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        if CONTENT.intersection(vals) and vals.keys() != {"res_id"}:
            self._refuse_dossier_files()
        elif "res_id" in vals:
            # Set once, when the file that it belongs to has its id.
            self.filtered("res_id")._refuse_dossier_files()
        return super().write(vals)

    def unlink(self):
        self._refuse_dossier_files()
        return super().unlink()

    def _refuse_dossier_files(self):
        """What was filed stays as it was: its SHA-256 stands in the ledger."""
        # sudo: ir.attachment - only the model's name is looked at
        if any(a.res_model == "onestop.dossier.file" for a in self.sudo()):
            raise AccessError(
                self.env._("A file of a dossier can be neither changed nor deleted.")
            )
