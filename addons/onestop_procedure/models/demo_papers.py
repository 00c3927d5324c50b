# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import api, models
from odoo.fields import Command, Domain

# number: title, signed on, in effect from, replaced by, amended by; None: not known.
LAWS = {
    "61/2018/NĐ-CP": (
        "Về thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết thủ tục "
        "hành chính",
        "2018-04-23",
        "2018-06-21",
        "118/2025/NĐ-CP",
        "107/2021/NĐ-CP",
    ),
    "107/2021/NĐ-CP": (None, "2021-12-06", "2021-12-06", None, None),
    "118/2025/NĐ-CP": (
        "Về thực hiện thủ tục hành chính theo cơ chế một cửa, một cửa liên thông tại "
        "Bộ phận Một cửa và Cổng Dịch vụ công quốc gia",
        "2025-06-09",
        "2025-07-01",
        None,
        "367/2025/NĐ-CP",
    ),
    "367/2025/NĐ-CP": (None, None, None, None, None),
    "03/2025/TT-VPCP": (None, "2025-09-15", None, None, None),
    "63/2010/NĐ-CP": ("Về kiểm soát thủ tục hành chính", None, None, None, None),
    "30/2020/NĐ-CP": ("Về công tác văn thư", "2020-03-05", None, None, None),
    "20/2023/QH15": ("Luật Giao dịch điện tử", None, "2024-07-01", None, None),
    # Still cited by a procedure of the national list: it shows among those that end.
    "51/2005/QH11": ("Luật Giao dịch điện tử", None, None, "20/2023/QH15", None),
    "13/2023/NĐ-CP": (
        "Về bảo vệ dữ liệu cá nhân",
        None,
        "2023-07-01",
        "356/2025/NĐ-CP",
        None,
    ),
    "356/2025/NĐ-CP": (None, None, "2026-01-01", None, None),
}
CHANGE_REPORTED = "Cập nhật căn cứ pháp lý và biểu mẫu theo Nghị định 118/2025/NĐ-CP"
CHANGE_DRAFTED = "Cập nhật nội dung bảo vệ dữ liệu cá nhân trong tờ khai"
CONTENT = {
    CHANGE_REPORTED: "Thay căn cứ pháp lý; dùng giấy tiếp nhận hồ sơ theo mẫu mới.",
    CHANGE_DRAFTED: "Bổ sung nội dung thông báo xử lý dữ liệu cá nhân trong tờ khai.",
}
PRODUCTS = {
    "receive": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "appraise": "Phiếu thẩm định, dự thảo kết quả",
    "approve": "Kết quả được ký",
    "return": "Kết quả được trả, sổ theo dõi",
}


class OnestopDemo(models.AbstractModel):
    _inherit = "onestop.demo"

    @api.model
    def _load_papers(self):
        """Legal bases, two changes of rules and a hand-in, by the real chains."""
        laws = self._load_laws()
        self._play_change(
            CHANGE_REPORTED, "tp", laws["118/2025/NĐ-CP"], laws["61/2018/NĐ-CP"]
        )
        request = self._play_change(
            CHANGE_DRAFTED, "yt", laws["356/2025/NĐ-CP"], laws["13/2023/NĐ-CP"]
        )
        control = self._staff("control.vp")
        decision = self._demo_decision("other", "Về cập nhật thủ tục hành chính")
        request.with_user(control).action_advise("Nhất trí với đề xuất.", decision.id)
        request.with_user(self._staff("chair.ubnd"))._do_accept("Đồng ý.")
        self._play_process()
        self.env.flush_all()

    def _staff(self, login):
        return self.env["res.users"].search([("login", "=", login)])

    @api.model
    def _load_laws(self):
        control = self._staff("control.vp")
        laws = self.env["onestop.decision"]._get_or_create_laws(LAWS)
        laws = {number: law.with_user(control) for number, law in laws.items()}
        for number, (title, signed, effective, _by, _amended) in LAWS.items():
            law = laws[number]
            known = {"title": title, "date": signed, "effective_from": effective}
            draft = law.state == "draft"
            law.write({k: v for k, v in known.items() if v and (draft or not law[k])})
            if draft:
                law.action_put_in_force()
        for number, (*_facts, by, amended) in LAWS.items():
            if amended:
                laws[number].amended_by_ids = [Command.link(laws[amended].id)]
            if by and laws[number].state == "in_force":
                laws[number].action_replace(laws[by].id)
        return laws

    def _demo_decision(self, kind, title):
        """A decision that is to be signed; its number says that it is an example."""
        province = self.env["onestop.department"].search(
            [("kind", "=", "province")], limit=1
        )
        today = self.env["onestop.membership"]._today()
        decisions = self.env["onestop.decision"].with_user(self._staff("control.vp"))
        return decisions.create(
            {
                "number": f"MH-{kind}/QĐ-UBND",
                "title": f"{title} (minh họa)",
                "date": today,
                "effective_from": today + timedelta(days=7 * (kind == "process")),
                "issuer_id": province.id,
                "by_chair": True,
                "kind": kind,
            }
        )

    def _play_change(self, name, agency, law, old_law):
        head = self._staff(f"head.{agency}")
        procedures = self._demo_papers_procedures(head, 2)
        request = (
            self.env["onestop.change.request"]
            .with_user(head)
            .create(
                {
                    "name": name,
                    "law_id": law.id,
                    "old_law_ids": [Command.link(old_law.id)],
                    "what_changes": CONTENT[name],
                    "line_ids": [
                        Command.create(
                            {"procedure_id": procedure.id, "content": CONTENT[name]}
                        )
                        for procedure in procedures
                    ],
                }
            )
        )
        request.action_report()
        return request

    def _demo_papers_procedures(self, head, count):
        """Procedures of his agency in force, with working days and nothing drafted."""
        return self.env["onestop.procedure"].search(
            Domain("department_id.user_ids", "in", head.ids)
            & Domain("state", "=", "published")
            & Domain("version_ids", "not any", [("state", "=", "draft")])
            & Domain("version_ids.case_ids.time_unit", "=", "workday")
            & Domain("version_ids.case_ids.time_unit", "!=", "none"),
            limit=count,
            order="id desc",
        )

    def _play_process(self):
        """Two processes of the Department of Justice wait for the Chair."""
        head = self._staff("head.tp")
        drafts = self.env["onestop.procedure.version"]
        for procedure in self._demo_papers_procedures(head, 6):
            last = procedure.version_ids.sorted("number")[-1]
            workdays = set(last.case_ids.mapped("time_unit")) == {"workday"}
            if len(drafts) == 2 or not workdays:
                continue
            draft = last.with_user(head).copy({"number": last.number + 1})
            for case in draft.case_ids:
                case.action_fill_steps()
                for step in case.step_ids:
                    step.write({"onsite": True, "product": PRODUCTS.get(step.activity)})
            drafts |= draft
        process = (
            self.env["onestop.process"]
            .with_user(head)
            .create(
                {
                    "name": "Quy trình nội bộ “4 tại chỗ” của Sở Tư pháp",
                    "line_ids": [Command.create({"version_id": d.id}) for d in drafts],
                }
            )
        )
        process.action_hand_in()
        director = process.with_user(self._staff("director.centre"))
        director.action_all_in_order()
        director.action_check()
        decision = self._demo_decision("process", "Phê duyệt quy trình nội bộ")
        process.with_user(self._staff("control.vp")).action_submit("", decision.id)
