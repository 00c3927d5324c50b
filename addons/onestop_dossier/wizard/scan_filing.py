# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopScanFiling(models.TransientModel):
    """Dialog in which scanned pages find their dossier, or are dropped."""

    _name = "onestop.scan.filing"
    _description = "File scanned pages"

    page_ids = fields.Many2many("onestop.scan.page", string="Pages", readonly=True)
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", export_string_translation=False
    )
    dossier_id = fields.Many2one(
        "onestop.dossier",
        compute="_compute_dossier_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id), ('state', 'in', "
        "['draft', 'submitted', 'received', 'processing', 'supplement'])]",
    )
    part_id = fields.Many2one(
        "onestop.dossier.part",
        compute="_compute_dossier_id",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('dossier_id', '=', dossier_id)]",
    )
    drop_reason = fields.Char(string="Reason to Drop Them")

    @api.depends("page_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.page_ids.company_id[:1]

    @api.depends("page_ids")
    def _compute_dossier_id(self):
        """What the separator sheets name, when they name one."""
        for wizard in self:
            dossiers, parts = wizard.page_ids.dossier_id, wizard.page_ids.part_id
            wizard.dossier_id = dossiers if len(dossiers) == 1 else False
            wizard.part_id = parts if len(parts) == 1 else False

    @api.onchange("dossier_id")
    def _onchange_dossier_id(self):
        if self.part_id.dossier_id != self.dossier_id:
            self.part_id = False

    def action_file(self):
        """File the pages.

        :return: the action that closes this dialog.
        """
        self.ensure_one()
        self.page_ids.action_file(self.dossier_id.id, self.part_id.id)
        return {"type": "ir.actions.act_window_close"}

    def action_drop(self):
        """Drop the pages for the reason given.

        :return: the action that closes this dialog.
        """
        self.ensure_one()
        self.page_ids.action_drop(self.drop_reason)
        return {"type": "ir.actions.act_window_close"}
