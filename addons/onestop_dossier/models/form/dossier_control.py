# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models

from ...forms import Form
from ...forms.control import hand_overs
from ..clock.dossier_clock import naive

# Lines left empty for hand-overs that are still to come.
SPARE_LINES = 2
RESULTS = {"early": "Trước hạn", "on_time": "Đúng hạn", "late": "Quá hạn"}
# What a line says of what happened while the giver had the dossier.
NOTES = {
    "request_supplement": "Chờ bổ sung hồ sơ",
    "request_payment": "Chờ thực hiện nghĩa vụ tài chính",
    "suspend": "Tạm dừng xử lý",
    "extend": "Gia hạn hoặc hẹn lại",
    "move_paper": "Chuyển chỗ để hồ sơ giấy",
}
# What is said of lines that are no ordinary forwarding.
KINDS = {
    "send_back": "Trả lại để xử lý tiếp",
    "transfer": "Chuyển cơ quan có thẩm quyền",
    "reject": "Từ chối giải quyết",
    "stop": "Dừng giải quyết",
    "refuse": "Từ chối tiếp nhận",
    "accept_withdrawal": "Người nộp rút hồ sơ",
    "revoke_decision": "Thu hồi quyết định, xử lý lại",
}


class OnestopDossier(models.Model):
    """The control slip, from the ledger (TT 03/2025/TT-VPCP, Mẫu số 06).

    The signature on paper only confirms what is on record: times and persons are those
    of the acts, and nobody fills them in.
    """

    _inherit = "onestop.dossier"

    def _form_table(self):
        return super()._form_table() | {
            "control": Form(
                self.env._("Control slip"),
                "onestop_dossier.dossier_control_report",
                lambda dossier: dossier._received_to_print(),
                states=("processing", "approving"),
            ),
        }

    def _received_to_print(self):
        """This dossier, once it is received."""
        if not self.received_at:
            return self.env._("It is printed once the dossier is received.")
        return self

    def _control_values(self):
        """What the control slip says; instants are naive UTC.

        :return: plain values and records for the template.
        """
        self.ensure_one()
        history = self._history()
        lines, state = hand_overs(self._ticks(history), history, self._calendar_of)
        # sudo: onestop.department, res.users, onestop.procedure.step - names on a
        # paper that travels with the dossier
        departments = self.env["onestop.department"].sudo()
        users = self.env["res.users"].sudo()
        steps = self.env["onestop.procedure.step"].sudo()
        receiver = self._return_values()["receiver"] if self.returned_at else ""
        rows = [
            {
                "giver": departments.browse(line.giver).name if line.giver else "",
                "taker": departments.browse(line.taker).name if line.taker else "",
                "from_citizen": line.kind == "receive",
                "to_citizen": line.kind == "return",
                "step": steps.browse(line.step).display_name if line.step else "",
                "at": naive(line.at),
                "giver_name": self._control_giver(line, users),
                "taker_name": (
                    receiver
                    if line.kind == "return"
                    else users.browse(line.taker_id).name
                    if line.taker_id
                    else ""
                ),
                "due": naive(line.due),
                "used": self._control_time(line.used) if line.step else "",
                "result": line.result,
                "notes": self._control_notes(line),
            }
            for line in lines
        ]
        involved = departments.concat(*self._control_partners(history))
        return {
            "form": self._paper_form("control"),
            "rows": rows,
            "spare": 0 if self.returned_at else SPARE_LINES,
            "results": RESULTS,
            "unit": self.support_department_id.sudo(),  # sudo: as above
            "competent": self.department_id.sudo(),  # sudo: as above
            "partners": involved - self.department_id - self.support_department_id,
            "due_at": naive(state.due),
            "day": self._legal_day(self._moment()),
            **self._register_place(self._legal_day(self.received_at)),
            "place": self.company_id.state_id.name or self.company_id.city,
        }

    def _control_giver(self, line, users):
        if line.kind == "receive":
            return (self.submitter_id or self.person_id).name
        return users.browse(line.giver_id).name if line.giver_id else ""

    def _control_partners(self, history):
        """Agencies that had a step of the process, or whose opinion was asked for."""
        # sudo: onestop.dossier - names of agencies on a paper of this dossier
        dossier = self.sudo()
        departments = self.env["onestop.department"].sudo()  # sudo: as above
        asked = [e["data"].get("department") for e in history if e["kind"] == "consult"]
        return dossier.case_id.step_ids.department_id, departments.browse(
            [one for one in asked if one]
        )

    def _control_notes(self, line):
        """The note of a line: what it is, and what happened meanwhile."""
        notes = [(KINDS[line.kind], None, None)] if line.kind in KINDS else []
        for kind, since, until in line.notes:
            notes.append((NOTES.get(kind, ""), naive(since), naive(until)))
        if line.recalled:
            notes.append(("Đã rút lại để xử lý tiếp", naive(line.recalled), None))
        return notes

    def _control_time(self, seconds):
        """Working time in the words of the form."""
        days, rest = divmod(seconds, 8 * 3600)
        hours, rest = divmod(rest, 3600)
        parts = [(days, "ngày"), (hours, "giờ"), (rest // 60, "phút")]
        told = " ".join(f"{number} {unit}" for number, unit in parts if number)
        return f"{told} làm việc" if told else "dưới 1 phút làm việc"
