# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import AccessError, MissingError
from odoo.http import Stream

from .dossier_file import QUARANTINED

# What a file is, and who may see it.
CONTENT = frozenset(
    """
    raw datas db_datas store_fname checksum mimetype type url
    res_model res_id res_field public access_token
    """.split()
)


# What a desk sent after an outage is looked through when a dossier is made of it.
SENT_BY_DESK = "onestop.outage.entry"


class FiledStream(Stream):
    """A filed document on its way: shown by our viewers, never a page of this site."""

    def get_response(self, *_args, **options):
        options.update(
            as_attachment=True,
            immutable=False,
            content_security_policy="default-src 'none'; sandbox",
        )
        response = super().get_response(**options)
        # Kept on no shared computer.
        response.headers["Cache-Control"] = "private, no-store"
        return response


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _check_access(self, operation):
        """What waits for the virus scanner is opened by nobody, whatever his role."""
        result = super()._check_access(operation)
        # The Centre's own code reads by _content(), which refuses, too.
        closed = self.browse() if self.env.su else self._in_quarantine()
        if not closed:
            return result
        forbidden = closed | result[0] if result else closed
        return forbidden, lambda: AccessError(
            self.env._(
                "This file waits for the virus scanner, or the scanner has closed it. "
                "It cannot be opened."
            )
        )

    def _in_quarantine(self):
        """The attachments among these whose content stays closed."""
        # sudo: ir.attachment, onestop.dossier.file - the state alone
        own = self.sudo().filtered(lambda a: a.res_model == "onestop.dossier.file")
        files = own.env["onestop.dossier.file"].browse(
            a.res_id for a in own if a.res_id
        )
        states = {file.id: file.scan_state for file in files.exists()}
        closed = own.filtered(lambda a: states.get(a.res_id) in QUARANTINED)
        # sudo: ir.attachment - only the model's name is looked at
        closed |= self.sudo().filtered(lambda a: a.res_model == SENT_BY_DESK)
        return self.browse(closed.ids)

    def _to_http_stream(self):
        if self._in_quarantine():
            # A link with a token needs no rights; it opens nothing either.
            raise MissingError(self.env._("This file is not open to anybody."))
        stream = super()._to_http_stream()
        # sudo: ir.attachment - only the model's name is looked at
        filed = self.sudo().res_model == "onestop.dossier.file"
        return FiledStream(**vars(stream)) if filed else stream

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
