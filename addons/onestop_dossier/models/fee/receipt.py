# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.onestop_procedure.vn_format import vn_money_words

METHODS = [
    ("cash", "Cash"),
    ("card", "Card"),
    ("transfer", "Bank transfer"),
    ("online", "Online"),
]
# What may still be set on a receipt: its cancellation, once, and the file of the
# electronic one. Everything else is as it was given out.
KEPT = """
DECLARE
    later text[] := ARRAY['state', 'cancelled_at', 'canceller_id', 'attachment_id'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT FROM onestop_dossier d
                    WHERE d.id = OLD.dossier_id AND d.is_trial) THEN
            RETURN OLD;
        END IF;
    ELSIF to_jsonb(NEW) - later = to_jsonb(OLD) - later
      AND (NEW.state = OLD.state
           OR (OLD.state = 'issued' AND NEW.state = 'cancelled'))
      AND (NEW.state = 'cancelled') = (NEW.cancelled_at IS NOT NULL)
      AND (OLD.cancelled_at IS NULL
           OR ROW(NEW.cancelled_at, NEW.canceller_id)
              IS NOT DISTINCT FROM ROW(OLD.cancelled_at, OLD.canceller_id)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
        MESSAGE = TG_OP || ' refused: a receipt stays as it was given out; it is '
                  || 'cancelled or refunded';
END
"""
IN_ITS_BOOK = """
DECLARE
    book onestop_receipt_book;
BEGIN
    SELECT * INTO book FROM onestop_receipt_book WHERE id = NEW.book_id;
    IF book.id IS NOT NULL
       AND (NEW.number < book.first
            OR (coalesce(book.last, 0) > 0 AND NEW.number > book.last)) THEN
        RAISE EXCEPTION USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
            MESSAGE = 'the number is not one of its book';
    END IF;
    RETURN NEW;
END
"""


class OnestopReceipt(models.Model):
    """A receipt of fees and charges, given out once (biên lai thu phí, lệ phí).

    Made, cancelled and refunded by the acts of the dossier alone; a spoiled blank of
    a paper book is one, too. Triggers hold it to what was given out.
    """

    _name = "onestop.receipt"
    _description = "Receipt of fees"
    _log_access = False
    _order = "id desc"

    dossier_id = fields.Many2one(
        "onestop.dossier", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    book_id = fields.Many2one(
        "onestop.receipt.book",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    number = fields.Integer(readonly=True, aggregator=None)
    line_ids = fields.One2many("onestop.receipt.line", "receipt_id", readonly=True)
    fee_ids = fields.Many2many(
        "onestop.dossier.fee", compute="_compute_fee_ids", string="Fees"
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    method = fields.Selection(METHODS, readonly=True)
    reference = fields.Char(
        readonly=True, help="Number of the payment at the bank or the gateway."
    )
    received_at = fields.Datetime(
        string="Money Received At",
        readonly=True,
        help="When the money came, where that was before the receipt.",
    )
    payer_id = fields.Many2one(
        "onestop.person", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="One-Stop Unit",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Collected By",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    counter_id = fields.Many2one("onestop.counter", readonly=True, ondelete="restrict")
    closing_id = fields.Many2one(
        "onestop.cash.closing",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    issued_at = fields.Datetime(required=True, readonly=True)
    day = fields.Date(
        string="Date", required=True, readonly=True, help="Legal day of the receipt."
    )
    state = fields.Selection(
        [
            ("issued", "Receipt issued"),
            ("cancelled", "Receipt cancelled"),
            ("spoiled", "Spoiled blank"),
        ],
        required=True,
        readonly=True,
        default="issued",
    )
    cancelled_at = fields.Datetime(readonly=True)
    canceller_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    note = fields.Char(readonly=True, help="Why a blank was spoiled.")

    _number_unique = models.UniqueIndex(
        "(book_id, number)", "This number of the book is used already."
    )
    _day_idx = models.Index("(department_id, day, user_id)")
    _of_dossier = models.Constraint(
        "CHECK ((state = 'spoiled') = (dossier_id IS NULL) "
        "AND (dossier_id IS NULL) = (method IS NULL) "
        "AND (book_id IS NULL) = (number IS NULL) AND amount >= 0)",
        "A receipt is about a dossier and has a number of a book.",
    )

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        guard._make_function("onestop_receipt_kept", KEPT)
        guard._make_trigger(
            self._table, "kept", "BEFORE UPDATE OR DELETE", "onestop_receipt_kept"
        )
        guard._make_function("onestop_receipt_in_its_book", IN_ITS_BOOK)
        guard._make_trigger(
            self._table, "in_its_book", "BEFORE INSERT", "onestop_receipt_in_its_book"
        )
        self.env["onestop.cash.closing"]._init_in_open_day(
            self._table, "BEFORE INSERT OR UPDATE OF state"
        )

    @api.depends("book_id", "number")
    def _compute_display_name(self):
        for receipt in self:
            symbol = receipt.book_id.symbol
            receipt.display_name = (
                f"{symbol} {receipt.number:07d}" if symbol else self.env._("Trial")
            )

    @api.depends("line_ids.fee_id")
    def _compute_fee_ids(self):
        for receipt in self:
            receipt.fee_ids = receipt.line_ids.fee_id

    def _amount_words(self):
        """The amount as the receipt writes it out."""
        return vn_money_words(self.amount)

    def _by_kind(self):
        """Amounts by kind of fee, as events keep them."""
        totals = {}
        for line in self.line_ids:
            totals[line.kind] = totals.get(line.kind, 0) + line.amount
        return {k: self._money(v, self.currency_id) for k, v in totals.items()}

    @api.model
    def _money(self, amount, currency):
        """An amount as events keep it: a decimal number as text."""
        return f"{amount:.{currency.decimal_places}f}"
