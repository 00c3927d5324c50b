# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Command


class OnestopDecisionTouched(models.TransientModel):
    """What a change of a legal document touches, as far as the user may see it."""

    _name = "onestop.decision.touched"
    _description = "Touched by a change of rules"

    decision_id = fields.Many2one("onestop.decision", required=True, readonly=True)
    effective_to = fields.Date(related="decision_id.effective_to")
    replaced_by_id = fields.Many2one(related="decision_id.replaced_by_id")
    line_ids = fields.One2many("onestop.decision.touched.line", "touched_id")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            record.line_ids = [
                Command.create(
                    {
                        "position": position,
                        "name": label,
                        "count": self._count(model, domain),
                    }
                )
                for position, (label, model, domain) in enumerate(
                    record.decision_id._touched_by()
                )
                if self.env[model].has_access("read")
            ]
        return records

    def _count(self, model, domain):
        return self.env[model].search_count(domain)

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Touched by this change"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
