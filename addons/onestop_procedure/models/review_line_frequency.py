# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models


class OnestopReviewLine(models.Model):
    """What is written to a procedure names the figure it stands on."""

    _inherit = "onestop.review.line"

    def _log_on_procedures(self, name):
        """Say on the procedures what was set, and on which figure it stands."""
        procedures = self.env["onestop.procedure"]
        label = procedures._fields[name]._description_string(self.env)
        bodies = {
            line.procedure_id.id: self.env._(
                "%(field)s: %(value)s. %(review)s, %(count)s dossiers in 12 months.",
                field=label,
                value=line._value_text(line.procedure_id, name),
                review=line.review_id.name,
                count=line.arrivals,
            )
            for line in self
        }
        self.procedure_id._message_log_batch(bodies=bodies)

    @api.model
    def _value_text(self, procedure, name):
        if name == "pooled":
            return self.env._("yes") if procedure.pooled else self.env._("no")
        return dict(procedure._fields[name]._description_selection(self.env))[
            procedure[name]
        ]
