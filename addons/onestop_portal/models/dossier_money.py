# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import formatLang


class OnestopDossier(models.Model):
    """What a citizen reads of the money for his dossier."""

    _inherit = "onestop.dossier"

    def _portal_values(self):
        return super()._portal_values() | {"money": self._portal_money()}

    @api.model
    def _track(self, code, secret):
        # Whoever holds the slip may pay: he learns what it comes to, and where to.
        found = super()._track(code, secret)
        if found:
            # sudo: onestop.dossier - of the slip whose secret was right
            dossier = self.sudo().search([("code", "=", found["code"])])
            transfer = dossier._transfer()
            found["transfer"] = transfer and transfer | {
                "due": dossier._portal_amount(dossier._fees_asked())
            }
        return found

    def _portal_action(self):
        action = super()._portal_action()
        # Whatever else helps comes first; money keeps until then.
        if action or not self._portal_asks_money():
            return action
        return {"label": self.env._("Pay"), "url": f"/my/dossiers/{self.id}/pay"}

    def _portal_asks_money(self):
        """Whether fees are to be paid now."""
        # sudo: onestop.dossier - only whether there are any
        dossier = self.sudo()
        return bool(dossier._can_be_paid() and dossier._fees_asked())

    def _portal_money(self):
        """Plain values: what is due and why, and the receipts."""
        self.ensure_one()
        # sudo: onestop.dossier - fees and receipts of the citizen's own dossier
        dossier = self.sudo()
        asked = dossier._fees_asked() if dossier._can_be_paid() else dossier.fee_ids[:0]
        return {
            "due": self._portal_amount(asked) if asked else "",
            "asked": [
                {
                    "name": fee.name,
                    "amount": self._portal_amount(fee),
                    "when": dict(
                        fee._fields["collect_at"]._description_selection(self.env)
                    )[fee.collect_at],
                }
                for fee in asked
            ],
            "reason": dossier._portal_payment_reason(),
            "until": self._portal_time(dossier.citizen_due_at)
            if dossier.state == "payment"
            else False,
            "receipts": [
                {
                    "id": receipt.id,
                    "number": receipt.display_name,
                    "at": self._portal_time(receipt.issued_at),
                    "amount": formatLang(
                        self.env, receipt.amount, currency_obj=receipt.currency_id
                    ),
                    "cancelled": receipt.state == "cancelled",
                    "names": ", ".join(receipt.line_ids.mapped("name")),
                    "url": f"/my/dossiers/{self.id}/receipts/{receipt.id}",
                }
                for receipt in dossier.receipt_ids.sorted("id")
            ],
            "url": f"/my/dossiers/{self.id}/pay",
        }

    def _portal_payment_reason(self):
        """What the Centre wrote when it asked for the payment that is waited for."""
        if self.state != "payment":
            return ""
        texts = self.text_ids.filtered(
            lambda t: (
                t.for_citizen
                and t.kind == "reason"
                and t.event_id.kind == "request_payment"
            )
        )
        return texts.sorted("id")[-1:].body or ""

    def _portal_amount(self, fees):
        total = sum(fees.mapped("amount"))
        return formatLang(self.env, total, currency_obj=fees.currency_id[:1])
