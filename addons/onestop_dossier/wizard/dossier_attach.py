# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

# What is attached at which stage; the first is offered.
KIND_OF_STATE = {
    "processing": "draft",
    "approving": "draft",
    "approved": "result",
    "rejected": "result",
    "returned": "result",
}


class OnestopDossierAttach(models.TransientModel):
    """Dialog that attaches a file to a dossier."""

    _name = "onestop.dossier.attach"
    _description = "Attach a file to a dossier"

    dossier_id = fields.Many2one("onestop.dossier", required=True, readonly=True)
    kind = fields.Selection(
        [
            ("submitted", "Scan of a part"),
            ("sheet", "Appraisal sheet"),
            ("draft", "Draft result"),
            ("result", "Signed result"),
        ],
        required=True,
        compute="_compute_kind",
        compute_sudo=False,
        store=True,
        readonly=False,
        precompute=True,
    )
    part_id = fields.Many2one(
        "onestop.dossier.part", domain="[('dossier_id', '=', dossier_id)]"
    )
    replaces_id = fields.Many2one(
        "onestop.dossier.file",
        string="Newer Version Of",
        domain="[('dossier_part_id', '=', part_id), ('newer_ids', '=', False)]",
        help="The older file stays in the dossier, marked as replaced.",
    )
    file = fields.Binary(required=True, attachment=False)
    file_name = fields.Char()
    state = fields.Selection(related="dossier_id.state", related_sudo=False)

    @api.depends("dossier_id")
    def _compute_kind(self):
        for wizard in self:
            wizard.kind = KIND_OF_STATE.get(wizard.dossier_id.state, "submitted")

    def action_attach(self):
        """Attach the chosen file.

        :return: the action that closes this dialog.
        :raises UserError: as the methods of the dossier.
        """
        self.ensure_one()
        name = self.file_name or self.env._("document.pdf")
        if self.kind == "submitted":
            if not self.part_id:
                raise UserError(self.env._("Choose which part this is a scan of."))
            self.dossier_id.action_scan(
                self.part_id.id,
                name,
                self.file.decode(),
                replaces_id=self.replaces_id.id or None,
            )
        else:
            self.dossier_id.action_attach(name, self.file.decode(), self.kind)
        return {"type": "ir.actions.act_window_close"}
