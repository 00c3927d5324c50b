# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopProcedureVersion(models.Model):
    _inherit = "onestop.procedure.version"

    change_line_ids = fields.One2many(
        "onestop.change.request.line", "version_id", string="Reported Changes"
    )

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            # sudo: onestop.change.request - whoever publishes, the report is done
            self.sudo().change_line_ids.request_id._finish_if_done()
        return result


class OnestopProcedure(models.Model):
    _inherit = "onestop.procedure"

    change_line_ids = fields.One2many(
        "onestop.change.request.line", "procedure_id", string="Reported Changes"
    )

    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "abolished":
            # sudo: onestop.change.request - whoever abolishes, the report is done
            self.sudo().change_line_ids.request_id._finish_if_done()
        return result
