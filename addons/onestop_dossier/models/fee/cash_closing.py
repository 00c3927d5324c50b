# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

# A day once closed stays; whoever closes it is another person than the cashier.
CLOSED = """
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.state != 'closed'
       AND ROW(NEW.department_id, NEW.cashier_id, NEW.counter_id, NEW.day)
           IS NOT DISTINCT FROM
           ROW(OLD.department_id, OLD.cashier_id, OLD.counter_id, OLD.day) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
        MESSAGE = TG_OP || ' refused: the day of this cashier is closed';
END
"""
# Receipts, their cancellation and refunds belong to a day that is still open.
IN_OPEN_DAY = """
BEGIN
    IF (NEW.closing_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM onestop_cash_closing c
             WHERE c.id = NEW.closing_id AND c.state = 'open' AND c.day = NEW.day
               AND c.cashier_id = NEW.user_id
               AND c.department_id = NEW.department_id))
       OR EXISTS (
            SELECT FROM onestop_cash_closing c
             WHERE c.department_id = NEW.department_id AND c.day = NEW.day
               AND c.cashier_id = NEW.user_id AND c.state != 'open'
               AND (c.id = NEW.closing_id OR NEW.closing_id IS NULL))
    THEN
        RAISE EXCEPTION USING ERRCODE = '23514', TABLE = TG_TABLE_NAME,
            MESSAGE = 'the day of this cashier is closed';
    END IF;
    RETURN NEW;
END
"""


