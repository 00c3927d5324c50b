# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopDossierVisitAttach(models.TransientModel):
    """Dialog that attaches a photo or the signed record to a field verification."""

    _name = "onestop.dossier.visit.attach"
    _description = "Attach a file to a field verification"

    visit_id = fields.Many2one("onestop.dossier.visit", required=True, readonly=True)
    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()

    def action_attach(self):
        """Attach the chosen file.

        :return: the action that closes this dialog.
        :raises UserError: as :meth:`onestop.dossier.visit._attach`.
        """
        self.ensure_one()
        name = self.file_name or self.env._("document.pdf")
        content = self.visit_id.dossier_id._decoded_file(name, self.file)
        self.visit_id._attach(name, content)
        return {"type": "ir.actions.act_window_close"}
