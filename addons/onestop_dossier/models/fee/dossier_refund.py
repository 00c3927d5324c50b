# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

from ...ledger.transitions import CLOSED

LEADERS = ("head", "deputy")
# Given back by taking the paper back; other money has left the house.
BY_HAND = ("cash", "card")
ALONE = ("transfer", "online")


class OnestopDossier(models.Model):
    """Receipts taken back: cancelled on the day, refunded later."""

    _inherit = "onestop.dossier"

    refund_ids = fields.One2many("onestop.refund", "dossier_id", copy=False)

    def action_cancel_receipt(self, receipt_id, reason):
        """Cancel a receipt given out today: its fees are unpaid again.

        The paper comes back, its number stays as cancelled. Later, and for money
        that came through the bank, :meth:`action_refund_fee`.

        :param receipt_id: id of a receipt of this dossier.
        :param reason: why; the citizen reads it too.
        :return: True.
        :raises UserError: of another day, of another cashier, refunded, or cancelled.
        """
        self._do_cancel_receipt(receipt_id, reason)
        return True

    def action_refund_fee(
        self, receipt_id, reason, amount=None, method="cash", fee_ids=None
    ):
        """Give money of a receipt back; the receipt stays.

        A fee that is given back in full while the dossier is open is due again,
        unless it is made exempt.

        :param receipt_id: id of a receipt of this dossier.
        :param reason: why; the citizen reads it too.
        :param amount: how much; default all that is left.
        :param method: "cash", "card" or "transfer".
        :param fee_ids: ids of the fees; default all of the receipt.
        :return: True.
        :raises UserError: more than was paid, or nothing is left.
        """
        self._do_refund_fee(
            receipt_id, reason, amount=amount, method=method, fee_ids=fee_ids
        )
        return True

    # ------------------------------------------------------------
    # What the acts do
    # ------------------------------------------------------------

    def _receipt_of(self, receipt_id):
        """A receipt of this dossier, of an id that came from outside."""
        self.ensure_one()
        self.check_access("read")
        known = type(receipt_id) is int and receipt_id
        # sudo: onestop.dossier - its receipts; _apply checks who acts
        receipt = self.sudo().receipt_ids.filtered(lambda r: r.id == known)
        if not receipt:
            raise UserError(self.env._("This is not a receipt of this dossier."))
        return receipt

    def _do_cancel_receipt(self, receipt_id, reason):
        receipt = self._receipt_of(receipt_id)

        def values(act):
            if receipt.closing_id:
                receipt.closing_id._enter(
                    receipt.department_id,
                    receipt.user_id,
                    receipt.counter_id,
                    receipt.day,
                    receipt.currency_id,
                )
            act.data |= {
                "receipt": receipt.id,
                "fees": receipt.fee_ids.ids,
                "amount": receipt._money(receipt.amount, receipt.currency_id),
                "method": receipt.method,
                "kinds": receipt._by_kind(),
            }
            receipt.write(
                {
                    "state": "cancelled",
                    "cancelled_at": act.now,
                    "canceller_id": self.env.uid,
                }
            )
            receipt.fee_ids.filtered(lambda f: f.receipt_id == receipt)._unpay()
            return {}

        return self._apply(
            "cancel_receipt",
            texts={"reason": reason},
            values=values,
            receipt=receipt,
            for_citizen=True,
        )

    def _do_refund_fee(
        self,
        receipt_id,
        reason,
        *,
        amount=None,
        method="cash",
        fee_ids=None,
        reference=None,
    ):
        receipt = self._receipt_of(receipt_id)
        if method not in dict(receipt._fields["method"].selection):
            raise UserError(self.env._("Choose how the money is given back."))

        def values(act):
            refunds = self._make_refunds(act, receipt, method, reference)
            act.data |= {
                "receipt": receipt.id,
                "refunds": refunds.ids,
                "fees": refunds.line_id.fee_id.ids,
                "amount": receipt._money(
                    sum(refunds.mapped("amount")), receipt.currency_id
                ),
                "method": method,
                "kinds": {
                    kind: receipt._money(sum(r.amount for r in rows), r.currency_id)
                    for kind, rows in refunds.grouped("kind").items()
                    for r in rows[:1]
                },
            }
            return {}

        return self._apply(
            "refund_fee",
            texts={"reason": reason},
            values=values,
            receipt=receipt,
            method=method,
            amount=amount,
            fee_ids=fee_ids,
            parts={},
            for_citizen=True,
        )

    def _make_refunds(self, act, receipt, method, reference):
        plain = self.env(context=clean_context(self.env.context), su=True)
        day = self._money_day(act)
        closing = False
        # sudo: onestop.dossier - only whether it is a trial
        if not self.env.user._is_superuser() and not self.sudo().is_trial:
            unit, user = receipt.department_id, self.env.user
            tills = plain["onestop.cash.closing"]
            counter = tills._counter_of(unit, user, day) or receipt.counter_id
            closing = tills._enter(unit, user, counter, day, receipt.currency_id)
        refunds = plain["onestop.refund"].create(
            [
                {
                    "dossier_id": self.id,
                    "receipt_id": receipt.id,
                    "line_id": line.id,
                    "kind": line.kind,
                    "currency_id": line.currency_id.id,
                    "amount": part,
                    "method": method,
                    "reference": reference or False,
                    "department_id": receipt.department_id.id,
                    "user_id": self.env.uid,
                    "closing_id": closing,
                    "refunded_at": act.now,
                    "day": day,
                }
                for line, part in act.arguments["parts"].items()
            ]
        )
        for line in refunds.line_id.filtered(lambda li: not li._left()):
            fee = line.fee_id
            # sudo: onestop.dossier - only its state
            if fee.receipt_id == receipt and self.sudo().state not in CLOSED:
                fee._unpay()
        return refunds

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    def _guard_receipt_today(self, act):
        receipt = act.arguments["receipt"]
        if receipt.state != "issued":
            raise UserError(self.env._("This receipt is cancelled already."))
        if receipt.method not in BY_HAND or receipt.day != self._money_day(act):
            raise UserError(
                self.env._(
                    "Only a receipt of today for cash or a card is cancelled. Refund "
                    "the fee instead."
                )
            )
        if receipt.line_ids.refund_ids:
            raise UserError(
                self.env._("Money of this receipt was refunded; it stays as it is.")
            )
        # sudo: onestop.membership - whether this very user leads the unit
        memberships = self.env["onestop.membership"].sudo()
        if receipt.user_id != self.env.user and not memberships._has_role(
            self.env.user, LEADERS, receipt.department_id
        ):
            raise UserError(
                self.env._(
                    "A receipt is cancelled by who gave it out, or by the head of the "
                    "unit."
                )
            )

    def _guard_refundable(self, act):
        receipt, wanted = act.arguments["receipt"], act.arguments["amount"]
        if self.env.user._is_superuser() and act.arguments["method"] not in ALONE:
            raise UserError(
                self.env._("Cash and cards are handled by somebody at the counter.")
            )
        if receipt.state != "issued":
            raise UserError(self.env._("This receipt was cancelled; nothing is left."))
        lines = receipt.line_ids
        if act.arguments["fee_ids"]:
            lines = lines.filtered(lambda li: li.fee_id.id in act.arguments["fee_ids"])
        left = {line: line._left() for line in lines if line._left()}
        total = sum(left.values())
        if not total:
            raise UserError(self.env._("Nothing is left to be refunded."))
        if wanted is None or wanted is False:
            wanted = total
        wanted = self._read_amount(wanted, receipt.currency_id)
        if not 0 < wanted <= total:
            raise UserError(
                self.env._(
                    "At most %(left)s can be refunded of this receipt.",
                    left=receipt.currency_id.format(total),
                )
            )
        for line, amount in left.items():
            part = min(amount, wanted)
            if part:
                act.arguments["parts"][line] = part
                wanted -= part

    def _read_amount(self, amount, currency):
        """An amount that came from outside, rounded as the currency is.

        :raises UserError: not an amount.
        """
        if (
            isinstance(amount, bool)
            or not isinstance(amount, int | float)
            or not 0 <= amount < 10**12
        ):
            raise UserError(self.env._("Enter the amount in figures."))
        return currency.round(amount)

    def _money_day(self, act):
        """Legal day under which money is booked.

        What was recorded after an outage is booked on the day of recording: the day
        on which it occurred may be closed.
        """
        # sudo: onestop.dossier - its Centre's zone
        dossier = self.sudo()
        return dossier._legal_day(act.recorded if act.source == "outage" else act.now)
