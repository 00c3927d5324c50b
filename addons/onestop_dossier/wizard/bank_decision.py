# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError


class OnestopBankDecision(models.TransientModel):
    """Dialog: what a cashier decides on money that came in."""

    _name = "onestop.bank.decision"
    _description = "Decision on money received by bank"

    line_id = fields.Many2one("onestop.bank.line", required=True, readonly=True)
    state = fields.Selection(related="line_id.state", related_sudo=False)
    currency_id = fields.Many2one(related="line_id.currency_id", related_sudo=False)
    amount = fields.Monetary(related="line_id.amount", related_sudo=False)
    description = fields.Char(related="line_id.description", related_sudo=False)
    finding = fields.Selection(related="line_id.finding", related_sudo=False)
    decision = fields.Selection(
        [
            ("collect", "It pays fees of a dossier"),
            ("refund", "Pay it back"),
            ("ignore", "It is no fee"),
            ("refunded", "It was paid back"),
            ("reopen", "Take the decision back"),
            ("unmatch", "It was booked on the wrong dossier"),
        ],
        string="What It Is",
        required=True,
        compute="_compute_decision",
        store=True,
        readonly=False,
        precompute=True,
    )
    choices = fields.Json(compute="_compute_choices")
    dossier_id = fields.Many2one(
        "onestop.dossier", compute="_compute_dossier_id", store=True, readonly=False
    )
    fee_ids = fields.Many2many(
        "onestop.dossier.fee",
        compute="_compute_fee_ids",
        compute_sudo=False,
        store=True,
        readonly=False,
        domain="[('dossier_id', '=', dossier_id), ('paid_at', '=', False), "
        "('amount', '>', 0)]",
        string="Fees",
    )
    note = fields.Char(string="Reason")

    @api.depends("line_id")
    def _compute_decision(self):
        for wizard in self:
            line = wizard.line_id
            if line.state == "refund":
                wizard.decision = "refunded"
            elif line.state == "ignored":
                wizard.decision = "reopen"
            elif line.state == "matched":
                wizard.decision = "unmatch"
            elif line.finding in ("paid", "closed"):
                wizard.decision = "refund"
            else:
                wizard.decision = "collect"

    @api.depends("line_id")
    def _compute_choices(self):
        for wizard in self:
            wizard.choices = {
                "refund": [
                    "refunded",
                    "unmatch" if wizard.line_id.receipt_id else "reopen",
                ],
                "matched": ["unmatch"],
                "ignored": ["reopen"],
                "refunded": [],
            }.get(wizard.line_id.state, ["collect", "refund", "ignore"])

    @api.depends("line_id")
    def _compute_dossier_id(self):
        for wizard in self:
            wizard.dossier_id = wizard.line_id.dossier_id

    @api.depends("dossier_id")
    def _compute_fee_ids(self):
        for wizard in self:
            fees = wizard.dossier_id._unpaid_fees() if wizard.dossier_id else None
            wizard.fee_ids = wizard._fees_that_fit(fees) if fees else False

    def _fees_that_fit(self, fees):
        """As many fees as the money pays, in their order."""
        fitting, left = fees.browse(), self.amount
        for fee in fees:
            if fee.amount <= left:
                fitting, left = fitting | fee, left - fee.amount
        return fitting

    def action_decide(self):
        """Do what was decided.

        :return: the action that closes this dialog.
        :raises UserError: as the method of the line.
        """
        self.ensure_one()
        line = self.line_id
        if self.decision == "collect":
            if not self.dossier_id:
                raise UserError(self.env._("Choose the dossier that the money is for."))
            line.action_collect(self.dossier_id.id, self.fee_ids.ids, self.note)
        else:
            getattr(
                line,
                {
                    "refund": "action_refund",
                    "ignore": "action_ignore",
                    "refunded": "action_refunded",
                    "reopen": "action_reopen",
                    "unmatch": "action_unmatch",
                }[self.decision],
            )(self.note)
        return {"type": "ir.actions.act_window_close"}
