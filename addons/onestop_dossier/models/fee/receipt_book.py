# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

KEEPERS = ("head", "deputy")
# What cannot change once a number of the book was used.
PRINTED = frozenset("department_id form symbol first kind medium is_internal".split())


class OnestopReceiptBook(models.Model):
    """A book of receipts: form, symbol and a run of numbers (NĐ 123/2020, Điều 32).

    Numbers are used in their order, each once: issued, cancelled or spoiled. A unit
    that has no book of the tax office gives slips of an internal one.
    """

    _name = "onestop.receipt.book"
    _description = "Book of receipts"
    _order = "department_id, state, form, symbol, first, id"

    department_id = fields.Many2one(
        "onestop.department",
        string="One-Stop Unit",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('user_ids', 'in', [uid])]",
    )
    form = fields.Char(
        string="Form Number",
        required=True,
        help="Ten characters such as 01BLP3-001: kind of receipt, copies, form "
        "(NĐ 123/2020/NĐ-CP, Điều 32).",
    )
    symbol = fields.Char(
        required=True,
        help="Such as AA-26P: two letters, the year, and P for printed by order, T "
        "for printed by the unit, E for electronic.",
    )
    first = fields.Integer(string="From Number", required=True, default=1)
    last = fields.Integer(
        string="To Number", help="0: no end; for electronic receipts."
    )
    kind = fields.Selection(
        [("any", "Fees and charges"), ("fee", "Fees"), ("charge", "Charges")],
        required=True,
        default="any",
    )
    medium = fields.Selection(
        [("paper", "On paper"), ("electronic", "Electronic")],
        required=True,
        default="paper",
    )
    is_internal = fields.Boolean(
        readonly=True,
        help="Slips of the unit itself, while it has no book of the tax office.",
    )
    cashier_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        index="btree_not_null",
        help="Who alone uses this book; empty for all cashiers of the unit.",
    )
    counter_id = fields.Many2one(
        "onestop.counter",
        ondelete="restrict",
        index="btree_not_null",
        domain="[('department_id', '=', department_id)]",
    )
    valid_from = fields.Date()
    valid_to = fields.Date(string="Valid Until")
    state = fields.Selection(
        [("draft", "Not in use yet"), ("open", "In use"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    receipt_ids = fields.One2many("onestop.receipt", "book_id")
    next_number = fields.Integer(compute="_compute_next_number")

    _numbers = models.Constraint(
        "CHECK (first > 0 AND (last IS NULL OR last = 0 OR last >= first) "
        "AND coalesce(last, 0) <= 9999999)",
        "Numbers of receipts have at most seven digits, and the last is not below "
        "the first.",
    )
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (department_id WITH =, form WITH =, symbol WITH =, "
        "int4range(first, NULLIF(last, 0), '[]') WITH &&)",
        "Another book of this form and symbol has some of these numbers.",
    )
    _validity = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to)",
        "A book cannot end before it begins.",
    )
    _one_internal = models.UniqueIndex(
        "(department_id) WHERE is_internal", "The unit has its internal book already."
    )

    @api.depends("form", "symbol")
    def _compute_display_name(self):
        for book in self:
            book.display_name = " ".join(filter(None, (book.form, book.symbol)))

    @api.depends("receipt_ids", "first")
    def _compute_next_number(self):
        used = dict(
            self.env["onestop.receipt"]
            .sudo()  # sudo: onestop.receipt - only the last number of a book
            ._read_group([("book_id", "in", self.ids)], ["book_id"], ["number:max"])
        )
        for book in self:
            book.next_number = used.get(book._origin, (book.first or 1) - 1) + 1

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [vals | {"state": "draft"} for vals in vals_list]
        books = super().create(vals_list)
        books._check_keeper()
        return books

    def write(self, vals):
        self._check_keeper()
        if PRINTED & vals.keys() and any(book._is_begun() for book in self):
            raise UserError(
                self.env._(
                    "Receipts of this book were given out; form, symbol and numbers "
                    "stay. Close the book and open another one."
                )
            )
        result = super().write(vals)
        if "department_id" in vals:
            self._check_keeper()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        self._check_keeper()
        if any(book._is_begun() for book in self):
            raise UserError(
                self.env._("Receipts of this book were given out; close it instead.")
            )

    def _is_begun(self):
        # sudo: onestop.receipt - only whether there is one
        return bool(self.receipt_ids.sudo()[:1])

    def _check_keeper(self):
        """Refuse who does not lead the unit of these books."""
        if self.env.su:
            return
        # sudo: onestop.membership - whether this very user has the role
        memberships = self.env["onestop.membership"].sudo()
        for department in self.department_id:
            if not memberships._has_role(self.env.user, KEEPERS, department):
                raise AccessError(
                    self.env._(
                        "The books of receipts of %(agency)s are kept by its head and "
                        "deputies.",
                        agency=department.name,
                    )
                )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_open(self):
        """Take this book into use.

        :return: True.
        :raises AccessError: the user does not lead the unit.
        """
        self.write({"state": "open"})
        return True

    def action_close(self):
        """Close this book; numbers that are left are not used any more.

        :return: True.
        :raises AccessError: the user does not lead the unit.
        """
        self.write({"state": "closed"})
        return True