class OnestopCashClosing(models.Model):
    """What a cashier took at a counter on a day, counted and signed by two persons.

    Opened by the first receipt of the day. While it is open the figures are those of
    the receipts; signing fixes them, and closing makes them immutable.
    """

    _name = "onestop.cash.closing"
    _description = "Daily cash closing"
    _log_access = False
    _order = "day desc, id desc"

    department_id = fields.Many2one(
        "onestop.department",
        string="One-Stop Unit",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    cashier_id = fields.Many2one(
        "res.users", required=True, readonly=True, ondelete="restrict", index=True
    )
    counter_id = fields.Many2one("onestop.counter", readonly=True, ondelete="restrict")
    day = fields.Date(string="Date", required=True, readonly=True)
    state = fields.Selection(
        [
            ("open", "Not counted yet"),
            ("signed", "Signed by the cashier"),
            ("closed", "Day closed"),
        ],
        required=True,
        readonly=True,
        default="open",
    )
    entries = fields.Integer(
        required=True,
        readonly=True,
        default=1,
        help="How often something was entered into this day; every entry is counted "
        "before its receipt is written, so that none slips into a signed day.",
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, readonly=True, ondelete="restrict"
    )
    sheet = fields.Json(
        readonly=True, help="The figures, as they were when the cashier signed."
    )
    receipt_ids = fields.One2many("onestop.receipt", "closing_id", readonly=True)
    refund_ids = fields.One2many("onestop.refund", "closing_id", readonly=True)
    collected = fields.Monetary(compute="_compute_figures", help="Without cancelled.")
    refunded = fields.Monetary(compute="_compute_figures")
    expected = fields.Monetary(
        compute="_compute_figures",
        string="Cash Expected",
        help="Cash taken less cash refunded.",
    )
    figures = fields.Html(compute="_compute_figures_shown", sanitize=False)
    counted = fields.Monetary(string="Cash Counted", readonly=True)
    difference = fields.Monetary(
        string="Cash Difference",
        compute="_compute_figures",
        help="Cash counted less cash expected.",
    )
    denominations = fields.Json(
        readonly=True, help="How many notes of each value were counted."
    )
    explanation = fields.Text(string="Explanation of the Difference", readonly=True)
    is_mine = fields.Boolean(compute="_compute_is_mine")
    signed_at = fields.Datetime(string="Signed by the Cashier At", readonly=True)
    head_id = fields.Many2one(
        "res.users", string="Closed By", readonly=True, ondelete="restrict"
    )
    closed_at = fields.Datetime(readonly=True)
    note = fields.Text(string="Why It Was Sent Back", readonly=True)

    _one_a_day = models.UniqueIndex(
        "(department_id, cashier_id, coalesce(counter_id, 0), day)",
        "This cashier has a closing for this day.",
    )
    _two_persons = models.Constraint(
        "CHECK (head_id IS NULL OR head_id != cashier_id)",
        "Cashier and head of the counter are two persons.",
    )
    _signed_first = models.Constraint(
        "CHECK ((state = 'open' OR (sheet IS NOT NULL AND signed_at IS NOT NULL)) "
        "AND (state = 'closed') = (closed_at IS NOT NULL) "
        "AND (state = 'closed') = (head_id IS NOT NULL))",
        "A day is counted and signed by the cashier, then closed.",
    )
    _open_idx = models.Index("(day) WHERE state != 'closed'")

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        guard._make_function("onestop_cash_closing_kept", CLOSED)
        guard._make_trigger(
            self._table, "kept", "BEFORE UPDATE OR DELETE", "onestop_cash_closing_kept"
        )

    @api.model
    def _init_in_open_day(self, table, when):
        """Refuse rows of ``table`` that belong to a signed or closed day."""
        guard = self.env["onestop.database.guard"]
        guard._make_function("onestop_in_open_day", IN_OPEN_DAY)
        guard._make_trigger(table, "in_open_day", when, "onestop_in_open_day")

    @api.depends_context("uid")
    @api.depends("cashier_id")
    def _compute_is_mine(self):
        for closing in self:
            closing.is_mine = closing.cashier_id == self.env.user

    @api.depends("day", "cashier_id", "counter_id")
    def _compute_display_name(self):
        for closing in self:
            # sudo: res.users - the cashier's name
            parts = (
                closing.day and f"{closing.day:%d/%m/%Y}",
                closing.counter_id.name,
                closing.cashier_id.sudo().name,
            )
            closing.display_name = " · ".join(filter(None, parts))

    @api.depends("state", "sheet", "counted", "receipt_ids.state", "refund_ids")
    def _compute_figures(self):
        days = self.filtered(lambda c: not c.sheet)
        # sudo: onestop.receipt, onestop.refund - of days read by their rule
        open_days = days.sudo()
        open_days.receipt_ids.line_ids.mapped("kind")
        open_days.refund_ids.mapped("amount")
        for closing in self:
            sheet = closing.sheet or closing._sheet()
            closing.collected = float(sheet["collected"])
            closing.refunded = float(sheet["refunded"])
            closing.expected = float(sheet["cash"])
            signed = closing.state != "open"
            closing.difference = signed and closing.counted - closing.expected

    @api.depends("sheet", "receipt_ids.state", "refund_ids")
    @api.depends_context("lang")
    def _compute_figures_shown(self):
        for closing in self:
            closing.figures = self.env["ir.qweb"]._render(
                "onestop_dossier.cash_closing_figures",
                closing._shown(closing.sheet or closing._sheet()),
            )

    # ------------------------------------------------------------
    # The day of a cashier
    # ------------------------------------------------------------

    @api.model
    def _enter(self, department, user, counter, day, currency):
        """The open day of a cashier, counted up by one entry.

        The row is touched before the receipt is written: a signature under way and
        this entry cannot pass each other.

        :return: id of the closing.
        :raises UserError: the cashier has signed the day.
        """
        self.env.cr.execute(
            """
            INSERT INTO onestop_cash_closing AS till
                (department_id, cashier_id, counter_id, day, state, entries,
                 currency_id)
            VALUES (%s, %s, %s, %s, 'open', 1, %s)
            ON CONFLICT (department_id, cashier_id, coalesce(counter_id, 0), day)
            DO UPDATE SET entries = till.entries + 1 WHERE till.state = 'open'
            RETURNING id
            """,
            [department.id, user.id, counter.id or None, day, currency.id],
        )
        row = self.env.cr.fetchone()
        if not row:
            raise UserError(
                self.env._(
                    "The cash of %(day)s is counted and signed; nothing more is "
                    "entered into it. Ask the head of the counter to send it back, or "
                    "go on tomorrow.",
                    day=f"{day:%d/%m/%Y}",
                )
            )
        return row[0]

    @api.model
    def _counter_of(self, department, user, day):
        """The counter at which a cashier works on a day, as far as it is known."""
        days = self.search(
            [
                ("department_id", "=", department.id),
                ("cashier_id", "=", user.id),
                ("day", "=", day),
            ],
            order="id desc",
            limit=1,
        )
        return days.counter_id
