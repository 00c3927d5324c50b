# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import os


class KeptMixin:
    """What a refused file must not leave behind."""

    def kept(self):
        """Rows of files and attachments, and the blobs of the file store."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT (SELECT count(*) FROM onestop_dossier_file), "
            "(SELECT count(*) FROM ir_attachment WHERE res_model NOT LIKE 'ir.%')"
        )
        blobs = {
            os.path.join(folder, name)
            for folder, _folders, names in os.walk(
                self.env["ir.attachment"]._filestore()
            )
            if "checklist" not in folder
            for name in names
        }
        return self.env.cr.fetchone(), blobs
