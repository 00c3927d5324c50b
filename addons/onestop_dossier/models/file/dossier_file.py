# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import hashlib

from odoo import api, fields, models
from odoo.tools.misc import clean_context

from ...filing import EXTENSIONS
from ...filing.name import plain_name
from .triggers import FITS, SEALED

# The types that are taken, with the ending that a file without one is given.
ALLOWED_TYPES = {mimetype: endings[0] for mimetype, endings in EXTENSIONS.items()}
# What the citizen sees of his dossier besides what he handed in himself.
CITIZEN_KINDS = ("submitted", "result")
# What the virus scanner has not passed is opened by nobody.
QUARANTINED = ("waiting", "infected")


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
            ("receipt", "Receipt"),
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
    reuse_consent = fields.Selection(
        [
            ("spoken", "Said so at the counter"),
            ("own", "Chose it himself online"),
        ],
        string="Consent to Use Again",
        readonly=True,
        groups="base.group_user",
        help="How whoever handed in the dossier agreed that the paper of the earlier "
        "one is used again; when and before whom: as it was filed.",
    )
    consent_person_id = fields.Many2one(
        "onestop.person",
        string="Consent Of",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="base.group_user",
    )
    replaces_id = fields.Many2one(
        "onestop.dossier.file",
        string="Newer Version Of",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    newer_ids = fields.One2many(
        "onestop.dossier.file", "replaces_id", string="Replaced By"
    )
    version = fields.Integer(compute="_compute_version", recursive=True)
    is_current = fields.Boolean(
        compute="_compute_is_current", export_string_translation=False
    )
    name = fields.Char(required=True, readonly=True)
    mimetype = fields.Char(required=True, readonly=True)
    size = fields.Integer(required=True, readonly=True, help="In bytes.")
    sha256 = fields.Char(string="SHA-256", required=True, readonly=True)
    scan_state = fields.Selection(
        [
            ("unchecked", "Not checked"),
            ("waiting", "Waits for the virus scanner"),
            ("clean", "No virus found"),
            ("infected", "Virus found, closed"),
        ],
        string="Virus Scan",
        required=True,
        readonly=True,
        default="unchecked",
    )
    scan_ids = fields.One2many(
        "onestop.dossier.file.scan",
        "file_id",
        string="Answers of the Virus Scanner",
        groups="base.group_user",
    )
    attachment_id = fields.Many2one(
        "ir.attachment",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        groups="base.group_user",
    )

    _one_newer = models.UniqueIndex(
        "(replaces_id) WHERE replaces_id IS NOT NULL",
        "There is a newer version of this file already. Replace that one.",
    )
    _waiting = models.Index("(id) WHERE scan_state = 'waiting'")

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        function = "onestop_file_sealed"
        guard._make_function(function, SEALED)
        guard._make_trigger(
            self._table, "append_only", "BEFORE UPDATE OR DELETE", function
        )
        function = "onestop_file_fits"
        guard._make_function(function, FITS)
        guard._make_trigger(self._table, "fits", "BEFORE INSERT", function)

    @api.depends("replaces_id.version")
    def _compute_version(self):
        for file in self:
            # sudo: onestop.dossier.file - a number, of the same dossier
            older = file.sudo().replaces_id
            file.version = older.version + 1

    @api.depends("newer_ids")
    def _compute_is_current(self):
        for file in self:
            # sudo: onestop.dossier.file - as above
            file.is_current = not file.sudo().newer_ids

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
        replaces=None,
    ):
        """Keep a file of a dossier: the only door by which one comes in.

        The type is found from the content, never from what the sender says. The same
        content for the same part is kept once.

        :param content: the bytes of the file.
        :param reused_from: the file of an earlier dossier that is used again.
        :param visit: the field verification that it belongs to.
        :param replaces: the file that this one is a newer version of; both stay.
        :return: the file; one that is there already for the same part.
        :raises UserError: empty, too large, of a type that is not accepted, more than
            a plain document, or a virus. Nothing is kept then.
        """
        # A caller's default_public would show the attachment to everybody.
        self = self.with_env(self.env(context=clean_context(self.env.context)))
        # Odoo would shrink photos: their SHA-256 is that of what was handed in.
        self = self.with_context(image_no_postprocess=True)
        mimetype = self._check_content(dossier, name, content)
        name = plain_name(name, ALLOWED_TYPES[mimetype])
        sha256 = hashlib.sha256(content).hexdigest()
        # sudo: onestop.dossier.file - nobody may create files but by this method
        files = self.sudo()
        if part and kind == "submitted" and not replaces:
            same = files._current_of(part).filtered(lambda f: f.sha256 == sha256)
            if same:
                return same[:1].sudo(self.env.su)
        scan_state = self._scan(name, content)
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
        file = files.create(
            {
                "dossier_id": dossier.id,
                "dossier_part_id": part.id if part else False,
                "kind": kind,
                "visit_id": visit.id if visit else False,
                **(self._reuse_values(dossier, reused_from) if reused_from else {}),
                "replaces_id": replaces.id if replaces else False,
                "name": name,
                "mimetype": mimetype,
                "size": len(content),
                "sha256": sha256,
                "scan_state": scan_state,
                "attachment_id": attachment.id,
            }
        )
        # From here on the attachment is read under the rules of this file.
        attachment.res_id = file.id
        if scan_state == "waiting":
            # sudo: ir.cron - only to be waked once the file is committed
            cron = self.env.ref("onestop_dossier.ir_cron_file_scan").sudo()
            cron._trigger()
        return file

    @api.model
    def _reuse_values(self, dossier, earlier):
        """What is kept of a paper that is used again: from where, by whose consent."""
        # sudo: onestop.dossier - who handed it in
        dossier = dossier.sudo()
        consent = dossier.submitter_id or dossier.person_id
        own = self.env.user.partner_id == consent.partner_id
        return {
            "reused_from_id": earlier.id,
            "reuse_consent": "own" if own else "spoken",
            "consent_person_id": consent.id,
        }

    @api.model
    def _current_of(self, part):
        """The files of a part that no newer version has replaced."""
        # sudo: onestop.dossier.part - the caller may file for this part
        return part.sudo().file_ids.filtered(lambda f: not f.newer_ids)
