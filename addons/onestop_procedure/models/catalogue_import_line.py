# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopCatalogueImportLine(models.Model):
    """A row of an imported file that somebody has to look at."""

    _name = "onestop.catalogue.import.line"
    _description = "Row of the catalogue to look at"
    _order = "id"

    import_id = fields.Many2one(
        "onestop.catalogue.import", required=True, index=True, ondelete="cascade"
    )
    file = fields.Selection(
        [
            ("departments", "Agencies"),
            ("procedures", "Procedures"),
            ("parts", "Documents"),
            ("extra", "Further columns"),
        ],
        required=True,
    )
    line = fields.Integer(string="Row", help="The row of the headings is row 1.")
    code = fields.Char()
    reason = fields.Char(required=True)
    blocking = fields.Boolean(
        help="An error keeps the files from being imported; a remark does not."
    )
    severity = fields.Selection(
        [("error", "Error"), ("remark", "Remark")], compute="_compute_severity"
    )

    def _compute_severity(self):
        for line in self:
            line.severity = "error" if line.blocking else "remark"
