# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import binascii

from odoo import models
from odoo.exceptions import AccessError, UserError

from ..ledger.dossier_part import TICKABLE


class OnestopDossier(models.Model):
    """Digitisation at the counter: the scan of a part that was handed in on paper."""

    _inherit = "onestop.dossier"

    def action_scan(self, part_id, name, content, replaces_id=None):
        """File the scan of a part (NĐ 107/2021/NĐ-CP, số hóa hồ sơ).

        :param part_id: id of the dossier's part.
        :param name: file name.
        :param content: the file in Base64.
        :param replaces_id: id of the file of this part that it is a newer version of;
            both are kept.
        :return: id of the file; of the one that is there, when it has this content.
        :raises AccessError: the user receives for another unit.
        :raises UserError: not a part of this dossier, not at this stage, not Base64,
            or of a type that is not accepted.
        """
        self.ensure_one()
        self.check_access("read")
        part = self.part_ids.filtered(lambda p: p.id == part_id)
        if not part:
            raise UserError(self.env._("This is not a part of this dossier."))
        if self.state not in TICKABLE:
            raise UserError(
                self.env._("A file of this kind cannot be attached at this stage.")
            )
        self._check_scans()
        files = self.env["onestop.dossier.file"]
        older = part.file_ids.filtered(lambda f: f.id == replaces_id)
        if replaces_id and (not older or older.newer_ids):
            raise UserError(
                self.env._(
                    "The file that this one replaces is not there any more, or was "
                    "replaced already. Open the dossier again."
                )
            )
        raw = self._decoded_file(name, content)
        # sudo: onestop.dossier - two who file the same at once file one after another
        self.sudo()._touch()
        return files._store(self, name, raw, part=part, replaces=older).id

    def _scan_authority(self, name, content):
        """File the paper by which the submitter acts for the owner.

        :param name: file name.
        :param content: the file in Base64.
        """
        self.check_access("read")
        self._check_scans()
        files = self.env["onestop.dossier.file"]
        return files._store(
            self, name, self._decoded_file(name, content), kind="authorisation"
        )

    def _reuse_file(self, part, file_id):
        """Take over the scan of the same paper from an earlier dossier.

        The file is kept with this dossier, too: it is part of what is decided on.

        :param part: the dossier's part.
        :param file_id: id of a file that the user may read.
        :raises UserError: it is not the same paper, or another person's.
        """
        self._check_scans()
        file = self.env["onestop.dossier.file"].browse(file_id or 0).exists()
        file.check_access("read")
        code = part.part_id.code
        if (
            not code
            or file.dossier_part_id.part_id.code != code
            or file.dossier_id.person_id != self.person_id
        ):
            raise UserError(
                self.env._("Only the same paper of the same person is used again.")
            )
        content = file._content()
        return file._store(self, file.name, content, part=part, reused_from=file)

    def _check_scans(self):
        """Refuse to file scans to whoever has no role for this dossier."""
        # sudo: onestop.membership - whether this very user has the role
        memberships = self.env["onestop.membership"].sudo()
        # sudo: onestop.dossier - only its agencies are looked at
        dossier = self.sudo()
        agencies = dossier.support_department_id | dossier._charge()
        if dossier.state == "draft":
            agencies |= dossier.helped_department_id
        if not memberships._has_role(
            self.env.user, ("receiver", "appraiser"), agencies
        ):
            raise AccessError(self.env._("You have no role for this dossier."))

    def _decoded_file(self, name, content):
        """The bytes of a file that came in Base64; too many are not unpacked first."""
        content = content or ""
        if not isinstance(content, str | bytes):
            raise UserError(self.env._("The file did not arrive whole."))
        if content:
            size = len(content) * 3 // 4
            # Two bytes may be padding.
            self.env["onestop.dossier.file"]._check_size(self, name, max(size - 2, 1))
        try:
            return base64.b64decode(content, validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise UserError(self.env._("The file did not arrive whole.")) from error
