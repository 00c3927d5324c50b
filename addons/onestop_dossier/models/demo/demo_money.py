# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, models

from .demo import CENTRE, COMMUNE

# Form, letters and last letter of the symbol, medium; by the Centre and the commune.
BOOKS = (
    (CENTRE, "01BLP3-001", "AA", "P", "paper", 5000),
    (CENTRE, "01BLP0-001", "AA", "E", "electronic", 0),
    (COMMUNE, "01BLP3-001", "AB", "P", "paper", 5000),
)


class OnestopDemo(models.AbstractModel):
    """Money in the demo database: books, what was taken back, closed days."""

    _inherit = "onestop.demo"

    @api.model
    def _load_receipt_books(self):
        """Two counters of the Centre, one of the commune, and books of receipts."""
        units = self.env["onestop.department"]
        today = self.env["onestop.membership"]._today()
        counters = {}
        for short, name in (
            (CENTRE, "Quầy thu phí số 1"),
            (CENTRE, "Quầy thu phí số 2"),
            (COMMUNE, "Quầy số 1"),
        ):
            unit = units.search([("short", "=", short)], limit=1)
            counter = self.env["onestop.counter"].create(
                {"name": name, "department_id": unit.id}
            )
            counters.setdefault(short, counter)
        for short, form, letters, end, medium, last in BOOKS:
            counter = counters[short]
            paper = medium == "paper"
            self.env["onestop.receipt.book"].create(
                {
                    "department_id": counter.department_id.id,
                    "form": form,
                    "symbol": f"{letters}-{today:%y}{end}",
                    "medium": medium,
                    "last": last,
                    "counter_id": counter.id if paper else False,
                }
            ).action_open()

    @api.model
    def _load_closings(self):
        """Take a receipt and a fee back, then count, sign and close the days.

        The last day of the Centre is signed and waits for its head.
        """
        self._cancel_one()
        self._refund_one()
        today = self.env["onestop.membership"]._today()
        closings = self.env["onestop.cash.closing"].search(
            [("day", "<", today)], order="day, id"
        )
        last = closings[-1:]
        for closing in closings:
            as_cashier = closing.with_user(closing.cashier_id)
            as_cashier._do_sign(closing.expected)
            unit = closing.department_id
            head = unit.head_id or unit.deputy_ids[:1]
            if closing != last and head and head != closing.cashier_id:
                closing.with_user(head)._do_close()

    @api.model
    def _cancel_one(self):
        """A receipt with a wrong name, cancelled and given out again."""
        receipts = self.env["onestop.receipt"].search(
            [("method", "=", "cash"), ("dossier_id.state", "=", "received")]
        )
        for receipt in receipts:
            dossier = receipt.dossier_id
            if dossier.event_ids[-1:].kind == "collect_fee":
                fees, moment = receipt.fee_ids, receipt.issued_at
                dossier = dossier.with_user(receipt.user_id)._occurred(
                    moment + timedelta(minutes=2), "demo"
                )
                dossier._do_cancel_receipt(receipt.id, "Ghi sai tên người nộp tiền.")
                dossier._do_collect_fees(fees, "cash")
                return

    @api.model
    def _refund_one(self):
        """What was paid for a dossier that ended without a result."""
        receipt = self.env["onestop.receipt"].search(
            [
                ("state", "=", "issued"),
                ("dossier_id.state", "in", ("stopped", "refused")),
            ],
            limit=1,
        )
        if receipt:
            moment = receipt.dossier_id.finished_at + timedelta(minutes=10)
            cashier = receipt.user_id
            receipt.dossier_id.with_user(cashier)._occurred(
                moment, "demo"
            )._do_refund_fee(
                receipt.id,
                "Hồ sơ kết thúc khi chưa giải quyết; hoàn trả số tiền đã nộp.",
            )
