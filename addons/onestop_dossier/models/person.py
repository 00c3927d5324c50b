# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopPerson(models.Model):
    _inherit = "onestop.person"

    dossier_ids = fields.One2many("onestop.dossier", "person_id", string="Dossiers")
    submitted_ids = fields.One2many(
        "onestop.dossier", "submitter_id", string="Dossiers Submitted"
    )
