# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopProcedureResult(models.Model):
    """A result that a procedure gives (kết quả thực hiện)."""

    _name = "onestop.procedure.result"
    _description = "Result of a procedure"
    _inherit = ["onestop.procedure.content"]
    _order = "version_id, sequence, id"

    version_id = fields.Many2one(
        "onestop.procedure.version", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Text(required=True)
    code = fields.Char(
        help="Code of the result in the national database, such as KQ.G01.000031."
    )
    validity = fields.Char(help="How long the result is valid, in words.")
