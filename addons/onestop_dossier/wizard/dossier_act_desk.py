# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError


class OnestopDossierAct(models.TransientModel):
    """Release, recall, and where the physical file goes."""

    _inherit = "onestop.dossier.act"

    place_ids = fields.Many2many("onestop.paper.place", compute="_compute_place_ids")
    place_id = fields.Many2one(
        "onestop.paper.place",
        string="Physical File Goes To",
        domain="[('id', 'in', place_ids)]",
    )

    @api.depends("dossier_id", "holder_ids")
    def _compute_place_ids(self):
        for wizard in self:
            wizard.dossier_id.check_access("read")
            # sudo: onestop.dossier - which agencies have to do with it
            dossier = wizard.dossier_id.sudo()
            agencies = dossier.viewer_ids | dossier._charge()
            if wizard.act == "forward":
                agencies |= dossier._agency_after_forward()
            wizard.place_ids = self.env["onestop.paper.place"].search(
                [
                    ("department_id", "in", agencies.ids),
                    ("id", "!=", dossier.paper_place_id.id),
                ]
            )

    def _call_release(self, dossier):
        return dossier.action_release()

    def _call_recall(self, dossier):
        return dossier.action_recall()

    def _call_move_paper(self, dossier):
        if not self.place_id:
            raise UserError(self.env._("Choose where the physical file lies."))
        return dossier.action_move_paper(self.place_id.id)
