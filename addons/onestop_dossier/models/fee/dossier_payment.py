# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError

# A payment that was begun and not heard of again blocks no other after so long.
WAITS = 15  # minutes


class OnestopDossier(models.Model):
    """Online payments of this dossier, and what follows from money that came."""

    _inherit = "onestop.dossier"

    def _payment_values(self):
        """Values of the transaction with which this dossier's fees are paid online.

        What is to be paid is reckoned here, whatever the citizen's page says.

        :return: values for ``payment.transaction``: fees, amount, currency, dossier.
        :raises UserError: nothing is due, or another payment of it is under way.
        """
        self.ensure_one()
        # sudo: onestop.dossier - the payer was checked by the caller
        dossier = self.sudo()
        fees = dossier._fees_asked()
        if not (fees and dossier._can_be_paid()):
            raise UserError(self.env._("Nothing is to be paid for this dossier now."))
        currency = fees.currency_id
        if len(currency) > 1:
            raise UserError(
                self.env._("The fees are in several currencies; pay at the counter.")
            )
        running = dossier._payments_running(fees)
        if running:
            raise UserError(
                self.env._(
                    "A payment of these fees was begun a moment ago and may still "
                    "arrive. Wait %(minutes)s minutes before you pay again, so that "
                    "you do not pay twice.",
                    minutes=WAITS,
                )
            )
        return {
            "onestop_dossier_id": dossier.id,
            "onestop_fee_ids": [fields.Command.set(fees.ids)],
            "amount": currency.round(sum(fees.mapped("amount"))),
            "currency_id": currency.id,
        }

    def _payment_options(self, partner, amount, currency):
        """The gateways and methods of the Centre by which this can be paid online.

        In production a gateway in test mode is none: it would give receipts for no
        money.

        :return: (providers, payment methods), both may be empty.
        """
        self.ensure_one()
        company = self.company_id
        # sudo: payment.provider, payment.method - the citizen chooses one of them
        providers = self.env["payment.provider"].sudo()
        providers = providers.with_company(company)._get_compatible_providers(
            company.id, partner.id, amount, currency_id=currency.id
        )
        providers = providers.filtered(lambda p: p.company_id == company)
        if self.env["payment.transaction"]._onestop_in_production():
            providers = providers.filtered(lambda p: p.state == "enabled")
        methods = self.env["payment.method"].sudo()
        return providers, methods._get_compatible_payment_methods(
            providers.ids, partner.id, currency_id=currency.id
        )

    def _payments_running(self, fees):
        """Transactions that may still bring money for these fees."""
        self.ensure_one()
        since = fields.Datetime.subtract(fields.Datetime.now(), minutes=WAITS)
        # sudo: payment.transaction - whether there is one
        found = (
            self.env["payment.transaction"]
            .sudo()
            .search(
                [
                    ("onestop_dossier_id", "=", self.id),
                    ("onestop_fee_ids", "in", fees.ids),
                    ("onestop_state", "=", False),
                    ("operation", "!=", "refund"),
                    ("state", "in", ("pending", "authorized", "done")),
                ]
            )
        )
        return found.filtered(
            lambda tx: tx.state != "pending" or tx.last_state_change >= since
        )

    def _fees_collected(self, receipt):
        """A dossier that waited for these fees goes on by itself (status 6 → left)."""
        if self.state == "payment" and self._asked_is_paid():
            self._apply("resume")
        return super()._fees_collected(receipt)

    def _asked_is_paid(self):
        """Whether the running request asked for fees, and all of them are paid.

        A request for something else, such as a tax notice paid elsewhere, names no
        fees: the counter looks at the proof and resumes by hand.
        """
        # sudo: onestop.dossier - its course and fees
        dossier = self.sudo()
        asked = next(
            (e for e in reversed(dossier._history()) if e["kind"] == "request_payment"),
            None,
        )
        wanted = set(asked["data"].get("fees") or ()) if asked else set()
        return bool(wanted) and not wanted & set(dossier._unpaid_fees().ids)

    def _after_act(self, act):
        if act.name == "cancel_receipt":
            self._money_comes_back(act.data["receipt"])
        elif act.name == "refund_fee" and act.data["method"] in ("transfer", "online"):
            self._money_goes_back(act.data["receipt"], float(act.data["amount"]))
        return super()._after_act(act)

    def _money_comes_back(self, receipt_id):
        """A receipt was cancelled: what it was given for is decided on again."""
        lines, payments = self._money_of(receipt_id)
        lines._receipt_undone()
        payments._to_pay_back(
            self.env._("The receipt was cancelled."), receipt_undone=True
        )

    def _money_goes_back(self, receipt_id, amount):
        """A fee was refunded the way it came: a cashier sends the money."""
        lines, payments = self._money_of(receipt_id)
        for line in lines:
            open_amount = line.refund_amount if line.state == "refund" else 0
            line._settle(
                "refund",
                self.env._("The fee was refunded."),
                dossier_id=line.dossier_id.id,
                receipt_id=receipt_id,
                refund_amount=min(open_amount + amount, line.amount),
            )
        payments._to_pay_back(self.env._("The fee was refunded."), amount)

    def _money_of(self, receipt_id):
        """The lines of a bank and the online payments that a receipt was given for."""
        # sudo: onestop.bank.line, payment.transaction - follows from the act
        lines = self.env["onestop.bank.line"].sudo()
        payments = self.env["payment.transaction"].sudo()
        return (
            lines.search([("receipt_id", "=", receipt_id)]),
            payments.search([("onestop_receipt_id", "=", receipt_id)]),
        )
