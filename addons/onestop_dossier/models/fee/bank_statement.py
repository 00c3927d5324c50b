# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...money import statement as tables

# So many are matched while the cashier waits; a cron goes on with the rest.
AT_ONCE = 50


class OnestopBankStatement(models.Model):
    """A file of the bank: what came in on an account in a period.

    The file is kept with its hash; the same file, and the same line of another file,
    has its effect once.
    """

    _name = "onestop.bank.statement"
    _description = "Bank statement"
    _order = "id desc"

    name = fields.Char(string="File", required=True, readonly=True)
    account_id = fields.Many2one(
        "onestop.bank.account",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict", index=True
    )
    content = fields.Binary(attachment=True, readonly=True)
    sha256 = fields.Char(string="SHA-256", required=True, readonly=True)
    day_from = fields.Date(string="First Day", readonly=True)
    day_to = fields.Date(string="Last Day", readonly=True)
    user_id = fields.Many2one(
        "res.users",
        string="Imported by",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    imported_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now
    )
    repeated = fields.Integer(
        readonly=True, help="Lines that an earlier statement had already."
    )
    outgoing = fields.Integer(
        string="Money Out", readonly=True, help="Lines of money that went out."
    )
    problems = fields.Text(
        string="Rows Not Read",
        readonly=True,
        help="What could not be read, row by row. Import a corrected file: what was "
        "read already is left out.",
    )
    line_ids = fields.One2many("onestop.bank.line", "statement_id", readonly=True)
    line_count = fields.Integer(string="Money In", compute="_compute_counts")
    open_count = fields.Integer(string="To Decide", compute="_compute_counts")

    _once = models.UniqueIndex(
        "(account_id, sha256)", "This file was imported already."
    )

    @api.depends("line_ids.state")
    def _compute_counts(self):
        counts = {}
        for statement, state, count in self.env["onestop.bank.line"]._read_group(
            [("statement_id", "in", self.ids)], ["statement_id", "state"], ["__count"]
        ):
            counts.setdefault(statement.id, {})[state] = count
        for statement in self:
            found = counts.get(statement.id, {})
            statement.line_count = sum(found.values())
            statement.open_count = sum(
                found.get(state, 0) for state in ("new", "to_decide", "refund")
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        raise UserError(self.env._("A bank statement stays on record."))

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    @api.model
    def _read_file(self, account, content, columns):
        """What an import would do, row by row; nothing is stored.

        :param columns: header text by column, see ``money.statement.entries``.
        :return: dictionary: ``new`` (entries), ``repeated`` and ``outgoing`` (counts),
            ``problems`` (sentences), ``period`` (first and last day, or None).
        :raises UserError: not a statement, in a sentence.
        """
        try:
            rows = tables.table(content)
            good, bad = tables.entries(rows, columns)
        except tables.StatementError as error:
            raise UserError(self._file_sentence(str(error))) from error
        days = [entry.day for entry in good]
        incoming = [entry for entry in good if entry.amount > 0]
        new, repeated, differing = self._split_known(account, incoming)
        problems = [(p.row, self._row_sentence(p.key, p.value)) for p in bad]
        problems += [
            (e.row, self._row_sentence("differs", e.reference)) for e in differing
        ]
        return {
            "new": new,
            "repeated": repeated,
            "outgoing": len(good) - len(incoming),
            "problems": [
                self.env._("Row %(row)s: %(problem)s", row=row, problem=text)
                for row, text in sorted(problems)
            ],
            "period": (min(days), max(days)) if days else None,
        }

    @api.model
    def _split_known(self, account, incoming):
        """(new entries, number of known ones, entries that say something else)."""
        # sudo: onestop.bank.line - what this account has already
        lines = self.env["onestop.bank.line"].sudo()
        known = {
            line.reference: (line.day, line.amount)
            for line in lines.search_fetch(
                [
                    ("account_id", "=", account.id),
                    ("reference", "in", [entry.reference for entry in incoming]),
                ],
                ["reference", "day", "amount"],
            )
        }
        new, repeated, differing = [], 0, []
        for entry in incoming:
            said = (entry.day, entry.amount)
            if entry.reference not in known:
                new.append(entry)
                known[entry.reference] = said
            elif known[entry.reference] == said:
                repeated += 1
            else:
                differing.append(entry)
        return new, repeated, differing

    def _file_sentence(self, key):
        sentences = {
            "empty": self.env._("The file is empty."),
            "too_long": self.env._(
                "The file has more than %(most)s rows. Export a shorter period.",
                most=tables.MOST_ROWS,
            ),
            "too_large": self.env._("The file is too large for a bank statement."),
            "unreadable": self.env._(
                "The file cannot be read. Export the statement again as Excel (.xlsx) "
                "or CSV; older Excel files (.xls) have to be saved as .xlsx."
            ),
            "no_header": self.env._(
                "No row with the names of the columns was found in the first %(rows)s "
                "rows.",
                rows=tables.HEADER_WITHIN,
            ),
            "no_column": self.env._(
                "Choose the columns of day, description, reference, and money in."
            ),
        }
        return sentences[key]

    def _row_sentence(self, key, value):
        sentences = {
            "day": self.env._("“%(value)s” is no day (dd/mm/yyyy).", value=value),
            "amount": self.env._(
                "“%(value)s” is no amount in whole đồng.", value=value
            ),
            "reference": self.env._("the bank's reference is missing."),
            "differs": self.env._(
                "the reference %(value)s is known with another day or amount. Ask the "
                "bank.",
                value=value,
            ),
        }
        return sentences[key]

    # ------------------------------------------------------------
    # Importing
    # ------------------------------------------------------------

    @api.model
    def _import(self, account, name, content, columns):
        """Import a file and match what came in.

        :param account: account of this Centre; an ended one, too: money comes late.
        :param content: the file's bytes.
        :return: the statement.
        :raises UserError: no statement, nothing new in it, or imported before.
        :raises AccessError: the user is no cashier of the Centre.
        """
        account.check_access("read")
        account._check_cashier(account.company_id)
        digest = hashlib.sha256(content).hexdigest()
        # sudo: onestop.bank.statement - lines of a bank are made here alone
        statements = self.sudo()
        before = statements.search(
            [("account_id", "=", account.id), ("sha256", "=", digest)]
        )
        if before:
            raise UserError(
                self.env._(
                    "This file was imported already, by %(user)s. Nothing was changed.",
                    user=before.user_id.name,
                )
            )
        found = self._read_file(account, content, columns)
        if not (found["new"] or found["repeated"] or found["outgoing"]):
            raise UserError(
                "\n".join(
                    [
                        self.env._("The file has no line that can be read."),
                        *found["problems"][:10],
                    ]
                )
            )
        statement = statements.create(
            {
                "name": name,
                "account_id": account.id,
                "company_id": account.company_id.id,
                "sha256": digest,
                "day_from": found["period"][0],
                "day_to": found["period"][1],
                "user_id": self.env.uid,
                "repeated": found["repeated"],
                "outgoing": found["outgoing"],
                "problems": "\n".join(found["problems"]),
                "line_ids": [
                    fields.Command.create(
                        {
                            "account_id": account.id,
                            "company_id": account.company_id.id,
                            "day": entry.day,
                            "amount": entry.amount,
                            "description": entry.description,
                            "reference": entry.reference,
                        }
                    )
                    for entry in found["new"]
                ],
            }
        )
        statement.content = base64.b64encode(content)
        account._write_act({"columns": columns})
        lines = self.env["onestop.bank.line"].browse(statement.line_ids.ids)
        lines[:AT_ONCE]._match()
        if lines[AT_ONCE:]:
            # sudo: ir.cron - a cashier may start the matching of his statement
            self.env.ref("onestop_dossier.bank_match_cron").sudo()._trigger()
        return self.browse(statement.id)

    @api.model
    def _cron_match(self, limit=20):
        """Match the lines that are left, in the name of who imported them."""
        lines = self.env["onestop.bank.line"].search([("state", "=", "new")])
        self.env["ir.cron"]._commit_progress(remaining=len(lines))
        for start in range(0, len(lines), limit):
            some = lines[start : start + limit]
            for user, own in some.grouped(lambda x: x.statement_id.user_id).items():
                own.with_user(user)._match()
            if not self.env["ir.cron"]._commit_progress(len(some)):
                break

    def action_open_lines(self):
        """Open the lines of this statement.

        :return: action of the web client.
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "onestop_dossier.bank_line_action"
        )
        return action | {
            "domain": [("statement_id", "=", self.id)],
            "context": {},
            "name": self.name,
        }
