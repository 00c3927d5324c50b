# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models

LINE_KEPT = """
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.fee_id IS NULL
       AND to_jsonb(NEW) - 'fee_id' = to_jsonb(OLD) - 'fee_id' THEN
        RETURN NEW;
    END IF;
    -- The receipt has gone before: that of a trial, its own trigger saw to it.
    IF TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT FROM onestop_receipt WHERE id = OLD.receipt_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
        MESSAGE = TG_OP || ' refused: ' || TG_TABLE_NAME || ' is append-only';
END
"""


class OnestopReceiptLine(models.Model):
    """A fee on a receipt, as it was when it was paid."""

    _name = "onestop.receipt.line"
    _description = "Fee on a receipt"
    _order = "receipt_id.id, id"

    receipt_id = fields.Many2one(
        "onestop.receipt", required=True, readonly=True, index=True, ondelete="cascade"
    )
    # A fee of a case that was corrected goes; what was receipted stays.
    fee_id = fields.Many2one(
        "onestop.dossier.fee",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
    )
    name = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [("fee", "Fee"), ("charge", "Charge"), ("other", "Other")],
        required=True,
        readonly=True,
    )
    quantity = fields.Integer(readonly=True, default=1)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)

    refund_ids = fields.One2many("onestop.refund", "line_id", readonly=True)

    def _left(self):
        """What was paid and not refunded."""
        return self.amount - sum(self.refund_ids.mapped("amount"))

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        guard._make_function("onestop_receipt_line_kept", LINE_KEPT)
        guard._make_trigger(
            self._table,
            "append_only",
            "BEFORE UPDATE OR DELETE",
            "onestop_receipt_line_kept",
        )
