# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

RECEIPTS = """
    SELECT r.id, r.state, r.amount, said.given, said.taken_back, said.refunded,
           (SELECT coalesce(sum(amount), 0) FROM onestop_receipt_line
             WHERE receipt_id = r.id) AS lines,
           (SELECT coalesce(sum(amount), 0) FROM onestop_refund
             WHERE receipt_id = r.id) AS back
      FROM onestop_receipt r, LATERAL (
        SELECT sum(amount) FILTER (WHERE kind = 'collect_fee') AS given,
               count(*) FILTER (WHERE kind = 'cancel_receipt') AS taken_back,
               coalesce(sum(amount) FILTER (WHERE kind = 'refund_fee'), 0) AS refunded
          FROM (SELECT e.kind, (e.body::jsonb #>> '{data,amount}')::numeric AS amount
                  FROM onestop_dossier_event e
                 WHERE e.dossier_id = r.dossier_id
                   AND e.kind IN ('collect_fee', 'cancel_receipt', 'refund_fee')
                   AND (e.body::jsonb #>> '{data,receipt}')::int = r.id) AS acts
      ) AS said
     WHERE r.id = ANY(%s) AND r.dossier_id IS NOT NULL
     ORDER BY r.id
"""
BOOKS = """
    SELECT b.id, b.first, count(*) AS used, max(r.number) AS last
      FROM onestop_receipt_book b JOIN onestop_receipt r ON r.book_id = b.id
     GROUP BY b.id, b.first
    HAVING count(*) != max(r.number) - b.first + 1
     ORDER BY b.id
"""


class OnestopDossierEvent(models.Model):
    """Verification of receipts: the books have no gap, the ledger says the same."""

    _inherit = "onestop.dossier.event"

    @api.model
    def _verify_ledgers(self):
        checked, findings = super()._verify_ledgers()
        count, found = self._verify_receipts()
        return checked + count, findings + found

    @api.model
    def _verify_receipts(self):
        self.env.flush_all()
        count, findings = 0, []
        for ids in self._batches("onestop_receipt"):
            count += len(ids)
            self.env.cr.execute(RECEIPTS, [ids])
            for row in self.env.cr.dictfetchall():
                reason = self._receipt_differs(row)
                if reason:
                    findings.append(
                        {
                            "ledger": "onestop.receipt",
                            "row": f"id {row['id']}",
                            "reason": reason,
                        }
                    )
        self.env.cr.execute(BOOKS)
        findings += [
            {
                "ledger": "onestop.receipt.book",
                "row": f"id {row['id']}",
                "reason": f"{row['used']} numbers of {row['first']}-{row['last']}",
            }
            for row in self.env.cr.dictfetchall()
        ]
        return count, findings

    @api.model
    def _receipt_differs(self, row):
        """Why a receipt is not what the ledger says, or None."""
        if row["given"] is None:
            return "no event says that it was given out"
        if row["given"] != row["amount"] or row["lines"] != row["amount"]:
            return "its amount differs from its event or its lines"
        if (row["state"] == "cancelled") != (row["taken_back"] == 1):
            return "its state differs from the events"
        if row["refunded"] != row["back"]:
            return "its refunds differ from the events"
        return None
