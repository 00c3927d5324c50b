# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import datetime, time
from zoneinfo import ZoneInfo

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

from ...ledger.transitions import CLOSED
from ...money.purpose import mentions
from ..clock.dossier_clock import naive


class OnestopBankLine(models.Model):
    """Finding the dossier that a transfer is meant for.

    Money is booked by itself only when the code passes its check digits and the amount
    is what is due. Everything else is decided by a cashier, with a suggestion.
    """

    _inherit = "onestop.bank.line"

    def _match(self):
        """Look at lines for the first time, as the user whose statement it is."""
        lines = self.filtered(lambda line: line.state == "new")
        said = {line: mentions(line.description) for line in lines}
        found = self.env["onestop.dossier"]._by_transfer_code(
            {mention.code for some in said.values() for mention in some}
        )
        for line in lines:
            sure = [found[m.code] for m in said[line] if m.checked and m.code in found]
            typed = [found[m.code] for m in said[line] if m.code in found]
            line._match_one(sure or typed, bool(sure))

    def _match_one(self, dossiers, sure):
        dossiers = self.env["onestop.dossier"].union(*dossiers)
        dossiers = dossiers.filtered(lambda d: d.company_id == self.company_id)
        if len(dossiers) != 1:
            finding = "ambiguous" if dossiers else "unknown"
            return self._settle("to_decide", finding=finding)
        finding, fees = self._finding(dossiers)
        given = sure and self._given_already(dossiers)
        if given:
            return self._settle(
                "matched", dossier_id=dossiers.id, receipt_id=given.id, finding=False
            )
        if not finding and not sure:
            finding = "unsure"
        if finding:
            return self._settle("to_decide", finding=finding, dossier_id=dossiers.id)
        try:
            with self.env.cr.savepoint():
                return self._collect(dossiers, fees)
        except UserError as error:
            return self._settle(
                "to_decide", str(error), finding="refused", dossier_id=dossiers.id
            )

    def _given_already(self, dossier):
        """The receipt that the counter gave when the citizen showed his transfer."""
        receipts = dossier.receipt_ids.filtered(
            lambda r: (
                r.state == "issued"
                and r.method == "transfer"
                and r.amount == self.amount
                and not r.line_ids.refund_ids
            )
        )
        taken = self.search([("receipt_id", "in", receipts.ids)]).receipt_id
        return (receipts - taken).sorted("id")[:1]

    def _finding(self, dossier):
        """(why it does not fit the dossier, or None; the fees that it pays)."""
        unpaid = dossier._unpaid_fees()
        if dossier.state in CLOSED:
            return "closed", unpaid
        if not unpaid:
            return "paid", unpaid
        for fees in (unpaid, dossier._fees_asked()):
            if fees and sum(fees.mapped("amount")) == self.amount:
                return None, fees
        due = sum(unpaid.mapped("amount"))
        return ("over" if self.amount > due else "part"), unpaid

    def _collect(self, dossier, fees, note=""):
        """Collect fees with this money; what is more is to be paid back."""
        receipt = dossier._do_collect_fees(
            fees,
            "transfer",
            reference=self.reference,
            received_at=self._received_at(dossier),
        )
        more = self.amount - sum(fees.mapped("amount"))
        return self._settle(
            "refund" if more else "matched",
            note,
            finding="over" if more else False,
            dossier_id=dossier.id,
            receipt_id=receipt.id,
            refund_amount=more,
        )

    def _received_at(self, dossier):
        """Noon of the bank's day: it says no time. Naive UTC."""
        # sudo: res.company - the time zone of the Centre's opening hours
        zone = dossier.company_id.sudo().resource_calendar_id.tz or LEGAL_ZONE
        return naive(datetime.combine(self.day, time(12), ZoneInfo(zone)))
