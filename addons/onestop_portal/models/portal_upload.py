# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import hashlib
import re
import unicodedata

from odoo import api, fields, models

LONGEST_NAME = 150


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
        last = re.split(r"[/\\]", unicodedata.normalize("NFC", name or ""))[-1]
        plain = "".join(c for c in last if c.isprintable()).strip(" .") or "file"
        if len(plain) <= LONGEST_NAME:
            return plain
        stem, dot, extension = plain.rpartition(".")
        keep = LONGEST_NAME - len(extension) - 1
        return stem[:keep] + dot + extension if keep > 0 else plain[:LONGEST_NAME]
