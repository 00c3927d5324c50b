# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models

from ...filing.clamav import ScannerError

SECONDS = 1


class ResCompany(models.Model):
    """What the server says of virus scanner and network scanners: shown, not set.

    Both addresses stand in its environment, out of reach of whoever may write
    settings (``models/file/file_quarantine.py``).
    """

    _inherit = "res.company"

    onestop_virus_scanner = fields.Char(
        string="Virus Scanner",
        compute="_compute_onestop_scanners",
        help="ClamAV, at the address in the server's environment (ONESTOP_CLAMD). A "
        "file that it has not looked through stays closed to everybody.",
    )
    onestop_scan_inbox = fields.Char(
        string="Folder of the Network Scanners",
        compute="_compute_onestop_scanners",
        help="Under the folder in the server's environment (ONESTOP_SCAN_FOLDER), with "
        "a sub-folder for each desk.",
    )

    def _compute_onestop_scanners(self):
        status = self._onestop_scanner_status()
        folder = self.env["onestop.scan.batch"]._folder()
        for company in self:
            company.onestop_virus_scanner = status
            # sudo: onestop.department - the code of the unit
            code = company.sudo().onestop_department_id.code
            company.onestop_scan_inbox = (
                f"…/{code}/" if folder and code else self.env._("Not configured")
            )

    def _onestop_scanner_status(self):
        """Whether the virus scanner answers, in words."""
        try:
            scanner = self.env["onestop.dossier.file"]._scanner()
            if not scanner:
                return self.env._("Not configured: files are not checked")
            return scanner.version(SECONDS)
        except ValueError:
            return self.env._("Its address is wrong: new files wait in quarantine")
        except ScannerError:
            return self.env._("It does not answer: new files wait in quarantine")
