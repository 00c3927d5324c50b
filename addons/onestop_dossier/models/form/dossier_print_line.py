# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopDossierPrintLine(models.TransientModel):
    _name = "onestop.dossier.print.line"
    _description = "Form in the print dialog"

    print_id = fields.Many2one(
        "onestop.dossier.print", required=True, index=True, ondelete="cascade"
    )
    key = fields.Char(required=True, readonly=True)
    name = fields.Char(string="Form", readonly=True)
    count = fields.Integer(
        string="Dossiers",
        readonly=True,
        help="Of how many of the dossiers chosen it can be printed now.",
    )
    reason = fields.Char(string="Why Not", readonly=True)
    is_chosen = fields.Boolean(string="Ticked")
