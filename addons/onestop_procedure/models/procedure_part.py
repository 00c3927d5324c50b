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

    def init(self):
        # The form itself stands in the table of attachments.
        guard = self.env["onestop.database.guard"]
        function = "onestop_procedure_form_frozen"
        guard._make_function(
            function,
            """
            BEGIN
                IF OLD.res_model = 'onestop.procedure.part'
                   AND OLD.res_field = 'form_file'
                   AND (TG_OP = 'DELETE'
                        OR NEW.checksum IS DISTINCT FROM OLD.checksum
                        OR NEW.res_id IS DISTINCT FROM OLD.res_id
                        OR NEW.res_model IS DISTINCT FROM OLD.res_model
                        OR NEW.res_field IS DISTINCT FROM OLD.res_field)
                   AND EXISTS (
                        SELECT FROM onestop_procedure_part p
                          JOIN onestop_procedure_case c ON c.id = p.case_id
                          JOIN onestop_procedure_version v ON v.id = c.version_id
                         WHERE p.id = OLD.res_id AND v.state = 'published') THEN
                    RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                        MESSAGE = 'the form of a published version stays';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END
            """,
        )
        guard._make_trigger(
            "ir_attachment", "procedure_form", "BEFORE UPDATE OR DELETE", function
        )
        return super().init()

    @api.depends("form_file")
    def _compute_form_sha256(self):
        for part in self.with_context(bin_size=False):
            content = part.form_file and base64.b64decode(part.form_file)
            part.form_sha256 = content and hashlib.sha256(content).hexdigest()
