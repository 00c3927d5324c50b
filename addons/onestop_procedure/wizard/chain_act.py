# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError


class OnestopChainAct(models.TransientModel):
    """The dialog of a move that needs words or a decision.

    A paper offers such moves by ``_acts_with_words()``: name of a public method ->
    dictionary with ``title``, and where they are asked for ``note`` and ``decision``:
    "optional" or "required". The method takes ``note`` and, if asked, ``decision_id``.
    """

    _name = "onestop.chain.act"
    _description = "Act on a paper"

    res_model = fields.Char(
        required=True,
        default=lambda self: self.env.context.get("active_model"),
        export_string_translation=False,
    )
    res_id = fields.Many2oneReference(
        model_field="res_model",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
        export_string_translation=False,
    )
    act = fields.Char(required=True, export_string_translation=False)
    title = fields.Char(compute="_compute_form")
    paper = fields.Char(compute="_compute_form")
    asks_note = fields.Char(compute="_compute_form")
    asks_decision = fields.Char(compute="_compute_form")
    note = fields.Text()
    decision_id = fields.Many2one(
        "onestop.decision",
        domain="[('kind', '!=', 'law'), ('state', 'in', ('draft', 'in_force'))]",
        compute="_compute_decision_id",
        store=True,
        readonly=False,
        precompute=True,
    )

    def _record(self):
        self.ensure_one()
        acts = getattr(self.env[self.res_model], "_acts_with_words", dict)()
        if self.act not in acts:
            raise UserError(self.env._("There is no such act on this paper."))
        return self.env[self.res_model].browse(self.res_id), acts[self.act]

    @api.depends("res_model", "res_id", "act")
    def _compute_form(self):
        for wizard in self:
            record, asks = wizard._record()
            wizard.title = asks["title"]
            wizard.paper = record.display_name
            wizard.asks_note = asks.get("note")
            wizard.asks_decision = asks.get("decision")

    @api.depends("res_model", "res_id", "act")
    def _compute_decision_id(self):
        for wizard in self:
            record, asks = wizard._record()
            wizard.decision_id = asks.get("decision") and record.decision_id

    def action_do(self):
        """Make the move with what was written.

        :return: the identity dialog of a legal act, or what closes this dialog.
        :raises UserError: words or decision are missing, or the move is not open.
        """
        record, asks = self._record()
        if asks.get("note") == "required" and not (self.note or "").strip():
            raise UserError(self.env._("Write down the reason first."))
        if asks.get("decision") == "required" and not self.decision_id:
            raise UserError(
                self.env._(
                    "Choose the decision. The Office records its number and date."
                )
            )
        values = {"note": self.note or ""}
        if asks.get("decision"):
            values["decision_id"] = self.decision_id.id
        result = getattr(record, self.act)(**values)
        if isinstance(result, dict):
            return result
        return {"type": "ir.actions.act_window_close"}
