# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import SUPERUSER_ID, fields, models
from odoo.exceptions import AccessError, UserError


class PaymentTransaction(models.Model):
    """An online payment of fees of a dossier.

    The gateway says that money came; the receipt is given by the act of the dossier,
    once, whoever tells of it first: the citizen who comes back, the gateway's own
    message, or the cron. Money for which nothing is due waits to be paid back.
    """

    _inherit = "payment.transaction"

    onestop_dossier_id = fields.Many2one(
        "onestop.dossier",
        string="Dossier",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    onestop_fee_ids = fields.Many2many(
        "onestop.dossier.fee",
        "onestop_transaction_fee",
        "transaction_id",
        "fee_id",
        string="Fees",
        readonly=True,
    )
    onestop_receipt_id = fields.Many2one(
        "onestop.receipt",
        string="Receipt",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    onestop_state = fields.Selection(
        [
            ("collected", "Receipt given"),
            ("refund", "To be paid back"),
            ("refunded", "Paid back"),
        ],
        string="What Became of It",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )
    onestop_finding = fields.Char(string="Why", readonly=True, copy=False)
    onestop_refund_amount = fields.Monetary(
        string="To Pay Back", readonly=True, copy=False
    )
    onestop_reference = fields.Char(string="Payment Order", readonly=True, copy=False)

    _onestop_receipt_unique = models.UniqueIndex(
        "(onestop_receipt_id) WHERE onestop_receipt_id IS NOT NULL",
        "One payment has one receipt.",
    )

    def _compute_reference_prefix(self, separator, **values):
        dossier_id = values.get("onestop_dossier_id")
        if dossier_id:
            dossier = self.env["onestop.dossier"].browse(dossier_id)
            return dossier.code or f"D{dossier_id}"
        return super()._compute_reference_prefix(separator, **values)

    # ------------------------------------------------------------
    # Money that came
    # ------------------------------------------------------------

    def _post_process(self):
        paid = self.filtered(
            lambda tx: (
                tx.onestop_dossier_id
                and tx.state == "done"
                and tx.operation != "refund"
                and not tx.onestop_state
            )
        )
        for transaction in paid:
            transaction._collect_fees()
        refunds = self.filtered(
            lambda tx: tx.operation == "refund" and tx.state == "done"
        )
        for source in refunds.source_transaction_id.filtered("onestop_dossier_id"):
            if source.onestop_state == "refund":
                source._refunded(refunds[:1].reference)
        return super()._post_process()

    def _collect_fees(self):
        """Give the receipt for this payment, or have it paid back."""
        self.ensure_one()
        self.env.flush_all()
        # Of two who tell of the same payment the second waits here, fails to
        # serialize, and finds it done when it is tried again.
        self.env.cr.execute(
            "SELECT onestop_state FROM payment_transaction WHERE id = %s FOR UPDATE",
            [self.id],
        )
        if self.env.cr.fetchone()[0]:
            return
        # The citizen's own session tells of it; the receipt is given by the system.
        own = self.with_user(SUPERUSER_ID)
        dossier = own.onestop_dossier_id
        finding = own._hindrance(dossier)
        if not finding:
            try:
                with self.env.cr.savepoint():
                    receipt = dossier._do_collect_fees(
                        own.onestop_fee_ids,
                        "online",
                        reference=self.provider_reference or self.reference,
                    )
                own.write(
                    {"onestop_state": "collected", "onestop_receipt_id": receipt.id}
                )
                return
            except UserError as error:
                finding = str(error)
        own._to_pay_back(finding)

    def _hindrance(self, dossier):
        """Why this money cannot be booked on the fees it was meant for, or None."""
        if not self.is_live and self._onestop_in_production():
            return self.env._("It was a payment in test mode: no money came.")
        fees = self.onestop_fee_ids.exists()
        unpaid = fees & dossier._unpaid_fees()
        if not dossier._can_be_paid():
            return self.env._("The dossier is finished.")
        if not fees or unpaid != fees:
            return self.env._("The fees were paid already, or exist no more.")
        if self.currency_id.compare_amounts(sum(fees.mapped("amount")), self.amount):
            return self.env._("The fees have changed since the payment was begun.")
        if self.currency_id != fees.currency_id:
            return self.env._("It was paid in another currency.")
        return None

    def _onestop_in_production(self):
        # sudo: ir.config_parameter - whether this is a Centre's own database
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param("onestop.production") == "True"

    # ------------------------------------------------------------
    # Paying back
    # ------------------------------------------------------------

    def action_onestop_refund(self):
        """Pay the money back through the gateway, where the gateway can.

        :return: notification of the web client.
        :raises UserError: nothing is to be paid back, or it has to be done by hand.
        :raises AccessError: the user is no cashier of the Centre.
        """
        own = self._to_refund()
        if own.provider_id.support_refund == "none":
            raise UserError(
                self.env._(
                    "This gateway cannot pay back by itself. Pay it back at the bank, "
                    "and enter the number of the payment order."
                )
            )
        part = own.currency_id.compare_amounts(own.onestop_refund_amount, own.amount)
        if part and own.provider_id.support_refund == "full_only":
            raise UserError(
                self.env._(
                    "This gateway pays back whole payments only. Pay the part back at "
                    "the bank, and enter the number of the payment order."
                )
            )
        refund = own._refund(own.onestop_refund_amount)
        return refund._build_action_feedback_notification()

    def action_onestop_refunded(self, reference):
        """Record that the money was paid back at the bank.

        :param reference: number of the payment order.
        :return: True.
        :raises UserError: nothing is to be paid back, or no number.
        :raises AccessError: the user is no cashier of the Centre.
        """
        own = self._to_refund()
        if not (reference or "").strip():
            raise UserError(self.env._("Enter the number of the payment order."))
        own._refunded(reference.strip())
        return True

    def _to_refund(self):
        """This transaction, to be paid back by a cashier of its Centre, locked."""
        self.ensure_one()
        self.check_access("read")
        # sudo: payment.transaction - cashiers read; what they decide is written here
        own = self.sudo()
        company = own.onestop_dossier_id.company_id
        if not company:
            raise AccessError(self.env._("This payment is not for a dossier."))
        self.env["onestop.bank.account"]._check_cashier(company)
        own.lock_for_update()
        own.invalidate_recordset()
        if own.onestop_state != "refund":
            raise UserError(self.env._("Nothing is to be paid back here."))
        return own

    def _refunded(self, reference):
        # sudo: payment.transaction - checked by the caller, or told by the gateway
        self.sudo().write({"onestop_state": "refunded", "onestop_reference": reference})

    def _to_pay_back(self, reason, amount=None, receipt_undone=False):
        """Put the money into the queue of what a cashier pays back.

        :param amount: how much of it; default all.
        """
        for payment in self:
            waits = payment.onestop_state == "refund" and payment.onestop_refund_amount
            back = min((waits or 0) + (amount or payment.amount), payment.amount)
            values = {
                "onestop_state": "refund",
                "onestop_finding": reason,
                "onestop_refund_amount": back,
            }
            if receipt_undone:
                values["onestop_receipt_id"] = False
            payment.write(values)
