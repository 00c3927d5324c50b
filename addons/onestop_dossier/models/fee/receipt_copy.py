# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import SUPERUSER_ID, models

from .receipt_paper import COPIES


class OnestopReceipt(models.Model):
    """The citizen's own copy, which he takes from the portal."""

    _inherit = "onestop.receipt"

    def _receipt_pdf(self):
        """The copy for who paid; the caller has checked the reader.

        :return: (file name, bytes).
        """
        self.ensure_one()
        # The report is for the counter's groups; this copy is the citizen's.
        reports = self.env["ir.actions.report"].with_user(SUPERUSER_ID)
        content, _kind = reports.with_context(
            onestop_payers_copy=True
        )._render_onestop_pdf("onestop_dossier.receipt_report", self.ids)
        report = self.env.ref("onestop_dossier.receipt_report")
        return report.sudo()._onestop_filename(self), content  # sudo: as above

    def _paper_values(self):
        values = super()._paper_values()
        if self.env.context.get("onestop_payers_copy"):
            values["copies"] = [c for c in COPIES if "người nộp" in c] or COPIES[:1]
        return values
