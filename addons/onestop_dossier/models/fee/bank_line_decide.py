# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError


class OnestopBankLine(models.Model):
    """What a cashier decides on money that nobody could book by itself."""

    _inherit = "onestop.bank.line"

    def action_collect(self, dossier_id, fee_ids, note=""):
        """Collect fees of a dossier with this money, and give the receipt.

        :param dossier_id: id of a dossier of this Centre.
        :param fee_ids: ids of its fees; together no more than came in. What is more
            waits to be paid back.
        :param note: how the cashier found out.
        :return: id of the receipt.
        :raises UserError: decided already, or fees of more than came in.
        :raises AccessError: the user is no cashier of the Centre.
        """
        self._check_decides("new", "to_decide", "refund")
        if self.receipt_id and self.state != "to_decide":
            raise UserError(
                self.env._("A receipt was given for this money; take it off first.")
            )
        dossier = self.env["onestop.dossier"].browse(dossier_id).exists()
        dossier.check_access("read")
        if dossier.company_id != self.company_id:
            raise UserError(self.env._("Choose a dossier of this Centre."))
        fees = dossier._unpaid_fees().filtered(lambda f: f.id in fee_ids)
        if len(fees) != len(set(fee_ids)) or not fees:
            raise UserError(
                self.env._("Choose fees of this dossier that are still to be paid.")
            )
        if sum(fees.mapped("amount")) > self.amount:
            raise UserError(
                self.env._(
                    "The fees come to more than the %(amount)s đồng that came in. "
                    "Leave some out; a fee is never paid in part.",
                    amount=f"{self.amount:,.0f}".replace(",", "."),
                )
            )
        self._collect(dossier, fees, (note or "").strip())
        return self.receipt_id.id

    def action_refund(self, reason):
        """Have the money paid back to who sent it.

        :param reason: why it is not kept.
        :return: True.
        :raises UserError: decided already, or no reason.
        """
        self._check_decides("new", "to_decide")
        self._settle("refund", self._reason(reason), refund_amount=self.amount)
        return True

    def action_refunded(self, reference):
        """Record that the money was paid back.

        :param reference: number of the payment order at the bank.
        :return: True.
        :raises UserError: it was not to be paid back, or no reference.
        """
        self._check_decides("refund")
        if not (reference or "").strip():
            raise UserError(self.env._("Enter the number of the payment order."))
        # What stays here is what the receipt says.
        self._settle("refunded", reference.strip())
        return True

    def action_ignore(self, reason):
        """Leave the money where it is: it is no fee, such as a transfer of our own.

        :param reason: what it is.
        :return: True.
        :raises UserError: decided already, or no reason.
        """
        self._check_decides("new", "to_decide", "refund")
        if self.receipt_id:
            raise UserError(
                self.env._("A receipt was given for this money; it is no other money.")
            )
        self._settle("ignored", self._reason(reason), refund_amount=0)
        return True

    def action_unmatch(self, reason):
        """Take this money off the dossier on which it was booked wrongly.

        The receipt stays; its fees are refunded by an act of the dossier, and the line
        is decided again.

        :param reason: why; the citizen of that dossier reads it too.
        :return: True.
        :raises UserError: no receipt was given, or it was refunded already.
        :raises AccessError: the user may not refund fees of that dossier.
        """
        self._check_decides("matched", "refund")
        if not self.receipt_id:
            raise UserError(self.env._("No receipt was given for this money."))
        dossier, receipt = self.dossier_id, self.receipt_id
        dossier._do_refund_fee(
            receipt.id,
            self._reason(reason),
            method="transfer",
            reference=self.reference,
        )
        self._settle(
            "to_decide",
            self._reason(reason),
            finding="cancelled",
            receipt_id=False,
            refund_amount=0,
        )
        return True

    def action_reopen(self, reason):
        """Take a decision back: the line is decided again.

        Where a receipt was given: :meth:`action_unmatch`.

        :param reason: why.
        :return: True.
        :raises UserError: matched, or paid back already.
        """
        self._check_decides("ignored", "refund")
        if self.receipt_id:
            raise UserError(
                self.env._("A receipt was given; take the money off the dossier.")
            )
        self._settle("to_decide", self._reason(reason), refund_amount=0)
        return True

    def _receipt_undone(self, reason=""):
        """A receipt was cancelled: its money is decided on again."""
        for line in self.filtered("receipt_id"):
            line._settle(
                "to_decide",
                reason,
                finding="cancelled",
                dossier_id=line.dossier_id.id,
                receipt_id=False,
                refund_amount=0,
            )

    def _check_decides(self, *states):
        """Lock the line, and see that this user may decide on it now."""
        self.ensure_one()
        self.check_access("read")
        self.account_id._check_cashier(self.company_id)
        # sudo: onestop.bank.line - whoever decides does not write the fields by hand
        self.sudo().lock_for_update()
        self.invalidate_recordset()
        if self.state not in states:
            raise UserError(
                self.env._("This was decided in the meantime. Reload the page.")
            )

    def _reason(self, reason):
        if not (reason or "").strip():
            raise UserError(self.env._("Say why; it stays with the line."))
        return reason.strip()
