# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopProcedureCompare(models.TransientModel):
    """Choose two versions of a procedure and read what differs."""

    _name = "onestop.procedure.compare"
    _description = "Comparison of two versions"

    procedure_id = fields.Many2one("onestop.procedure", required=True)
    before_id = fields.Many2one(
        "onestop.procedure.version",
        string="Version",
        domain="[('procedure_id', '=', procedure_id)]",
    )
    after_id = fields.Many2one(
        "onestop.procedure.version",
        string="Compared with",
        required=True,
        domain="[('procedure_id', '=', procedure_id)]",
    )
    only_changes = fields.Boolean(string="Only what differs", default=True)
    table = fields.Html(compute="_compute_table", sanitize=False)
    change_count = fields.Integer(compute="_compute_table")

    @api.depends("before_id", "after_id", "only_changes")
    def _compute_table(self):
        for wizard in self:
            sections = wizard._sections(everything=True)
            wizard.change_count = sum(
                row["kind"] != "same" for section in sections for row in section["rows"]
            )
            wizard.table = self.env["ir.qweb"]._render(
                "onestop_procedure.version_comparison",
                {"wizard": wizard, "sections": wizard._sections()},
            )

    def _sections(self, everything=False):
        """The comparison, without what is the same when that is asked for."""
        sections = self.before_id._compare(self.after_id)
        if everything or not self.only_changes:
            return sections
        for section in sections:
            section["rows"] = [row for row in section["rows"] if row["kind"] != "same"]
        return [section for section in sections if section["rows"]]

    def action_print(self):
        """Print the comparison as it is shown.

        :return: the report action.
        """
        self.ensure_one()
        report = self.env.ref("onestop_procedure.report_version_comparison_action")
        return report.report_action(self, config=False)
