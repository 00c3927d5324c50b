# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..money import statement as tables
from ..money.purpose import mentions

LARGEST = 10 * 1024 * 1024  # bytes
SHOWN = 100  # rows of the preview
COLUMNS = ("day", "credit", "debit", "amount", "description", "reference")


class OnestopBankImport(models.TransientModel):
    """Dialog: choose a statement of the bank, look at what it says, import it."""

    _name = "onestop.bank.import"
    _description = "Import of a bank statement"

    account_id = fields.Many2one(
        "onestop.bank.account",
        required=True,
        domain=[("state", "!=", "proposed")],
        default=lambda self: self._default_account(),
    )
    file = fields.Binary(string="Statement (Excel or CSV)", attachment=False)
    file_name = fields.Char()
    headers = fields.Char(string="Columns Found", compute="_compute_headers")
    column_day = fields.Char(
        string="Day", compute="_compute_columns", store=True, readonly=False
    )
    column_credit = fields.Char(
        string="Money In", compute="_compute_columns", store=True, readonly=False
    )
    column_debit = fields.Char(
        string="Money Out", compute="_compute_columns", store=True, readonly=False
    )
    column_amount = fields.Char(
        string="Amount with Sign",
        compute="_compute_columns",
        store=True,
        readonly=False,
        help="Of banks with one column for both directions.",
    )
    column_description = fields.Char(
        string="Description", compute="_compute_columns", store=True, readonly=False
    )
    column_reference = fields.Char(
        string="Reference",
        compute="_compute_columns",
        store=True,
        readonly=False,
        help="The bank's own number of the entry. The same number is booked once.",
    )
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    new_count = fields.Integer(compute="_compute_preview")

    @api.model
    def _default_account(self):
        accounts = self.env["onestop.bank.account"].search(
            [("state", "=", "confirmed"), ("company_id", "=", self.env.company.id)],
            limit=2,
        )
        return accounts if len(accounts) == 1 else accounts.browse()

    @api.depends("file")
    def _compute_headers(self):
        for wizard in self:
            wizard.headers = " · ".join(name for name in wizard._names() if name)

    @api.depends("file", "account_id")
    def _compute_columns(self):
        for wizard in self:
            names = wizard._names()
            remembered = wizard.account_id.columns or {}
            found = {k: v for k, v in remembered.items() if v in names}
            found = found or tables.guess(names)
            for column in COLUMNS:
                wizard[f"column_{column}"] = found.get(column)

    def _names(self):
        """The texts of the row of column headers; none without a file that has it."""
        try:
            return tables.headers(tables.table(self._content()))[1]
        except (tables.StatementError, UserError):
            return []

    @api.depends("file", "account_id", *(f"column_{name}" for name in COLUMNS))
    def _compute_preview(self):
        statements = self.env["onestop.bank.statement"]
        for wizard in self:
            wizard.preview, wizard.new_count = False, 0
            if not (wizard.file and wizard.account_id):
                continue
            values = {"error": "", "found": None, "rows": [], "shown": SHOWN}
            try:
                values["found"] = found = statements._read_file(
                    wizard.account_id, wizard._content(), wizard._columns()
                )
                wizard.new_count = len(found["new"])
                values["rows"] = wizard._preview_rows(found["new"][:SHOWN])
            except UserError as error:
                values["error"] = str(error)
            wizard.preview = self.env["ir.qweb"]._render(
                "onestop_dossier.bank_import_preview", values
            )

    def _preview_rows(self, entries):
        """New lines with the dossier that each of them names, as it would be found."""
        said = {entry: mentions(entry.description) for entry in entries}
        dossiers = self.env["onestop.dossier"]._by_transfer_code(
            {mention.code for some in said.values() for mention in some}
        )
        return [
            {
                "row": entry.row,
                "day": f"{entry.day:%d/%m/%Y}",
                "amount": f"{entry.amount:,}".replace(",", "."),
                "reference": entry.reference,
                "description": entry.description,
                "codes": ", ".join(
                    dict.fromkeys(
                        dossiers[m.code].code for m in said[entry] if m.code in dossiers
                    )
                ),
            }
            for entry in entries
        ]

    def _content(self):
        content = base64.b64decode(self.file or b"")
        if len(content) > LARGEST:
            raise UserError(self.env._("A statement has at most 10 MB."))
        return content

    def _columns(self):
        return {
            name: self[f"column_{name}"] for name in COLUMNS if self[f"column_{name}"]
        }

    def action_import(self):
        """Import the statement, and open it.

        :return: action of the web client.
        :raises UserError: see ``onestop.bank.statement``.
        """
        self.ensure_one()
        statement = self.env["onestop.bank.statement"]._import(
            self.account_id,
            self.file_name or self.env._("Statement"),
            self._content(),
            self._columns(),
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": statement._name,
            "res_id": statement.id,
            "views": [(False, "form")],
        }
