# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import hashlib

from odoo import models


class OnestopOutageEntry(models.Model):
    """Files of an entry: the signed text names them by hash, they come beside it."""

    _inherit = "onestop.outage.entry"

    def _keep_files(self, files):
        """Keep the contents that the text names; whatever else is sent is left out.

        :param files: base64 by SHA-256 of the content.
        """
        named = {row["sha256"]: row["name"] for row in self._named_files()}
        limit = self.env["onestop.dossier.file"]._size_limit(self.block_id)
        given = files if isinstance(files, dict) else {}
        values = []
        for sha256, name in named.items():
            content = given.get(sha256) or ""
            # Two bytes may be padding.
            if not isinstance(content, str) or len(content) * 3 // 4 - 2 > limit:
                continue
            try:
                raw = base64.b64decode(content, validate=True)
            except ValueError:
                continue
            if 0 < len(raw) <= limit and hashlib.sha256(raw).hexdigest() == sha256:
                values.append(
                    {
                        "name": name,
                        "raw": raw,
                        "description": sha256,
                        "res_model": self._name,
                        "res_id": self.id,
                    }
                )
        # sudo: ir.attachment - on a record that its reader cannot write
        self.env["ir.attachment"].sudo().create(values)

    def _named_files(self):
        """Files that the desk wrote down: names and hashes, of parts and authority."""
        said = self._read().said
        parts = said.get("parts") if isinstance(said.get("parts"), list) else []
        rows = [file for part in parts for file in part.get("files") or []]
        authority = said.get("authorisation")
        if isinstance(authority, dict) and authority.get("file"):
            rows.append(authority["file"])
        return [
            {"name": str(row.get("name")), "sha256": str(row.get("sha256"))}
            for row in rows
            if isinstance(row, dict)
        ]

    def _file_contents(self):
        """Contents (base64) by SHA-256, of what has arrived."""
        # sudo: ir.attachment - files of this entry, for the dossier made of it
        kept = (
            self.env["ir.attachment"]
            .sudo()
            .search([("res_model", "=", self._name), ("res_id", "=", self.id)])
        )
        return {
            file.description: base64.b64encode(file.raw).decode()
            for file in kept
            if hashlib.sha256(file.raw).hexdigest() == file.description
        }

    def _with_contents(self, said):
        """What was entered, as the desk sends it online: files with their content."""
        contents = self._file_contents()

        def whole(file):
            return {
                "name": file.get("name"),
                "content": contents.get(file.get("sha256"), ""),
            }

        parts = [
            {
                **part,
                "files": [
                    whole(file)
                    for file in part.get("files") or []
                    if file.get("sha256") in contents
                ],
            }
            for part in said.get("parts") or []
        ]
        authority = dict(said.get("authorisation") or {})
        if authority.get("file"):
            authority["file"] = whole(authority["file"])
        return {**said, "parts": parts, "authorisation": authority}
