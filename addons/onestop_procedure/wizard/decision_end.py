# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopDecisionEnd(models.TransientModel):
    """Record that a decision or law ends, or that another takes its place."""

    _name = "onestop.decision.end"
    _description = "End of a decision"

    decision_id = fields.Many2one(
        "onestop.decision",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    replaced_by_id = fields.Many2one(
        "onestop.decision",
        string="Replaced by",
        domain="[('id', '!=', decision_id)]",
        help="Empty: it lapses without a successor.",
    )
    day = fields.Date(
        string="First Day without It",
        required=True,
        compute="_compute_day",
        store=True,
        readonly=False,
        precompute=True,
        help="It holds until the day before.",
    )
    reason = fields.Text()
    procedure_count = fields.Integer(related="decision_id.procedure_count")

    @api.depends("replaced_by_id")
    def _compute_day(self):
        today = self.env["onestop.membership"]._today()
        for wizard in self:
            wizard.day = wizard.replaced_by_id.effective_from or today

    def action_end(self):
        """Record it, and show what it touches.

        :raises UserError: see :meth:`OnestopDecision.action_lapse`.
        """
        self.ensure_one()
        decision = self.decision_id
        if self.replaced_by_id:
            decision.action_replace(self.replaced_by_id.id, self.day, self.reason)
        else:
            last = fields.Date.subtract(self.day, days=1)
            decision.action_lapse(last, self.reason)
        return decision.action_touched()
