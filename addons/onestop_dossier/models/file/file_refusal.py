# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError

from ...filing import Refused, check


class OnestopDossierFile(models.Model):
    """The door: what is not taken, and in which words."""

    _inherit = "onestop.dossier.file"

    @api.model
    def _size_limit(self, dossier):
        """Largest file in bytes.

        :param dossier: or anything else with a ``company_id``.
        """
        # sudo: res.company - a setting, for every sender
        return dossier.company_id.sudo().onestop_file_size * 1024 * 1024

    @api.model
    def _check_size(self, dossier, name, size):
        """Refuse by its size what need not be read for that.

        :param size: in bytes.
        :raises UserError: empty or too large.
        """
        limit = self._size_limit(dossier)
        if not size:
            raise UserError(self._refusal(name, Refused("empty")))
        if size > limit:
            raise UserError(
                self.env._(
                    "The file “%(name)s” is larger than %(limit)s MB. Scan it at a "
                    "lower resolution or split it.",
                    name=name,
                    limit=limit // 1024 // 1024,
                )
            )

    @api.model
    def _check_content(self, dossier, name, content):
        """Refuse what is not a plain document of an accepted type.

        :return: its media type, found from the content.
        :raises UserError: the reason, and what to do.
        """
        self._check_size(dossier, name, len(content))
        try:
            return check(name, content)
        except Refused as refused:
            raise UserError(self._refusal(name, refused)) from refused

    @api.model
    def _refusal(self, name, refused):
        """The sentence for a file that is not taken."""
        sentences = {
            "empty": self.env._(
                "The file “%(name)s” is empty. Choose it again.", name=name
            ),
            "type": self.env._(
                "The file “%(name)s” is of a type that is not accepted. Hand in "
                "PDF, JPEG, PNG, Word (.docx) or Excel (.xlsx).",
                name=name,
            ),
            "old_office": self.env._(
                "The file “%(name)s” is an old Word or Excel document, or one under a "
                "password. Save it as .docx, .xlsx or PDF without a password.",
                name=name,
            ),
            "ending": self.env._(
                "The file “%(name)s” ends in %(ending)s, but what is in it is "
                "%(kind)s. Choose the right file, or give it its right ending.",
                name=name,
                ending=refused.values.get("ending"),
                kind=refused.values.get("kind"),
            ),
            "damaged": self.env._(
                "The file “%(name)s” is damaged or did not arrive whole. Open it to "
                "see whether it is in order, save it again and choose it again.",
                name=name,
            ),
            "password": self.env._(
                "The file “%(name)s” is protected by a password, so nobody at the "
                "Centre could read it. Save it without protection (open it, then "
                "print to PDF) and choose that file.",
                name=name,
            ),
            "polyglot": self.env._(
                "The file “%(name)s” hides something else behind the document: its "
                "bytes are a second file. Scan the paper again, or print the document "
                "to a new PDF.",
                name=name,
            ),
            "polyglot_archive": self.env._(
                "The file “%(name)s” is a document and an archive (ZIP, RAR, 7z) at "
                "once. Hand in the documents one by one, not packed.",
                name=name,
            ),
            "active": self.env._(
                "The file “%(name)s” contains a program or commands (JavaScript, an "
                "interactive form, automatic fields). Print it to a new PDF and "
                "choose that file.",
                name=name,
            ),
            "embedded": self.env._(
                "The file “%(name)s” has other files inside. Take them out and hand "
                "them in one by one.",
                name=name,
            ),
            "macro": self.env._(
                "The file “%(name)s” contains macros. Save it as .docx or .xlsx "
                "without macros, or as PDF.",
                name=name,
            ),
            "external": self.env._(
                "The file “%(name)s” fetches content from elsewhere (a template, a "
                "linked picture or object). Save it as PDF and choose that file.",
                name=name,
            ),
            "bomb": self.env._(
                "The file “%(name)s” would unpack to an enormous size. Scan the paper "
                "again, or print the document to a new PDF.",
                name=name,
            ),
            "pixels": self.env._(
                "A picture in the file “%(name)s” is larger than %(limit)s million "
                "pixels. Scan it at a lower resolution (300 dpi is enough).",
                name=name,
                limit=refused.values.get("limit"),
            ),
            "pages": self.env._(
                "The file “%(name)s” has more than %(limit)s pages. Split it.",
                name=name,
                limit=refused.values.get("limit"),
            ),
        }
        return sentences[refused.reason]
