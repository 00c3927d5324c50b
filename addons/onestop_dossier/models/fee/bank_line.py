# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

OPEN = ("new", "to_decide", "refund")


class OnestopBankLine(models.Model):
    """Money that came in on an account, and what became of it.

    What the bank said is never changed; the line ends matched with a receipt, paid
    back, or ignored for a reason, and until then it stands in the cashiers' queue.
    """

    _name = "onestop.bank.line"
    _description = "Money received by bank"
    _order = "day desc, id desc"
    _rec_name = "reference"

    statement_id = fields.Many2one(
        "onestop.bank.statement",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    account_id = fields.Many2one(
        "onestop.bank.account", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    day = fields.Date(required=True, readonly=True)
    amount = fields.Monetary(required=True, readonly=True)
    description = fields.Char(readonly=True)
    reference = fields.Char(string="Bank Reference", required=True, readonly=True)
    state = fields.Selection(
        [
            ("new", "Not looked at yet"),
            ("to_decide", "To decide"),
            ("matched", "Matched"),
            ("refund", "To be paid back"),
            ("refunded", "Paid back"),
            ("ignored", "Ignored"),
        ],
        required=True,
        readonly=True,
        default="new",
    )
    finding = fields.Selection(
        [
            ("unknown", "No dossier is named"),
            ("unsure", "Named without check digits"),
            ("ambiguous", "Several dossiers are named"),
            ("part", "Less than is due"),
            ("over", "More than is due"),
            ("paid", "Nothing is due any more"),
            ("closed", "The dossier is finished"),
            ("refused", "Could not be collected"),
            ("cancelled", "It was booked wrongly"),
        ],
        string="Why",
        readonly=True,
    )
    dossier_id = fields.Many2one(
        "onestop.dossier", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    receipt_id = fields.Many2one(
        "onestop.receipt", readonly=True, index="btree_not_null", ondelete="restrict"
    )
    refund_amount = fields.Monetary(
        string="To Pay Back", readonly=True, help="What does not belong to a receipt."
    )
    note = fields.Char(readonly=True, help="Why it was decided so.")
    decided_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True)
    course = fields.Json(readonly=True, help="All decisions, the first one first.")

    _once = models.UniqueIndex(
        "(account_id, reference)", "The bank's reference is known on this account."
    )
    _open_idx = models.Index(
        "(company_id, state) WHERE state IN ('new', 'to_decide', 'refund')"
    )
    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "Only money that came in is kept here."
    )
    _refund_within = models.Constraint(
        "CHECK (refund_amount >= 0 AND refund_amount <= amount)",
        "No more is paid back than came in.",
    )
    _matched_has_receipt = models.Constraint(
        "CHECK (state <> 'matched' OR receipt_id IS NOT NULL)",
        "A matched line has a receipt.",
    )

    def init(self):
        guard = self.env["onestop.database.guard"]
        function = "onestop_bank_line_fixed"
        said = "({0}.statement_id, {0}.account_id, {0}.company_id, {0}.day, "
        said += "{0}.amount, {0}.description, {0}.reference)"
        guard._make_function(
            function,
            f"""
            BEGIN
                IF TG_OP = 'DELETE'
                   OR {said.format("NEW")} IS DISTINCT FROM {said.format("OLD")}
                THEN
                    RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                        MESSAGE = 'what the bank said is not changed';
                END IF;
                RETURN NEW;
            END
            """,
        )
        guard._make_trigger(self._table, "fixed", "BEFORE UPDATE OR DELETE", function)
        guard._no_truncate(self._table)

    def _compute_currency_id(self):
        # Accounts of the State are kept in đồng.
        self.currency_id = self.env["ir.model.data"]._xmlid_to_res_id("base.VND")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(self.env._("What the bank said stays on record."))

    def _settle(self, state, note="", **values):
        """Write what was decided, and add it to the line's course.

        :param state: the state that follows.
        :param note: why.
        """
        self.ensure_one()
        now = fields.Datetime.now()
        step = {
            "at": fields.Datetime.to_string(now),
            "by": self.env.uid,
            "state": state,
            "note": note,
            "dossier": values.get("dossier_id") or None,
            "receipt": values.get("receipt_id") or None,
        }
        # sudo: onestop.bank.line - the role was checked, or the matching decides
        self.sudo().write(
            {
                "state": state,
                "note": note,
                "decided_by_id": self.env.uid,
                "decided_at": now,
                "course": [*(self.course or []), step],
                **values,
            }
        )
