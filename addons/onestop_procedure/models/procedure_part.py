# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopProcedurePart(models.Model):
    """A part of the dossier (thành phần hồ sơ) that a case asks for."""

    _name = "onestop.procedure.part"
    _description = "Part of a dossier"
    _inherit = ["onestop.procedure.content"]
    _order = "case_id, sequence, id"

    case_id = fields.Many2one(
        "onestop.procedure.case", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(help="Code of the paper in the national database.")
    name = fields.Text(required=True)
    originals = fields.Integer()
    copies = fields.Integer()
    required = fields.Boolean(default=True)

    _counts = models.Constraint(
        "CHECK (originals >= 0 AND copies >= 0)",
        "The number of originals and copies cannot be negative.",
    )
