# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from ...ledger.transitions import CLOSED, OPEN

# Acts with a dialog of money instead of the one of all acts.
MONEY_ACTS = ("set_fee", "cancel_receipt", "refund_fee")


class OnestopDossier(models.Model):
    """What the cashier sees: who has to pay now, and the dialogs of money."""

    _inherit = "onestop.dossier"

    to_collect = fields.Boolean(
        compute="_compute_to_collect",
        search="_search_to_collect",
        groups="base.group_user",
        help="Fees are due now.",
    )
    refund_proposed = fields.Boolean(
        compute="_compute_to_collect",
        groups="base.group_user",
        help="It ended without a result, and money was paid.",
    )

    @api.depends("state", "fee_ids.paid_at", "fee_ids.amount")
    def _compute_to_collect(self):
        for dossier in self:
            moments = ["reception", "supplement"]
            if dossier.state == "ready":
                moments.append("return")
            open_ = dossier.state in OPEN and dossier.state != "draft"
            dossier.to_collect = open_ and bool(dossier._unpaid_fees(*moments))
            dossier.refund_proposed = (
                dossier.state in ("refused", "stopped") and dossier.amount_paid > 0
            )

    def _search_to_collect(self, operator, value):
        if operator != "in":
            return NotImplemented
        unpaid = Domain("paid_at", "=", False) & Domain("amount", ">", 0)
        early = unpaid & Domain("collect_at", "!=", "return")
        return Domain("state", "not in", ("draft", *CLOSED)) & (
            Domain("fee_ids", "any", early)
            | (Domain("state", "=", "ready") & Domain("fee_ids", "any", unpaid))
        )

    def action_open_collect(self):
        """Open the dialog that takes money for this dossier.

        :return: the window action.
        """
        action = self.env["ir.actions.actions"]._for_xml_id(
            "onestop_dossier.collect_action"
        )
        return action | {
            "context": {
                "default_dossier_id": self.id,
                "onestop_head": self.head_sequence,
            },
            "target": "new",
        }

    def action_open_act(self):
        act = self.env.context.get("act")
        if act == "collect_fee":
            return self.action_open_collect()
        if act not in MONEY_ACTS:
            return super().action_open_act()
        labels = dict(
            self.env["onestop.fee.act"]._fields["act"]._description_selection(self.env)
        )
        return {
            "type": "ir.actions.act_window",
            "name": labels[act],
            "res_model": "onestop.fee.act",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_dossier_id": self.id,
                "default_act": act,
                "default_fee_id": self.fee_ids.filtered(lambda f: not f.paid_at)[:1].id,
                "default_receipt_id": self.receipt_ids.filtered(
                    lambda r: r.state == "issued"
                )[:1].id,
                "onestop_head": self.head_sequence,
                "dialog_size": "medium",
            },
        }
