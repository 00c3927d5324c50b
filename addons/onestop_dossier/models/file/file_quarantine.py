# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import logging
import os

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...filing.clamav import Scanner, ScannerError

_logger = logging.getLogger(__name__)

# The address stands in the server's environment or odoo.conf, never in the database:
# whoever may write settings could else switch the scanner off, or have this server
# talk to whatever listens inside the network.
VARIABLE, OPTION = "ONESTOP_CLAMD", "onestop_clamd"
# The sender waits so long; after that the file waits in quarantine instead.
SECONDS_AT_UPLOAD = 5
SECONDS_IN_CRON = 120
BATCH = 20
# Without a verdict before: so many are tried again in one run.
AGAIN = 200


class OnestopDossierFile(models.Model):
    """Viruses: what the scanner has not seen stays closed to everybody."""

    _inherit = "onestop.dossier.file"

    # ------------------------------------------------------------
    # The scanner
    # ------------------------------------------------------------

    @api.model
    def _scanner(self):
        """The scanner that this server is to use, or None."""
        address = os.environ.get(VARIABLE) or tools.config.get(OPTION)
        return Scanner(address) if address else None

    @api.model
    def _scan(self, name, content):
        """Have new content looked through while its sender waits.

        :return: the state to keep it in: clean, waiting, or unchecked when no scanner
            is configured.
        :raises UserError: a virus was found; nothing is kept.
        """
        try:
            scanner = self._scanner()
            verdict = scanner and scanner.scan(content, SECONDS_AT_UPLOAD)
        except (ScannerError, ValueError) as error:
            # An address that is none is no leave to do without.
            _logger.warning("A file waits for the virus scanner: %s", error)
            return "waiting"
        if not scanner:
            return "unchecked"
        if verdict.threat:
            _logger.warning("A file was refused: %s", verdict.threat)
            raise UserError(self._infection(name, verdict.threat))
        return "clean"

    @api.model
    def _infection(self, name, threat):
        return self.env._(
            "The virus scanner found “%(threat)s” in the file “%(name)s”. It was not "
            "taken. Clean your computer, or scan the paper again on another one.",
            threat=threat,
            name=name,
        )

    # ------------------------------------------------------------
    # Quarantine
    # ------------------------------------------------------------

    def _check_open(self):
        """Refuse to open, send or print what is in quarantine.

        :raises UserError: with the reason.
        """
        # sudo: onestop.dossier.file - the state alone
        for file in self.sudo():
            if file.scan_state == "waiting":
                raise UserError(
                    self.env._(
                        "The file “%(name)s” waits for the virus scanner. It can be "
                        "opened as soon as it was looked through.",
                        name=file.name,
                    )
                )
            if file.scan_state == "infected":
                raise UserError(
                    self.env._(
                        "The virus scanner found a virus in the file “%(name)s”. It "
                        "stays closed; ask for the paper again.",
                        name=file.name,
                    )
                )

    def _content(self):
        """The bytes of a file that the caller was checked for.

        :raises UserError: it is in quarantine.
        """
        self.ensure_one()
        self._check_open()
        # sudo: ir.attachment - the caller was checked against the file's rules
        return self.sudo().attachment_id.raw or b""

    @api.model
    def _cron_scan(self):
        """Have waiting files looked through, each one once a run and for itself.

        Those that it gave no verdict on before come last: they hold up nobody.
        """
        try:
            scanner = self._scanner()
        except ValueError as error:
            _logger.error("The address of the virus scanner is wrong: %s", error)
            return
        if not scanner:
            # Nobody may open what no scanner can see any more: it goes on waiting.
            return
        # sudo: onestop.dossier.file - the scanner sees every file
        files = self.sudo()
        waiting = Domain("scan_state", "=", "waiting")
        again = files.search(waiting & Domain("scan_ids", "!=", False), limit=AGAIN)
        last = 0
        while new := files.search(
            waiting & Domain("scan_ids", "=", False) & Domain("id", ">", last),
            order="id",
            limit=BATCH,
        ):
            last = new[-1].id
            if not self._look_through_all(new, scanner, left=1):
                return
        self._look_through_all(again, scanner, left=0)

    @api.model
    def _look_through_all(self, files, scanner, left):
        """Have files looked through, each in a transaction of its own.

        :param left: 1 to have the job called again at once when its time is over.
        :return: whether to go on.
        """
        cron = self.env["ir.cron"]
        for file in files:
            if not file._look_through(scanner):
                # It answers nobody at the moment: the next run tries again.
                cron._commit_progress(0, remaining=0)
                return False
            # Lets go of the locks, too; another worker may go on with what is left.
            if not cron._commit_progress(1):
                cron._commit_progress(0, remaining=left)
                return False
        return True

    def _look_through(self, scanner):
        """Have one waiting file looked through.

        :return: whether the scanner is worth asking again.
        """
        self.ensure_one()
        self.env.cr.execute(
            "SELECT FROM onestop_dossier_file WHERE id = %s AND scan_state = 'waiting' "
            "FOR NO KEY UPDATE SKIP LOCKED",
            [self.id],
        )
        if not self.env.cr.rowcount:
            return True
        log = self.env["onestop.dossier.file.scan"]
        try:
            verdict = scanner.scan(self.attachment_id.raw or b"", SECONDS_IN_CRON)
        except ScannerError as error:
            _logger.warning("File %s stays in quarantine: %s", self.id, error)
            log._note(self, "failed", error.reason)
            return error.reason == "limit"
        self.env.cr.execute(
            "UPDATE onestop_dossier_file SET scan_state = %s "
            "WHERE id = %s AND scan_state = 'waiting'",
            [verdict.state, self.id],
        )
        self.invalidate_recordset(["scan_state"])
        log._note(self, verdict.state, verdict.threat)
        if verdict.threat:
            _logger.warning("File %s is closed: %s", self.id, verdict.threat)
            self._tell_infected()
        return True

    def _tell_infected(self):
        """Tell the citizen, and give a task to whoever can ask him for it again."""
        dossier = self.dossier_id
        dossier._notify("file_infected", once=str(self.id))
        users = dossier.user_id | dossier.receiver_id
        if not users:
            today = fields.Date.context_today(self)
            users = (
                self.env["onestop.membership"]
                .search(
                    Domain("role", "=", "receiver")
                    & Domain(
                        "department_id",
                        "=",
                        dossier.company_id.onestop_department_id.id,
                    )
                    & Domain("valid_from", "<=", today)
                    & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", today))
                )
                .user_id
            )
        alert = {
            "dossier_id": dossier.id,
            "kind": "infected",
            "level": 0,
            "about": self.id,
            "raised_at": fields.Datetime.now(),
        }
        self.env["onestop.dossier.alert"]._raise([(alert, users)])
