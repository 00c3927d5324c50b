# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import hashlib

from odoo import api, fields, models

from odoo.addons.onestop_dossier.filing.name import plain_name


class OnestopPortalUpload(models.Model):
    """A file that a citizen has chosen for a part of a draft."""

    _name = "onestop.portal.upload"
    _description = "File of a draft"
    _order = "draft_id, id"

    draft_id = fields.Many2one(
        "onestop.portal.draft", required=True, index=True, ondelete="cascade"
    )
    part_id = fields.Many2one(
        "onestop.procedure.part", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(required=True)
    mimetype = fields.Char(required=True)
    size = fields.Integer(required=True, help="In bytes.")
    sha256 = fields.Char(string="SHA-256", required=True)
    content = fields.Binary(required=True, groups="base.group_system")

    @api.model
    def _prepare(self, draft, part, name, content, mimetype):
        """Values of a file to keep.

        :param content: the bytes of the file.
        """
        return {
            "draft_id": draft.id,
            "part_id": part.id,
            "name": self._plain_name(name),
            "mimetype": mimetype,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "content": base64.b64encode(content),
        }

    def _content(self):
        """The bytes of the file."""
        self.ensure_one()
        # sudo: onestop.portal.upload - its draft was checked against the rules
        plain = self.sudo().with_context(bin_size=False)
        return base64.b64decode(plain.content)

    @api.model
    def _plain_name(self, name):
        """A file name without folders and control characters, of bearable length."""
        return plain_name(name)
