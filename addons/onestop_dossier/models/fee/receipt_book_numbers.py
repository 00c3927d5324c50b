# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

# First key of the advisory locks that serialise the numbers of a book.
NUMBERS = 0x6F737262


class OnestopReceiptBook(models.Model):
    """Which book a receipt is taken from, and its next number."""

    _inherit = "onestop.receipt.book"

    def _draw(self, own_transaction=True):
        """Take the next number of this book; it is free again if all is rolled back.

        Whoever draws waits until the one before has committed, so that there is
        neither a gap nor a double. What he committed stands in no snapshot that
        began before: it is read by a cursor of its own.

        :param own_transaction: False while demo data is loaded: nobody else sees the
            table yet.
        :raises UserError: the book is used up.
        """
        self.ensure_one()
        self.env["onestop.receipt"].flush_model(["number", "book_id"])
        cr = self.env.cr
        cr.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NUMBERS, self.id])
        query = (
            "SELECT coalesce(max(number), 0) FROM onestop_receipt WHERE book_id = %s"
        )
        cr.execute(query, [self.id])
        last = cr.fetchone()[0]
        if own_transaction:
            with self.env.registry.cursor() as fresh:
                fresh.execute(query, [self.id])
                last = max(last, fresh.fetchone()[0])
        number = max(last + 1, self.first)
        if self.last and number > self.last:
            raise UserError(
                self.env._(
                    "The book %(book)s is used up. Ask the head of the unit to open "
                    "the next one.",
                    book=self.display_name,
                )
            )
        return number

    @api.model
    def _book_for(self, department, user, kinds, method, day):
        """The book that a receipt is taken from.

        The cashier's own book comes first, then those of all cashiers; money that
        came by itself takes electronic ones.

        :param kinds: set of kinds of the fees.
        :raises UserError: the unit has books, but none for this cashier.
        """
        books = self.search(
            Domain("department_id", "=", department.id)
            & Domain("cashier_id", "in", [user.id, False])
            & Domain("state", "=", "open")
            & (Domain("valid_from", "=", False) | Domain("valid_from", "<=", day))
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">=", day)),
            order="cashier_id, first, id",
        )
        wanted = kinds.pop() if len(kinds) == 1 else None
        fitting = books.filtered(
            lambda b: not b.is_internal and b.kind in ("any", wanted)
        )
        alone = user._is_superuser() or method in ("transfer", "online")
        if alone:
            fitting = fitting.filtered(lambda b: b.medium == "electronic") or (
                fitting.browse() if user._is_superuser() else fitting
            )
        unused = fitting.filtered(lambda b: not b.last or b.next_number <= b.last)
        if unused:
            return unused[0]
        if not user._is_superuser() and self.search_count(
            [
                ("department_id", "=", department.id),
                ("is_internal", "=", False),
                ("state", "=", "open"),
            ],
            limit=1,
        ):
            raise UserError(
                self.env._(
                    "No book of receipts is open for you today. Ask the head of the "
                    "unit to open one, or collect fees and charges apart."
                )
            )
        return books.filtered("is_internal") or self._internal(department)

    @api.model
    def _keeps_kinds_apart(self, department):
        """Whether no book in use takes fees and charges together."""
        books = self.search(
            [
                ("department_id", "=", department.id),
                ("state", "=", "open"),
                ("is_internal", "=", False),
            ]
        )
        return bool(books) and "any" not in books.mapped("kind")

    @api.model
    def _internal(self, department):
        """The book of the unit's own slips, made when it is first needed."""
        self.env.cr.execute(
            """
            INSERT INTO onestop_receipt_book
                (department_id, form, symbol, first, kind, medium, is_internal, state)
            VALUES (%s, 'PT', %s, 1, 'any', 'electronic', TRUE, 'open')
            ON CONFLICT DO NOTHING
            """,
            [department.id, department.short or department.code or "PT"],
        )
        return self.search(
            [("department_id", "=", department.id), ("is_internal", "=", True)]
        )

    def action_open_spoil(self):
        """Open the dialog that records a spoiled blank.

        :return: the window action.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Spoiled blank"),
            "res_model": "onestop.spoil",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_book_id": self.id, "dialog_size": "medium"},
        }

    def action_spoil(self, reason):
        """Record the next blank of this paper book as spoiled.

        :param reason: what happened to it.
        :return: id of the row that keeps its number.
        :raises UserError: no reason, or no paper book in use.
        :raises AccessError: the user takes no money at this unit.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: onestop.membership - whether this very user has the role
        memberships = self.env["onestop.membership"].sudo()
        roles = ("cashier", "receiver", "returner")
        if not memberships._has_role(self.env.user, roles, self.department_id):
            raise AccessError(
                self.env._(
                    "Blanks are kept by the cashiers of %(agency)s.",
                    agency=self.department_id.name,
                )
            )
        if self.state != "open" or self.medium != "paper":
            raise UserError(self.env._("This is no book of paper receipts in use."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the blank cannot be used."))
        # sudo: onestop.receipt, onestop.cash.closing - the role was asked above
        book, moment = self.sudo(), fields.Datetime.now()
        day = memberships._today()
        currency = self.env.ref("base.VND")
        tills = self.env["onestop.cash.closing"].sudo()  # sudo: as above
        closing = tills._enter(
            book.department_id, self.env.user, book.counter_id, day, currency
        )
        return (
            self.env["onestop.receipt"]
            .sudo()  # sudo: as above
            .create(
                {
                    "book_id": book.id,
                    "number": book._draw(),
                    "currency_id": currency.id,
                    "amount": 0,
                    "department_id": book.department_id.id,
                    "user_id": self.env.uid,
                    "counter_id": book.counter_id.id,
                    "closing_id": closing,
                    "issued_at": moment,
                    "day": day,
                    "state": "spoiled",
                    "note": reason.strip(),
                }
            )
            .id
        )
