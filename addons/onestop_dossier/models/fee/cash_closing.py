# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base.models.res_users import check_identity

LEADERS = ("head", "deputy")
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
    figures = fields.Html(compute="_compute_figures", sanitize=False)
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
        for closing in self:
            sheet = closing.sheet or closing._sheet()
            closing.collected = float(sheet["collected"])
            closing.refunded = float(sheet["refunded"])
            closing.expected = float(sheet["cash"])
            signed = closing.state != "open"
            closing.difference = signed and closing.counted - closing.expected
            closing.figures = self.env["ir.qweb"]._render(
                "onestop_dossier.cash_closing_figures",
                closing._shown(sheet),
            )

    # ------------------------------------------------------------
    # Figures
    # ------------------------------------------------------------

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

    def action_open_count(self):
        """Open the dialog that counts and signs this day, or sends it back.

        :return: the window action.
        """
        self.ensure_one()
        back = self.env.context.get("default_mode") == "send_back"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send back") if back else self.env._("Count and sign"),
            "res_model": "onestop.cash.count",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_closing_id": self.id,
                "default_mode": "send_back" if back else "sign",
                "dialog_size": "medium",
            },
        }

    def action_sign(self, counted, explanation=None, denominations=None):
        """Sign the day as its cashier: the cash is counted, the figures are fixed.

        :param counted: cash counted (currency of the closing).
        :param explanation: why it differs from the receipts; required then.
        :param denominations: dictionary of value of a note to number of notes; its
            sum is what was counted.
        :return: True.
        :raises UserError: counted otherwise than expected without an explanation, or
            signed already.
        :raises AccessError: another's day.
        """
        self._do_sign(counted, explanation, denominations)
        return True

    @check_identity
    def action_close(self):
        """Close the signed day as head or deputy of the unit.

        :return: True.
        :raises UserError: the cashier has not signed.
        :raises AccessError: the cashier himself, or no leader of the unit.
        """
        return self._do_close()

    def action_send_back(self, reason):
        """Send a signed day back to its cashier, to be counted again.

        :param reason: what does not agree.
        :return: True.
        :raises UserError: no reason, or not signed.
        :raises AccessError: no leader of the unit.
        """
        for closing in self:
            closing._check_leader()
            if closing.state != "signed":
                raise UserError(self.env._("The day is not waiting to be closed."))
            if not (reason or "").strip():
                raise UserError(self.env._("Say what does not agree."))
            closing._locked().write(
                {"state": "open", "sheet": False, "signed_at": False, "note": reason}
            )
        return True

    def _do_sign(self, counted, explanation=None, denominations=None):
        self.ensure_one()
        self.check_access("read")
        if self.cashier_id != self.env.user:
            raise AccessError(
                self.env._("The cashier himself counts and signs his day.")
            )
        closing = self._locked()
        if closing.state != "open":
            raise UserError(self.env._("This day is signed already."))
        counted = closing._read_counted(counted, denominations)
        sheet = closing._sheet()
        if counted != float(sheet["cash"]) and not (explanation or "").strip():
            raise UserError(
                self.env._(
                    "Cash counted: %(counted)s; by the receipts it is %(expected)s. "
                    "Count again, or explain the difference.",
                    counted=closing.currency_id.format(counted),
                    expected=closing.currency_id.format(float(sheet["cash"])),
                )
            )
        closing.write(
            {
                "state": "signed",
                "sheet": sheet,
                "counted": counted,
                "denominations": denominations or False,
                "explanation": explanation or False,
                "signed_at": fields.Datetime.now(),
            }
        )

    def _read_counted(self, counted, denominations):
        wrong = UserError(self.env._("Enter the cash that was counted."))
        if denominations:
            try:
                found = {int(k): int(v) for k, v in denominations.items()}
            except (AttributeError, TypeError, ValueError) as error:
                raise wrong from error
            if any(value <= 0 or number < 0 for value, number in found.items()):
                raise wrong
            total = sum(value * number for value, number in found.items())
            if counted not in (None, False) and counted != total:
                raise UserError(
                    self.env._("The notes do not add up to the amount entered.")
                )
            return float(total)
        if isinstance(counted, bool) or not isinstance(counted, int | float):
            raise wrong
        if not 0 <= counted < 10**12:
            raise wrong
        return float(counted)

    def _do_close(self):
        for closing in self:
            closing._check_leader()
            if closing.cashier_id == self.env.user:
                raise AccessError(
                    self.env._("Somebody else than the cashier closes the day.")
                )
            closing = closing._locked()
            if closing.state != "signed":
                raise UserError(self.env._("The cashier signs first."))
            closing.write(
                {
                    "state": "closed",
                    "head_id": self.env.uid,
                    "closed_at": fields.Datetime.now(),
                }
            )
        return True

    def _locked(self):
        """This day, locked against entries, to be written by who was checked."""
        self.env.cr.execute(
            "SELECT id FROM onestop_cash_closing WHERE id = ANY(%s) FOR UPDATE",
            [self.ids],
        )
        self.invalidate_recordset()
        return self.sudo()  # sudo: onestop.cash.closing - the role was asked before

    def _check_leader(self):
        self.check_access("read")
        # sudo: onestop.membership - whether this very user has the role
        memberships = self.env["onestop.membership"].sudo()
        if not memberships._has_role(self.env.user, LEADERS, self.department_id):
            raise AccessError(
                self.env._(
                    "The head or a deputy of %(agency)s closes the day.",
                    agency=self.department_id.name,
                )
            )
