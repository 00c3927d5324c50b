# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopDecision(models.Model):
    """A publishing decision prints the procedures that it is about."""

    _inherit = "onestop.decision"

    version_ids = fields.One2many(
        "onestop.procedure.version", "decision_id", string="Published Versions"
    )

    def action_annex_xlsx(self):
        """Download the annex as a workbook.

        :return: the action that downloads it.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/onestop/decision/{self.id}/annex.xlsx",
            "target": "download",
        }

    def _publication_annex(self):
        """Title, reference and groups of the annex."""
        self.ensure_one()
        return self.env["onestop.annex"]._of_decision(self)
