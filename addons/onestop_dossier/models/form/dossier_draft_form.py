# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo import fields, models
from odoo.exceptions import UserError

from ...forms import form_of, signature_lines
from ...ledger.canonical import parse_instant

# Papers that have a form, the series of their numbers, and their report.
SERIES = {"apology": "PXL", "stop": "TB"}
REPORTS = {
    "apology": "onestop_dossier.dossier_apology_report",
    "stop": "onestop_dossier.dossier_stop_report",
}
# Where the dossier stood when it was stopped, in words for the citizen.
STAGES = {
    "submitted": "mới nộp, chưa tiếp nhận",
    "received": "đã tiếp nhận, chưa chuyển xử lý",
    "processing": "đang thẩm định",
    "supplement": "chờ bổ sung, hoàn thiện hồ sơ",
    "payment": "chờ thực hiện nghĩa vụ tài chính",
    "suspended": "tạm dừng xử lý",
    "approving": "đang trình phê duyệt",
    "approved": "đã phê duyệt, chưa phát hành",
    "rejected": "đã có quyết định từ chối, chưa phát hành",
}


class OnestopDossierDraft(models.Model):
    """Form 04 and the stop notice (form 05 of 2025): number, signature, words."""

    _inherit = "onestop.dossier.draft"

    number = fields.Char(readonly=True, help="Given when the paper is signed.")
    signing_mark = fields.Char(
        readonly=True, help="KT., TUQ., TL. or Q. (NĐ 30/2020/NĐ-CP, Điều 13)."
    )
    signing_office = fields.Char(readonly=True, help="The signer's own office.")

    def _give_numbers(self, own_transaction=True):
        """Number what was signed: a series an agency and year (NĐ 30/2020, Điều 15)."""
        for draft in self.filtered(lambda d: d.kind in SERIES and not d.number):
            agency = draft.department_id
            dossier = draft.dossier_id
            series = SERIES[draft.kind]
            year = dossier._legal_day(draft.signed_at).year
            # sudo: onestop.dossier.counter - numbers are drawn by acts
            counter = self.env["onestop.dossier.counter"].sudo()
            number = counter._draw_number(
                f"{agency.code or agency.short}/{series}",
                date(year, 1, 1),
                own_transaction,
            )
            symbol = f"/{series}"
            if draft.kind == "stop":
                symbol += f"-{agency.short}"
            draft.number = f"{number:02d}{symbol}"

    def action_print(self):
        """Print the paper: form 04 of an apology, form 05 of a stop.

        :return: the report action.
        :raises UserError: papers of this kind have no form.
        """
        self.ensure_one()
        if self.kind not in REPORTS or not self._paper_form():
            raise UserError(self._no_form())
        return self.env.ref(REPORTS[self.kind]).report_action(self)

    def _no_form(self):
        return self.env._(
            "The rules of this dossier have no form for this; it is kept in the file."
        )

    def _paper_form(self):
        """What the circular of the dossier fixes of this paper, or None."""
        self.ensure_one()
        # sudo: onestop.dossier - by which rules it was received
        return form_of(self.kind, self.dossier_id.sudo()._form_rules())

    # ------------------------------------------------------------
    # What the forms say
    # ------------------------------------------------------------

    def _letter_values(self):
        """What both letters say: plain values and records for the templates."""
        self.ensure_one()
        dossier = self.dossier_id
        dossier.person_id._log_reading(["street"])
        # sudo: onestop.department - names of agency and unit, for every reader
        agency = (self.department_id or dossier.department_id).sudo()
        mark, office = self.signing_mark or "", self.signing_office or ""
        return {
            "form": self._paper_form(),
            "dossier": dossier,
            "old": dossier._form_rules() != "nd118_2025",
            "agency": agency,
            # sudo: onestop.department - as above
            "unit": dossier.support_department_id.sudo(),
            "number": self.number or f"{' ' * 8}/{self._symbol(agency)}",
            "signature": signature_lines(agency.kind, mark, office),
            # sudo: res.users - only the name of who signed
            "signer": self.signer_id.sudo().name or "",
            "day": dossier._legal_day(self.signed_at or fields.Datetime.now()),
            "place": dossier.company_id.state_id.name or dossier.company_id.city,
            "is_draft": self.state == "drafted",
        }

    def _symbol(self, agency):
        series = SERIES[self.kind]
        return f"{series}-{agency.short}" if self.kind == "stop" else series

    def _apology_values(self):
        """What form 04 says."""
        history = self.dossier_id._history()
        before = [
            event
            for event in history
            if event["kind"] == "extend" and event["data"]["kind"] == "apology"
        ]
        state = before[-1]["from"] if before else self.dossier_id.state
        return self._letter_values() | {
            "old_due": self.old_due or self.dossier_id.due_at,
            "stage": STAGES.get(state, "đang giải quyết"),
            "limit": self.dossier_id._rules(history).apologies,
        }

    def _stop_values(self):
        """What form 05 of 2025 says: request, stage, decision, what was paid."""
        dossier = self.dossier_id
        history = dossier._history()
        asked = [e for e in history if e["kind"] == "request_withdrawal"]
        ended = [e for e in history if e["kind"] in ("stop", "accept_withdrawal")]
        withdrawn = bool(ended) and ended[-1]["kind"] == "accept_withdrawal"
        last = asked[-1] if withdrawn else (ended or history)[-1]
        fees = dossier.fee_ids.filtered(lambda f: f.amount and f.paid_at)
        return self._letter_values() | {
            "withdrawn": withdrawn,
            "asked_at": parse_instant(asked[-1]["occurred"]) if withdrawn else None,
            "stopped_at": dossier.finished_at or self.signed_at,
            "stage": STAGES.get(last["from"] or dossier.state, "đang giải quyết"),
            "paid": sum(fees.mapped("amount")),
            "refunded": sum(
                int(e["data"].get("amount") or 0)
                for e in history
                if e["kind"] == "refund_fee"
            ),
            "parts": dossier.part_ids.filtered("received"),
        }
