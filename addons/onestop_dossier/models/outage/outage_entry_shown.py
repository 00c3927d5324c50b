# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_amount

from .outage_entry_conflict import ACCEPTABLE

# A due date that differs by less was promised alike.
ALIKE = timedelta(minutes=5)


class OnestopOutageEntry(models.Model):
    """What a clerk and the head see: the slip on one side, the system on the other."""

    _inherit = "onestop.outage.entry"

    due_at = fields.Datetime(string="Due by the System", compute="_compute_due")
    is_due_changed = fields.Boolean(string="Due Date Differs", compute="_compute_due")
    conflict_text = fields.Text(string="What Differs", compute="_compute_conflict_text")
    comparison = fields.Html(compute="_compute_comparison", sanitize=False)
    can_accept = fields.Boolean(compute="_compute_can_accept")

    @api.depends("due_promised_at", "dossier_id.due_at")
    def _compute_due(self):
        for entry in self:
            # sudo: onestop.dossier - the due date of what was received here
            due, said = entry.dossier_id.sudo().due_at, entry.due_promised_at
            entry.due_at = due
            alike = due == said or (due and said and abs(due - said) <= ALIKE)
            entry.is_due_changed = bool(entry.dossier_id) and not alike

    @api.depends("conflicts")
    def _compute_conflict_text(self):
        for entry in self:
            entry.conflict_text = "\n".join(c["text"] for c in entry.conflicts or [])

    @api.depends("conflicts", "state", "user_id")
    @api.depends_context("uid")
    def _compute_can_accept(self):
        for entry in self:
            kinds = {conflict["kind"] for conflict in entry.conflicts or []}
            entry.can_accept = (
                entry.state == "conflict"
                and not kinds - ACCEPTABLE
                and entry.user_id == self.env.user
            )

    @api.depends("conflicts", "dossier_id", "payload")
    def _compute_comparison(self):
        for entry in self:
            rows = entry._rows_compared()
            entry.comparison = entry._comparison_table(rows) if rows else False

    def _comparison_table(self, rows):
        head = Markup(
            "<tr><th></th><th style='width: 42%%'>%s</th>"
            "<th style='width: 42%%'>%s</th></tr>"
        ) % (
            self.env._("On the slip"),
            self.env._("In the system"),
        )
        body = Markup("").join(
            Markup("<tr><th>%s</th><td>%s</td><td>%s</td></tr>") % row for row in rows
        )
        table = Markup("<table class='table table-sm'>%s%s</table>")
        return table % (head, body)

    def _rows_compared(self):
        """(label, on the slip, in the system) of each thing that the slip says.

        Numbers of identity papers stay masked here as everywhere.
        """
        # sudo: onestop.outage.entry - shown masked to whoever sees the entry
        if not self.sudo().payload:
            return []
        read = self._read()
        said, desk = read.said, self.env["onestop.reception.desk"]
        # sudo: onestop.dossier - what became of it, masked
        dossier = self.dossier_id.sudo()
        person = said.get("person") or {}
        new = person.get("new") or {}
        number = new.get("identity_number") or new.get("tax_code") or ""
        paid = sum(row.get("amount") or 0 for row in said.get("paid") or [])
        currency = self.env.company.currency_id
        fees = dossier.fee_ids.filtered("paid_at")
        return [
            (self.env._("Code"), read.code, dossier.code or ""),
            (
                self.env._("Owner"),
                person.get("name") or new.get("name") or "",
                dossier.person_id.name or "",
            ),
            (
                self.env._("Number"),
                person.get("masked") or self._masked(number),
                dossier.person_id.identity_masked or "",
            ),
            (
                self.env._("Procedure"),
                said.get("procedure") or "",
                dossier.procedure_id.name or "",
            ),
            (self.env._("Case"), said.get("case") or "", dossier.case_id.name or ""),
            (
                self.env._("Received at"),
                desk._when(read.occurred) or "",
                desk._when(dossier.received_at) or "",
            ),
            (
                self.env._("Result on"),
                desk._when(read.due) or "",
                desk._when(dossier.due_at) or "",
            ),
            (
                self.env._("Fees collected"),
                f"{format_amount(self.env, paid, currency)} "
                f"{said.get('paper_receipt') or ''}",
                format_amount(self.env, sum(fees.mapped("amount")), currency)
                if dossier
                else "",
            ),
        ]

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_receive_anyway(self):
        """Receive as it stands on the slip, although something differs.

        :return: True.
        :raises UserError: something has to be corrected first, or it was decided.
        """
        self.ensure_one()
        self.with_company(self.block_id.company_id)._receive_anyway()
        if self.state != "received":
            raise UserError(self.conflict_text)
        return True

    def action_void(self, reason):
        """Make the code of the slip void; the citizen has to be told.

        :param reason: why no dossier comes of it.
        :return: True.
        :raises UserError: no reason, or it was decided already.
        """
        self._void(reason)
        return True

    def action_open_desk(self):
        """Open the entry at the reception desk, to correct it.

        :return: the client action of the desk.
        """
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "onestop_dossier.reception_action"
        )
        return action | {"params": {"outage_id": self.id}}

    def action_erase(self, decision_id):
        """Erase what was entered, by a decision; its hash and the dossier stay.

        :param decision_id: id of the decision (``onestop.decision``).
        :return: True.
        :raises UserError: it is not decided yet what becomes of the entry.
        """
        self.check_access("read")
        decision = self.env["onestop.decision"].browse(decision_id).exists()
        decision.check_access("write")
        if not decision or any(e.state not in ("received", "void") for e in self):
            raise UserError(
                self.env._(
                    "Only what was received or is void is erased, by a decision."
                )
            )
        # sudo: onestop.outage.entry, ir.attachment - by whoever keeps decisions
        self.sudo().write(
            # Both sides of a conflict name people, too.
            {"payload": False, "conflicts": False, "erased_decision_id": decision.id}
        )
        files = self.env["ir.attachment"].sudo()  # sudo: as above
        files.search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        ).unlink()
        return True
