# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools.misc import clean_context

from odoo.addons.base.models.res_users import check_identity

from ...money import vietqr

# Carried in the context by the methods that may write. An object's identity cannot
# come over RPC.
ACT = object()
PROPOSERS = ("cashier", "head", "deputy")
CONFIRMERS = ("head", "deputy")
# What a proposal says; the rest follows from the acts.
PROPOSED = frozenset(
    "company_id department_id bank_bin bank_name number holder reason".split()
)


class OnestopBankAccount(models.Model):
    """A bank account to which citizens pay.

    Whoever could change its number would have the fees of the province. So nothing of
    it is ever changed: another account is proposed by one person and confirmed by a
    second, who proves who he is, and the former one ends. All of them stay on record.
    """

    _name = "onestop.bank.account"
    _description = "Bank account for fees"
    _order = "company_id, department_id, id desc"

    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        required=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
        index=True,
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Collecting Agency",
        ondelete="restrict",
        index="btree_not_null",
        help="Fees of this agency's procedures go to this account. Without an agency: "
        "all fees for which there is no account of their own.",
    )
    bank_bin = fields.Char(
        string="Bank Number (BIN)",
        required=True,
        help="Six digits by which NAPAS knows the bank, such as 970436.",
    )
    bank_name = fields.Char(required=True)
    number = fields.Char(string="Account Number", required=True)
    holder = fields.Char(
        string="Account Holder",
        required=True,
        help="As the bank has it: the citizen compares it before he pays.",
    )
    reason = fields.Char(help="Why it is proposed, such as the notice of the bank.")
    state = fields.Selection(
        [("proposed", "Proposed"), ("confirmed", "In use"), ("ended", "Ended")],
        required=True,
        readonly=True,
        default="proposed",
        copy=False,
    )
    proposed_by_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        copy=False,
        ondelete="restrict",
    )
    proposed_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now, copy=False
    )
    confirmed_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    ended_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, ondelete="restrict"
    )
    ended_at = fields.Datetime(readonly=True, copy=False)
    columns = fields.Json(
        readonly=True,
        copy=False,
        help="Headers of the columns in this bank's statements, from the last import.",
    )

    _one_in_use = models.UniqueIndex(
        "(company_id, coalesce(department_id, 0)) WHERE state = 'confirmed'",
        "There is an account in use for these fees already.",
    )
    _two_persons = models.Constraint(
        "CHECK (confirmed_by_id <> proposed_by_id)",
        "Who proposed an account cannot confirm it.",
    )
    _use_is_confirmed = models.Constraint(
        "CHECK (state <> 'confirmed' OR confirmed_by_id IS NOT NULL)",
        "An account is used when a second person has confirmed it.",
    )

    def init(self):
        guard = self.env["onestop.database.guard"]
        function = "onestop_bank_account_fixed"
        same = ", ".join(
            f"{{}}.{name}"
            for name in (
                *("company_id", "department_id", "bank_bin", "number", "holder"),
                *("proposed_by_id", "proposed_at"),
            )
        )
        guard._make_function(
            function,
            f"""
            BEGIN
                IF TG_OP = 'DELETE'
                   OR ({same.format(*["NEW"] * 7)})
                      IS DISTINCT FROM ({same.format(*["OLD"] * 7)})
                   OR (OLD.confirmed_by_id IS NOT NULL
                       AND NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id)
                   OR (OLD.state = 'ended' AND NEW.state <> 'ended')
                THEN
                    RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
                        MESSAGE = 'a bank account stays what was confirmed';
                END IF;
                RETURN NEW;
            END
            """,
        )
        guard._make_trigger(self._table, "fixed", "BEFORE UPDATE OR DELETE", function)
        guard._no_truncate(self._table)

    @api.depends("bank_name", "number", "holder")
    def _compute_display_name(self):
        for account in self:
            account.display_name = f"{account.number} · {account.bank_name}"

    @api.constrains("bank_bin", "number", "holder")
    def _check_account(self):
        for account in self:
            if not vietqr.is_bin(account.bank_bin):
                raise ValidationError(
                    self.env._("The bank's number (BIN) has six digits.")
                )
            if not vietqr.is_account(account.number):
                raise ValidationError(
                    self.env._(
                        "The account number has up to 19 digits or letters, without "
                        "dots or spaces."
                    )
                )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        fixed = {"state": "proposed", "proposed_by_id": self.env.uid}
        return defaults | {k: v for k, v in fixed.items() if k in fields}

    @api.model_create_multi
    def create(self, vals_list):
        companies = self.env["res.company"]
        # A caller's default_confirmed_by_id is as good as a value.
        self = self.with_env(self.env(context=clean_context(self.env.context)))
        plain = []
        for vals in vals_list:
            if vals.keys() - PROPOSED:
                raise AccessError(self._fixed_sentence())
            company = companies.browse(vals.get("company_id") or self.env.company.id)
            self._check_role(company, PROPOSERS)
            plain.append(
                {
                    **vals,
                    "number": "".join((vals.get("number") or "").split()),
                    "company_id": company.id,
                    "state": "proposed",
                    "proposed_by_id": self.env.uid,
                    "proposed_at": fields.Datetime.now(),
                }
            )
        return super().create(plain)

    def write(self, vals):
        if self.env.context.get("onestop_bank") is not ACT:
            raise AccessError(self._fixed_sentence())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(self.env._("An account stays on record. End it instead."))

    def _write_act(self, vals):
        # sudo: onestop.bank.account - the role was checked by the act
        return self.sudo().with_context(onestop_bank=ACT).write(vals)

    # ------------------------------------------------------------
    # Acts
    # ------------------------------------------------------------

    @check_identity
    def action_confirm(self):
        """Put the account to use; the one before it ends.

        By a head or deputy of the Centre who did not propose it.

        :return: True.
        :raises UserError: not proposed any more, or proposed by this very user.
        :raises AccessError: no such role at the Centre.
        """
        return self._do_confirm()

    @check_identity
    def action_end(self):
        """End the account, or turn a proposal down. Nothing is asked to it any more.

        :return: True.
        :raises UserError: it is ended already.
        :raises AccessError: no such role at the Centre.
        """
        return self._do_end()

    def _do_confirm(self):
        self.ensure_one()
        self.check_access("read")
        self._check_role(self.company_id, CONFIRMERS)
        self.lock_for_update()
        if self.state != "proposed":
            raise UserError(
                self.env._("Only a proposed account is confirmed. Reload the page.")
            )
        if self.proposed_by_id == self.env.user:
            raise UserError(
                self.env._(
                    "You proposed this account yourself. A second person compares it "
                    "with the bank's paper and confirms it."
                )
            )
        former = self._in_use(self.company_id, self.department_id, exact=True)
        former._write_act(self._ended())
        former.flush_recordset()
        return self._write_act(
            {
                "state": "confirmed",
                "confirmed_by_id": self.env.uid,
                "confirmed_at": fields.Datetime.now(),
            }
        )

    def _do_end(self):
        self.ensure_one()
        self.check_access("read")
        mine = self.state == "proposed" and self.proposed_by_id == self.env.user
        if not mine:
            self._check_role(self.company_id, CONFIRMERS)
        self.lock_for_update()
        if self.state == "ended":
            raise UserError(self.env._("This account has ended already."))
        return self._write_act(self._ended())

    def _ended(self):
        return {
            "state": "ended",
            "ended_by_id": self.env.uid,
            "ended_at": fields.Datetime.now(),
        }

    def _check_role(self, company, roles):
        """Only people of the Centre's own unit touch its accounts.

        :raises AccessError: the user has none of ``roles`` there today.
        """
        # sudo: res.company, onestop.membership - whether this very user has the role
        unit = company.sudo().onestop_department_id
        memberships = self.env["onestop.membership"].sudo()
        if not memberships._has_role(self.env.user, roles, unit, lock=True):
            raise AccessError(
                self.env._(
                    "Bank accounts of %(centre)s are proposed by its cashiers and "
                    "confirmed by its head or a deputy.",
                    centre=company.name,
                )
            )

    def _check_cashier(self, company):
        """Only cashiers, head and deputies of the Centre work with its statements.

        :raises AccessError: the user has no such role there today.
        """
        # sudo: res.company, onestop.membership - whether this very user has the role
        unit = company.sudo().onestop_department_id
        memberships = self.env["onestop.membership"].sudo()
        if not memberships._has_role(self.env.user, PROPOSERS, unit):
            raise AccessError(
                self.env._(
                    "Only a cashier, the head or a deputy of %(centre)s decides on the "
                    "money that comes there.",
                    centre=company.name,
                )
            )

    def _fixed_sentence(self):
        return self.env._(
            "An account is not changed: whoever changes its number has the money. "
            "Propose another one; a second person confirms it."
        )

    # ------------------------------------------------------------
    # For others
    # ------------------------------------------------------------

    @api.model
    def _in_use(self, company, department, exact=False):
        """The account to which an agency's fees at a Centre go; may be none.

        :param exact: not the Centre's general account in its place.
        """
        # sudo: onestop.bank.account - public data of whoever collects
        found = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("department_id", "in", [department.id, False]),
                ("state", "=", "confirmed"),
            ]
        )
        own = found.filtered(lambda a: a.department_id == department)
        return own if exact else (own or found)[:1]
