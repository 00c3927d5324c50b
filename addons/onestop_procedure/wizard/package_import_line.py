# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopPackageImportLine(models.TransientModel):
    """A procedure that a configuration brings, or that it cannot bring."""

    _name = "onestop.package.import.line"
    _description = "Procedure of a configuration"
    _order = "id"

    import_id = fields.Many2one(
        "onestop.package.import", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("problem", "Error"),
            ("new", "New"),
            ("changed", "Name, agency or level"),
            ("draft", "New draft"),
        ],
        required=True,
    )
    code = fields.Char()
    name = fields.Char()
