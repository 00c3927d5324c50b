# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopCashClosing(models.Model):
    """The figures of a day, counted from its receipts and refunds."""

    _inherit = "onestop.cash.closing"

    def _sheet(self):
        """The figures of this day from its receipts and refunds.

        :return: plain values; amounts are decimal numbers as text.
        """
        self.ensure_one()
        # sudo: onestop.receipt, onestop.refund - the closing was read by its rule
        receipts, refunds = self.sudo().receipt_ids, self.sudo().refund_ids
        issued = receipts.filtered(lambda r: r.state == "issued")
        money = receipts._money

        def total(amounts):
            return money(sum(amounts), self.currency_id)

        def by(records, key, value="amount"):
            groups = records.grouped(key)
            return {name: total(r[value] for r in g) for name, g in groups.items()}

        cash = sum(r.amount for r in issued if r.method == "cash")
        cash -= sum(r.amount for r in refunds if r.method == "cash")
        return {
            "receipts": len(issued),
            "collected": total(issued.mapped("amount")),
            "refunded": total(refunds.mapped("amount")),
            "cash": money(cash, self.currency_id),
            "methods": by(issued, "method"),
            "kinds": by(issued.line_ids, "kind"),
            "refund_methods": by(refunds, "method"),
            "refund_kinds": by(refunds, "kind"),
            "books": [
                self._book_row(book, rows)
                for book, rows in receipts.sorted("number").grouped("book_id").items()
            ],
        }

    def _book_row(self, book, receipts):
        numbers = {
            state: receipts.filtered(lambda r, s=state: r.state == s).mapped("number")
            for state in ("issued", "cancelled", "spoiled")
        }
        issued = receipts.filtered(lambda r: r.state == "issued")
        return {
            "book": book.id,
            "name": book.display_name,
            "first": min(receipts.mapped("number")),
            "last": max(receipts.mapped("number")),
            "issued": len(numbers["issued"]),
            "cancelled": numbers["cancelled"],
            "spoiled": numbers["spoiled"],
            "amount": receipts._money(sum(issued.mapped("amount")), self.currency_id),
        }

    def _shown(self, sheet):
        """Labels and amounts of the figures, for screen and paper."""

        def labels(model, name):
            return dict(self.env[model]._fields[name]._description_selection(self.env))

        def rows(totals, names):
            return [(names[key], float(value)) for key, value in totals.items()]

        methods = labels("onestop.receipt", "method")
        kinds = labels("onestop.receipt.line", "kind")
        return {
            "closing": self,
            "sheet": sheet,
            "methods": rows(sheet["methods"], methods),
            "kinds": rows(sheet["kinds"], kinds),
            "refund_methods": rows(sheet["refund_methods"], methods),
            "refund_kinds": rows(sheet["refund_kinds"], kinds),
        }
