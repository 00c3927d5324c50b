# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import hashlib

from odoo import api, fields, models


class OnestopProcedurePart(models.Model):
    """A part of the dossier (thành phần hồ sơ) that a case asks for."""

    _name = "onestop.procedure.part"
    _description = "Part of a dossier"
    _inherit = ["onestop.procedure.content"]
    _order = "case_id.id, sequence, id"

    case_id = fields.Many2one(
        "onestop.procedure.case", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    code = fields.Char(help="Code of the paper in the national database.")
    name = fields.Text(required=True)
    form_name = fields.Char(
        string="Form", help="Name of the form to fill in, such as Mẫu số 01."
    )
    form_file = fields.Binary(attachment=True)
    form_filename = fields.Char()
    form_sha256 = fields.Char(
        string="SHA-256 of the Form",
        compute="_compute_form_sha256",
        store=True,
        help="Tells whether the file is still the one that was published.",
    )
    originals = fields.Integer()
    copies = fields.Integer()
    required = fields.Boolean(default=True)

    _counts = models.Constraint(
        "CHECK (originals >= 0 AND copies >= 0)",
        "The number of originals and copies cannot be negative.",
    )

    @api.depends("form_file")
    def _compute_form_sha256(self):
        for part in self.with_context(bin_size=False):
            content = part.form_file and base64.b64decode(part.form_file)
            part.form_sha256 = content and hashlib.sha256(content).hexdigest()
