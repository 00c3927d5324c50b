# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, models

from .demo import CENTRE, COMMUNE

REASONS = {
    "refuse": "Hồ sơ không thuộc phạm vi tiếp nhận của Trung tâm.",
    "supplement": "Bản chụp giấy tờ bị mờ, không đọc được số và ngày cấp.",
    "payment": "Nộp lệ phí theo thông báo của cơ quan giải quyết.",
    "suspend": "Chờ kết quả xác minh của cơ quan có liên quan.",
    "withdraw": "Công dân không còn nhu cầu thực hiện thủ tục.",
    "stop": "Có văn bản của cơ quan có thẩm quyền yêu cầu dừng giải quyết.",
    "reject": "Hồ sơ không đáp ứng điều kiện theo quy định của thủ tục.",
    "apologise": "Cần thêm thời gian xác minh; cơ quan giải quyết xin lỗi.",
}
APPRAISED = (
    "Thành phần hồ sơ đầy đủ, hợp lệ. Các điều kiện đều đạt. Đề xuất giải quyết "
    "theo đề nghị."
)
LEGAL_BASIS = "Điều 19 Nghị định số 101/2024/NĐ-CP"


class OnestopDemoActor(models.AbstractModel):
    """Plays the plan of a demo dossier: each act as the user whose act it is."""

    _name = "onestop.demo.actor"
    _description = "Player of demo dossiers"

    @api.model
    def _play(self, plan, procedure, person, scans):
        dossier = self._open(plan, procedure, person, scans)
        cast = self._cast(plan, dossier)
        for moment, act in plan.acts:
            scene = getattr(self, f"_play_{act}")
            scene(dossier._occurred(moment, "demo"), cast, scans)
        return dossier

    @api.model
    def _cast(self, plan, dossier):
        """Who plays which role in this dossier."""
        short = plan.department.lower()
        names = {
            "receiver": f"receiver.{short}" if dossier.id % 2 else "receiver.centre",
            "returner": "returner.centre",
            "cashier": "cashier.centre",
        }
        if plan.commune:
            names = dict.fromkeys(names, "receiver.lx")
        for role in ("appraiser", "records", "head"):
            names[role] = f"{role}.{short}"
        return {role: self._user(login) for role, login in names.items()}

    @api.model
    def _user(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    @api.model
    def _open(self, plan, procedure, person, scans):
        unit = COMMUNE if plan.commune else CENTRE
        company = self.env["res.company"].search(
            [("onestop_department_id.short", "=", unit)]
        )
        receiver = self._user("receiver.lx" if plan.commune else "receiver.centre")
        citizen = person.partner_id.user_ids[:1]
        files_himself = plan.channel == "online" and citizen
        dossiers = self.env["onestop.dossier"].with_user(
            citizen if files_himself else receiver
        )
        if files_himself:
            # sudo: onestop.dossier - a citizen opens his own, as the portal does
            dossiers = dossiers.sudo()
        dossier = dossiers._occurred(plan.opened, "demo").create(
            {
                "procedure_id": procedure.id,
                "person_id": person.id,
                "company_id": company.id,
                "channel": plan.channel,
                "result_channel": plan.result_channel,
            }
        )
        dossier.part_ids.sudo().write(  # sudo: onestop.dossier.part - as opened above
            {"received": plan.channel != "online", "finding": "ok"}
        )
        if plan.channel == "online":
            files = self.env["onestop.dossier.file"]
            content = scans["Thành phần hồ sơ"]
            for number, part in enumerate(dossier.part_ids, 1):
                name = f"thanh-phan-{number}.pdf"
                files.with_user(dossier.env.user)._store(
                    dossier, name, content, part=part
                )
        return self.env["onestop.dossier"].browse(dossier.id)

    # ------------------------------------------------------------
    # Acts
    # ------------------------------------------------------------

    @api.model
    def _play_submit(self, dossier, cast, scans):
        citizen = dossier.person_id.partner_id.user_ids[:1]
        dossier.with_user(citizen or cast["receiver"])._do_submit()

    @api.model
    def _play_receive(self, dossier, cast, scans):
        dossier.with_user(cast["receiver"])._do_receive()
        fees = dossier._unpaid_fees("reception")
        if fees:
            dossier.with_user(cast["cashier"])._do_collect_fees(fees, "cash")

    @api.model
    def _play_refuse(self, dossier, cast, scans):
        dossier.with_user(cast["receiver"])._do_refuse(REASONS["refuse"])

    @api.model
    def _play_forward(self, dossier, cast, scans):
        dossier.with_user(cast["receiver"])._do_forward()

    @api.model
    def _play_assign(self, dossier, cast, scans):
        if dossier.state == "processing":
            appraiser = cast["appraiser"]
            dossier.with_user(appraiser)._do_assign(appraiser.id)

    @api.model
    def _play_supplement(self, dossier, cast, scans):
        dossier.with_user(self._handler(dossier, cast))._do_request_supplement(
            REASONS["supplement"],
            ["Bản chụp rõ của giấy tờ đã nộp"],
            "Phát hiện khi thẩm định nội dung hồ sơ.",
        )
        if dossier.relay_at:
            dossier.with_user(cast["receiver"]).action_pass_on()

    @api.model
    def _play_resume(self, dossier, cast, scans):
        dossier.with_user(cast["receiver"]).action_resume()

    @api.model
    def _play_payment(self, dossier, cast, scans):
        user = self._handler(dossier, cast)
        dossier.with_user(user).action_request_payment(REASONS["payment"])

    @api.model
    def _play_suspend(self, dossier, cast, scans):
        user = self._handler(dossier, cast)
        dossier.with_user(user).action_suspend(REASONS["suspend"], LEGAL_BASIS)

    @api.model
    def _play_withdraw(self, dossier, cast, scans):
        if dossier.state == "approving":
            dossier.with_user(cast["head"])._do_send_back("Xem lại hồ sơ")
        dossier.with_user(cast["receiver"]).action_request_withdrawal(
            REASONS["withdraw"]
        )

    @api.model
    def _play_accept_withdrawal(self, dossier, cast, scans):
        dossier.with_user(cast["receiver"]).action_accept_withdrawal()

    @api.model
    def _play_stop(self, dossier, cast, scans):
        dossier.with_user(cast["head"])._do_stop(REASONS["stop"], LEGAL_BASIS)

    @api.model
    def _play_apologise(self, dossier, cast, scans):
        dossier.with_user(cast["head"])._do_extend(
            "apology", dossier.due_at + timedelta(days=7), REASONS["apologise"]
        )

    @api.model
    def _play_draft_file(self, dossier, cast, scans):
        if dossier.state == "processing":
            dossier.with_user(cast["appraiser"])._attach(
                "du-thao-ket-qua.pdf", scans["Dự thảo kết quả"], "draft"
            )

    @api.model
    def _play_appraise(self, dossier, cast, scans):
        appraiser = dossier.with_user(cast["appraiser"])
        while dossier.state == "processing":
            # A third of them, so that both ways are seen, and where it is required.
            if dossier.id % 3 == 0 or dossier._conditions():
                self._fill_sheet(appraiser)
            appraiser._do_forward(APPRAISED)

    @api.model
    def _fill_sheet(self, appraiser):
        action = appraiser.action_open_sheet()
        sheet = appraiser.env[action["res_model"]].browse(action["res_id"])
        sheet.write({"proposal": "grant", "summary": APPRAISED})
        sheet.finding_ids.write({"result": "met"})

    @api.model
    def _play_approve(self, dossier, cast, scans):
        head = dossier.with_user(cast["head"])
        head._do_approve(seen=head.approval_digest)

    @api.model
    def _play_reject(self, dossier, cast, scans):
        head = dossier.with_user(cast["head"])
        head._do_reject(REASONS["reject"], seen=head.approval_digest)

    @api.model
    def _play_result_file(self, dossier, cast, scans):
        dossier.with_user(cast["records"])._attach(
            "ket-qua.pdf", scans["Kết quả"], "result"
        )

    @api.model
    def _play_issue(self, dossier, cast, scans):
        dossier.with_user(cast["records"])._do_issue()

    @api.model
    def _handler(self, dossier, cast):
        """Whoever has it now: a process without appraisal goes straight to the head."""
        return cast["head" if dossier.state == "approving" else "appraiser"]
