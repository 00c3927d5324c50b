# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import hashlib

import magic

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

# Documents that people file and that the Centre can show and keep.
ALLOWED_TYPES = {
    "application/pdf": ".pdf",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}
# What the citizen sees of his dossier besides what he handed in himself.
CITIZEN_KINDS = ("submitted", "result")


class OnestopDossierFile(models.Model):
    """A file of a dossier: append-only, with its SHA-256."""

    _name = "onestop.dossier.file"
    _description = "File of a dossier"
    _order = "dossier_id.id, id"

    dossier_id = fields.Many2one(
        "onestop.dossier",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    dossier_part_id = fields.Many2one(
        "onestop.dossier.part",
        string="Part",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    kind = fields.Selection(
        [
            ("submitted", "Handed in"),
            ("sheet", "Appraisal sheet"),
            ("draft", "Draft result"),
            ("result", "Result"),
            ("authorisation", "Authorisation"),
            ("signature", "Signature"),
            ("proof", "Proof of delivery"),
            ("visit", "Field verification"),
        ],
        required=True,
        readonly=True,
        default="submitted",
    )
    visit_id = fields.Many2one(
        "onestop.dossier.visit",
        string="Field Verification",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    reused_from_id = fields.Many2one(
        "onestop.dossier.file",
        string="Used Again From",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    name = fields.Char(required=True, readonly=True)
    mimetype = fields.Char(required=True, readonly=True)
    size = fields.Integer(required=True, readonly=True, help="In bytes.")
    sha256 = fields.Char(string="SHA-256", required=True, readonly=True)
    attachment_id = fields.Many2one(
        "ir.attachment",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        groups="base.group_user",
    )

    def init(self):
        self.env["onestop.database.guard"]._append_only(self._table)
        self.env["onestop.dossier"]._let_go_of_trials(
            self._table, "append_only", "BEFORE UPDATE OR DELETE"
        )

    @api.model
    def _store(
        self,
        dossier,
        name,
        content,
        kind="submitted",
        part=None,
        reused_from=None,
        visit=None,
    ):
        """Keep a file of a dossier.

        The type is found from the content, never from what the sender says.

        :param content: the bytes of the file.
        :param reused_from: the file of an earlier dossier that is used again.
        :param visit: the field verification that it belongs to.
        :raises UserError: empty, too large, or of a type that is not accepted.
        """
        # A caller's default_public would show the attachment to everybody.
        self = self.with_env(self.env(context=clean_context(self.env.context)))
        self._check_content(dossier, name, content)
        mimetype = self._guess_type(content)
        # sudo: ir.attachment - the caller was checked against the dossier's rules
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": name,
                    "raw": content,
                    "mimetype": mimetype,
                    "res_model": self._name,
                }
            )
        )
        # sudo: onestop.dossier.file - nobody may create files but by this method
        file = self.sudo().create(
            {
                "dossier_id": dossier.id,
                "dossier_part_id": part.id if part else False,
                "kind": kind,
                "visit_id": visit.id if visit else False,
                "reused_from_id": reused_from.id if reused_from else False,
                "name": name,
                "mimetype": mimetype,
                "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "attachment_id": attachment.id,
            }
        )
        # From here on the attachment is read under the rules of this file.
        attachment.res_id = file.id
        return file

    @api.model
    def _guess_type(self, content):
        return magic.from_buffer(content, mime=True)

    @api.model
    def _check_content(self, dossier, name, content):
        # sudo: res.company - a setting, for every sender
        limit = dossier.company_id.sudo().onestop_file_size
        if not content:
            raise UserError(
                self.env._("The file “%(name)s” is empty. Choose it again.", name=name)
            )
        if len(content) > limit * 1024 * 1024:
            raise UserError(
                self.env._(
                    "The file “%(name)s” is larger than %(limit)s MB. Scan it at a "
                    "lower resolution or split it.",
                    name=name,
                    limit=limit,
                )
            )
        if self._guess_type(content) not in ALLOWED_TYPES:
            raise UserError(
                self.env._(
                    "The file “%(name)s” is of a type that is not accepted. Hand in "
                    "PDF, JPEG, PNG, Word (.docx) or Excel (.xlsx).",
                    name=name,
                )
            )
