# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import hashlib
import logging
import os
import shutil
import time
from pathlib import Path

from odoo import api, fields, models, tools
from odoo.tools.misc import clean_context

from ...filing import Refused
from ...filing.sheets import read_pages

_logger = logging.getLogger(__name__)

# Named by the server's environment or odoo.conf alone: whoever may write settings
# could else have any folder of the server read.
VARIABLE, OPTION = "ONESTOP_SCAN_FOLDER", "onestop_scan_folder"
TAKEN, REFUSED = "taken", "refused"
ENDINGS = (".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png")
# A scanner that still writes has changed the file less than so long ago.
SETTLED_SECONDS = 10
MOST_BYTES = 100 * 1024 * 1024
FILES_AT_ONCE = 20


class OnestopScanBatch(models.Model):
    """A file that a network scanner left in the folder of a Centre's desk.

    Under the folder of the server: ``<code of the one-stop unit>/<desk>/<file>``.
    """

    _name = "onestop.scan.batch"
    _description = "File of a network scanner"
    _order = "id desc"

    name = fields.Char(required=True, readonly=True)
    desk = fields.Char(required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", string="Centre", required=True, readonly=True, index=True
    )
    written_at = fields.Float(required=True, readonly=True, aggregator=None)
    sha256 = fields.Char(string="SHA-256", required=True, readonly=True)
    refusal = fields.Char(string="Not Taken Because", readonly=True)
    page_ids = fields.One2many("onestop.scan.page", "batch_id", string="Pages")

    # A crash between keeping the pages and moving the file away leaves one effect.
    _once = models.UniqueIndex(
        "(company_id, desk, name, written_at, sha256)",
        "This file of the scanner was taken already.",
    )

    @api.model
    def _folder(self):
        """The folder of the network scanners, or None."""
        folder = os.environ.get(VARIABLE) or tools.config.get(OPTION)
        return Path(folder) if folder else None

    @api.model
    def _cron_take(self):
        """Take what the scanners of all Centres have left; a file a transaction."""
        # sudo: res.company - every Centre
        companies = self.env["res.company"].sudo()
        companies = companies.search([("onestop_department_id", "!=", False)])
        cron = self.env["ir.cron"]
        for company in companies:
            for path, desk in self._waiting(company)[:FILES_AT_ONCE]:
                self._take(company, path, desk)
                cron._commit_progress(1)

    @api.model
    def take(self):
        """Take what the scanners of this Centre have left by now.

        :return: number of files taken.
        :raises AccessError: the user receives for no unit of this Centre.
        """
        company = self.env.company
        company._check_receiver()
        waiting = self._waiting(company)[:FILES_AT_ONCE]
        return sum(self._take(company, path, desk) for path, desk in waiting)

    @api.model
    def _waiting(self, company):
        """The finished files of a Centre's desks: list of (path, name of the desk)."""
        root = self._folder()
        # sudo: res.company, onestop.department - the code of the unit
        code = company.sudo().onestop_department_id.code
        if not root or not code:
            return []
        try:
            # Looked for, not put together: a code is no path.
            units = [entry for entry in os.scandir(root) if entry.name == code]
            desks = [desk for unit in units for desk in _folders(unit.path)]
            files = [
                (file, desk.name) for desk in desks for file in os.scandir(desk.path)
            ]
            found = [
                (file.stat(follow_symlinks=False).st_mtime, file.path, desk)
                for file, desk in files
                if file.is_file(follow_symlinks=False)
                and file.name.lower().endswith(ENDINGS)
                and not file.name.startswith(".")
            ]
        except OSError as error:
            _logger.error(
                "The folder of the scanners cannot be read: %s", error.strerror
            )
            return []
        settled = time.time() - SETTLED_SECONDS
        return [(Path(path), desk) for at, path, desk in sorted(found) if at <= settled]

    @api.model
    def _take(self, company, path, desk):
        """Keep the pages of a file; it is moved away once they are committed.

        :return: whether there were pages to keep.
        """
        self.env.cr.execute(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s))",
            [f"onestop_scan/{company.id}"],
        )
        if not self.env.cr.fetchone()[0]:
            return False
        try:
            status = path.stat()
            content = path.read_bytes() if status.st_size <= MOST_BYTES else None
        except OSError as error:
            # Another worker was faster, or the disk fails: nothing is lost. Without
            # the path: a file may bear a citizen's name.
            _logger.info("A scanned file was not read: %s", error.strerror)
            return False
        sha256 = hashlib.sha256(content or b"").hexdigest()
        name = os.fsencode(path.name).decode("utf-8", "replace")
        key = {
            "company_id": company.id,
            # Names that are no UTF-8 come from scanners with other alphabets.
            "desk": os.fsencode(desk).decode("utf-8", "replace"),
            "name": name,
            "written_at": status.st_mtime,
            "sha256": sha256,
        }
        # sudo: onestop.scan.batch - written here alone
        batches = self.with_env(
            self.env(context=clean_context(self.env.context))
        ).sudo()
        known = batches.search([(field, "=", value) for field, value in key.items()])
        if known:
            self._move_after_commit(path, REFUSED if known.refusal else TAKEN, sha256)
            return False
        refusal, pages = None, []
        try:
            if content is None:
                raise Refused("large")
            pages = read_pages(name, content)
        except Refused as refused:
            refusal = self._why(name, refused)
        batch = batches.create({**key, "refusal": refusal})
        batch.page_ids._keep(batch, pages)
        self._move_after_commit(path, REFUSED if refusal else TAKEN, sha256)
        return not refusal

    @api.model
    def _why(self, name, refused):
        if refused.reason == "large":
            return self.env._(
                "The scanned file “%(name)s” is larger than %(limit)s MB. Scan it at "
                "a lower resolution or in several parts.",
                name=name,
                limit=MOST_BYTES // 1024 // 1024,
            )
        return self.env["onestop.dossier.file"]._refusal(name, refused)

    @api.model
    def _move_after_commit(self, path, folder, sha256):
        """Move a file into a sub-folder beside it, once its pages are safe."""

        def move():
            target = path.parent / folder
            try:
                target.mkdir(exist_ok=True)
                shutil.move(path, target / f"{sha256[:12]}-{path.name}")
            except OSError as error:
                # It is found again, known, and moved then.
                _logger.warning("A scanned file was not moved: %s", error.strerror)

        self.env.cr.postcommit.add(move)


def _folders(path):
    return [
        entry
        for entry in os.scandir(path)
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith(".")
    ]
