# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import clean_context

METHODS = ("cash", "card", "transfer", "online")
# What comes without anybody at the counter.
ALONE = ("transfer", "online")


class OnestopDossier(models.Model):
    """Money for a dossier: fees collected, with a receipt each time."""

    _inherit = "onestop.dossier"

    receipt_ids = fields.One2many("onestop.receipt", "dossier_id", copy=False)
    currency_id = fields.Many2one("res.currency", compute="_compute_amounts")
    amount_due = fields.Monetary(
        compute="_compute_amounts", help="Fees and charges that are not paid yet."
    )
    amount_paid = fields.Monetary(compute="_compute_amounts")

    @api.depends("fee_ids.amount", "fee_ids.paid_at", "refund_ids")
    def _compute_amounts(self):
        default = self.env["ir.model.data"]._xmlid_to_res_id("base.VND")
        for dossier in self:
            fees = dossier.fee_ids
            dossier.currency_id = fees.currency_id[:1].id or default
            dossier.amount_due = sum(dossier._unpaid_fees().mapped("amount"))
            dossier.amount_paid = sum(f.amount - f.refunded for f in fees if f.paid_at)

    def _unpaid_fees(self, *moments):
        """Fees with an amount that are not paid.

        :param moments: only those collected then: "reception", "supplement",
            "return"; default all.
        """
        return self.fee_ids.filtered(
            lambda f: (
                f.amount and not f.paid_at and (not moments or f.collect_at in moments)
            )
        )

    def action_collect_fee(self, fee_id):
        """Record that a fee was paid in cash at the counter, and give a receipt.

        :param fee_id: id of the dossier's fee.
        :return: True.
        :raises UserError: not a fee of this dossier, or paid already.
        """
        self._do_collect_fee(fee_id)
        return True

    def action_collect_fees(self, fee_ids, method="cash", reference=None):
        """Record that fees were paid at the counter: one receipt for all of them.

        :param fee_ids: ids of fees of this dossier.
        :param method: "cash", "card" or "transfer".
        :param reference: number of the payment at the bank.
        :return: id of the receipt.
        :raises UserError: not fees of this dossier, or paid already.
        """
        fees = self._fees_told(fee_ids)
        if method == "online":
            raise UserError(self.env._("Online payments come through the gateway."))
        return self._do_collect_fees(fees, method, reference=reference).id

    # ------------------------------------------------------------
    # What the acts do
    # ------------------------------------------------------------

    def _do_collect_fee(self, fee_id):
        return self._do_collect_fees(self._fees_told([fee_id]), "cash")

    def _fees_told(self, fee_ids):
        """The fees of ids that came from outside.

        :raises UserError: they are no ids.
        """
        if not isinstance(fee_ids, list | tuple) or any(
            type(fee_id) is not int for fee_id in fee_ids
        ):
            raise UserError(self.env._("This is not a fee of this dossier."))
        return self.env["onestop.dossier.fee"].browse(fee_ids)

    def _do_collect_fees(
        self, fees, method, *, reference=None, received_at=None, book=None
    ):
        """Collect fees of this dossier: one event, one receipt.

        :param method: "cash", "card", "transfer" or "online"; the last two also by
            the system itself (a bank statement, a gateway).
        :param reference: number of the payment at the bank or gateway.
        :param received_at: when the money came (naive UTC); default now.
        :param book: book of receipts; default the one for this user.
        :return: the receipt.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: onestop.dossier - its fees; _apply checks who acts
        fees = self.sudo().fee_ids & fees.sudo()
        if not fees:
            raise UserError(self.env._("This is not a fee of this dossier."))
        if method not in METHODS:
            raise UserError(self.env._("Choose how the fee was paid."))
        made = []

        def values(act):
            receipt = self._make_receipt(
                act, fees, method, reference, received_at, book
            )
            made.append(receipt)
            fees._pay(receipt, act.now)
            act.data |= {
                "fees": fees.ids,
                "amount": receipt._money(receipt.amount, receipt.currency_id),
                "method": method,
                "receipt": receipt.id,
                "kinds": receipt._by_kind(),
            }
            return {}

        self._apply("collect_fee", values=values, fees=fees, method=method)
        receipt = made[0].sudo(self.env.su)
        self.env["onestop.dossier.search"]._remember(self, made[0].display_name)
        self._fees_collected(receipt)
        return receipt

    def _make_receipt(self, act, fees, method, reference, received_at, book):
        """The receipt, with the next number of its book."""
        plain = self.env(context=clean_context(self.env.context), su=True)
        # sudo: onestop.dossier - the guards have passed
        dossier = self.with_env(plain)
        unit = dossier.support_department_id
        day = dossier._money_day(act)
        values = {
            "dossier_id": dossier.id,
            "currency_id": fees.currency_id[:1].id,
            "amount": sum(fees.mapped("amount")),
            "method": method,
            "reference": reference or False,
            "received_at": received_at or act.now,
            "payer_id": (dossier.submitter_id or dossier.person_id).id,
            "department_id": unit.id,
            "user_id": self.env.uid,
            "issued_at": act.now,
            "day": day,
            "line_ids": [fields.Command.create(fee._receipt_line()) for fee in fees],
        }
        if not dossier.is_trial:
            books = plain["onestop.receipt.book"]
            book = book or books._book_for(
                unit, self.env.user, set(fees.mapped("kind")), method, day
            )
            counter, currency = book.counter_id, fees.currency_id
            if not self.env.user._is_superuser():
                values["closing_id"] = plain["onestop.cash.closing"]._enter(
                    unit, self.env.user, counter, day, currency
                )
            values |= {
                "book_id": book.id,
                "counter_id": counter.id,
                "number": book.sudo()._draw(  # sudo: as above
                    own_transaction=act.source != "demo"
                ),
            }
        return plain["onestop.receipt"].create(values)

    def _fees_collected(self, receipt):
        """Hook: fees were collected, in the same transaction."""

    # ------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------

    def _guard_fee_due(self, act):
        fees = act.arguments["fees"]
        if any(fee.paid_at for fee in fees):
            raise UserError(self.env._("This fee is paid already."))
        if any(not fee.amount for fee in fees):
            raise UserError(
                self.env._("State the amount first; without one nothing is collected.")
            )
        if len(fees.currency_id) > 1:
            raise UserError(self.env._("Collect each currency apart."))
        if self.env.user._is_superuser() and act.arguments["method"] not in ALONE:
            raise UserError(
                self.env._("Cash and cards are taken by somebody at the counter.")
            )
