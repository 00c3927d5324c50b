# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopDossierBatchLine(models.TransientModel):
    """A dossier of a batch: done, left out with the reason, or still to do."""

    _name = "onestop.dossier.batch.line"
    _description = "Dossier of a batch"

    batch_id = fields.Many2one(
        "onestop.dossier.batch", required=True, ondelete="cascade", index=True
    )
    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, readonly=True, ondelete="cascade"
    )
    person_id = fields.Many2one(related="dossier_id.person_id", related_sudo=False)
    procedure_id = fields.Many2one(
        related="dossier_id.procedure_id", related_sudo=False
    )
    reason = fields.Char(string="Why It Is Left Out", readonly=True)
    is_done = fields.Boolean(string="Done", readonly=True)
