# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Command


class OnestopProcedureDecide(models.TransientModel):
    """Record that a decision suspends, resumes, abolishes or replaces procedures."""

    _name = "onestop.procedure.decide"
    _description = "Decision on a procedure"

    procedure_ids = fields.Many2many(
        "onestop.procedure",
        "onestop_procedure_decide_rel",
        string="Procedures",
        required=True,
    )
    kind = fields.Selection(
        [
            ("suspend", "Suspend: no new dossiers, running ones go on"),
            ("resume", "Resume: take dossiers again"),
            ("abolish", "Abolish: it ends, running dossiers go on"),
            ("succeed", "Replace: it ends, another procedure takes its place"),
        ],
        string="What is decided",
        required=True,
        default="suspend",
    )
    successor_ids = fields.Many2many(
        "onestop.procedure",
        "onestop_procedure_decide_successor_rel",
        string="Replaced by",
    )
    decision_id = fields.Many2one(
        "onestop.decision", required=True, domain=[("kind", "!=", "law")]
    )
    day = fields.Date(
        string="Effective from",
        required=True,
        compute="_compute_day",
        store=True,
        readonly=False,
        precompute=True,
        help="First legal day (Viet Nam) on which it holds.",
    )
    reason = fields.Text(required=True)

    @api.model
    def default_get(self, fields):
        self.env["onestop.procedure"]._check_publisher()
        values = super().default_get(fields)
        context = self.env.context
        if context.get("active_model") == "onestop.procedure":
            ids = context.get("active_ids", [])
            values.setdefault("procedure_ids", [Command.set(ids)])
        return values

    @api.depends("decision_id")
    def _compute_day(self):
        today = self.env["onestop.membership"]._today()
        for wizard in self:
            wizard.day = wizard.decision_id.effective_from or wizard.day or today

    def action_decide(self):
        """Record the decision for all procedures named, or for none.

        :raises AccessError: for whoever does not publish.
        :raises UserError: the state of a procedure does not allow it.
        """
        self.ensure_one()
        values = {
            "day": self.day,
            "decision_id": self.decision_id.id,
            "reason": self.reason,
        }
        procedures = self.procedure_ids
        if self.kind == "suspend":
            procedures.action_suspend(**values)
        elif self.kind == "resume":
            procedures.action_resume(**values)
        else:
            succeed = self.kind == "succeed"
            procedures.action_abolish(
                **values, successor_ids=self.successor_ids.ids if succeed else None
            )
        return {"type": "ir.actions.act_window_close"}
