# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import csv

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.fields import Command, Domain
from odoo.tools.misc import file_open

NAME = (
    "Kế hoạch thực hiện tiếp nhận, thẩm định, phê duyệt và trả kết quả giải quyết thủ "
    "tục hành chính tại Trung tâm Phục vụ hành chính công tỉnh An Giang"
)
# (number, subject, day, issuer outside the province)
LEGAL_BASES = (
    (
        "61/2018/NĐ-CP",
        "Nghị định về thực hiện cơ chế một cửa, một cửa liên thông trong giải quyết "
        "thủ tục hành chính",
        "2018-04-23",
        "Chính phủ",
    ),
    (
        "985/QĐ-TTg",
        "Quyết định ban hành Kế hoạch thực hiện Nghị định số 61/2018/NĐ-CP",
        "2018-08-08",
        "Thủ tướng Chính phủ",
    ),
    (
        "548/KH-UBND",
        "Kế hoạch thực hiện Nghị định số 61/2018/NĐ-CP",
        "2018-09-06",
        False,
    ),
)
RECIPIENTS = "Sở, ban, ngành tỉnh;\nLãnh đạo VPUBND tỉnh;\nP.TH, TT PVHCC;\nLưu: HCTC."
# Kinds of agency that "Sở, ban, ngành tỉnh" means (plan I.2): vertical ones, too.
KINDS = ("department", "board", "vertical")
# Months of the trend that stand in the demo database.
TREND = 8


class OnestopDemo(models.AbstractModel):
    """The plan of 2019, with the agencies of today."""

    _inherit = "onestop.demo"

    @api.model
    def _load_plan_2019(self):
        """The plan: legal bases, recipients, requirements, milestones and duties."""
        departments = self.env["onestop.department"]
        province = departments.search([("kind", "=", "province")], limit=1)
        office = departments.search([("kind", "=", "office")], limit=1)
        living = departments.search(
            Domain("kind", "in", KINDS) & Domain("valid_to", "=", False)
        )
        plan = self.env["onestop.plan"].create(
            {
                "name": NAME,
                "department_id": office.id,
                "issuer_id": province.id,
                "legal_basis_ids": [Command.set(self._plan_bases(province).ids)],
                "recipient_ids": [Command.set(living.ids)],
                "recipient_text": RECIPIENTS,
                "signer_title": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
                "signer_name": "Nguyễn Thanh Bình",
                "period_from": "2019-01-01",
                "line_ids": [
                    Command.create(self._plan_line(department)) for department in living
                ],
                "requirement_ids": [
                    Command.create(row) for row in self._plan_rows("requirements")
                ],
            }
        )
        by_short = {agency.short: agency for agency in departments.search(Domain.TRUE)}
        numbers = {row.number: row for row in plan.requirement_ids}
        for row in self._plan_rows("milestones"):
            self._plan_milestone(plan, row, by_short, numbers)
        for row in self._plan_rows("duties"):
            self._plan_duty(plan, row, by_short, numbers)
        plan._move("put_in_force")
        self.env["onestop.plan.duty"]._cron_generate()
        self._plan_reports(plan)
        self._plan_trend()

    def _plan_rows(self, name):
        path = f"onestop_procedure/demo/plan_2019_{name}.csv"
        with file_open(path) as file:
            return list(csv.DictReader(file))

    def _plan_bases(self, province):
        decisions = self.env["onestop.decision"]
        found = decisions
        for number, title, day, issuer in LEGAL_BASES:
            present = decisions.search([("number", "=", number)], limit=1)
            found |= present or decisions.create(
                {
                    "number": number,
                    "title": title,
                    "date": day,
                    "effective_from": day,
                    "kind": "law" if issuer else "other",
                    "issuer_name": issuer,
                    "issuer_id": not issuer and province.id,
                }
            )
        return found

    def _plan_line(self, department):
        count = self.env["onestop.share.month"]._count(department)[department.id]
        return {
            "department_id": department.id,
            "target_count": -(-count.frequent // 5),
            "target_date": "2019-08-29",
        }

    def _plan_agencies(self, plan, text, by_short):
        if text == "*":
            return plan.line_ids.department_id
        return self.env["onestop.department"].union(*map(by_short.get, text.split()))

    def _plan_common(self, plan, row, by_short, numbers):
        wanted = [numbers[int(number)].id for number in row["requirements"].split()]
        others = self._plan_agencies(plan, row["coordinators"], by_short)
        return {
            "plan_id": plan.id,
            "name": row["name"],
            "section": row["section"],
            "requirement_ids": [Command.set(wanted)],
            "coordinator_ids": [Command.set(others.ids)],
        }

    def _plan_milestone(self, plan, row, by_short, numbers):
        agencies = self._plan_agencies(plan, row["agencies"], by_short)
        common = self._plan_common(plan, row, by_short, numbers)
        self.env["onestop.plan.milestone"].create(
            [
                {
                    **common,
                    "date": row["date"],
                    "bound": row["bound"],
                    "department_id": agency.id,
                    "done_on": row["done_on"] or False,
                }
                for agency in agencies
            ]
        )

    def _plan_duty(self, plan, row, by_short, numbers):
        today = self.env["onestop.membership"]._today()
        each = row["agencies"] == "*"
        agencies = self._plan_agencies(plan, row["agencies"], by_short)
        self.env["onestop.plan.duty"].create(
            {
                **self._plan_common(plan, row, by_short, numbers),
                "rhythm": row["rhythm"],
                "each_agency": each,
                "department_ids": [Command.set([] if each else agencies.ids)],
                "start_on": today - relativedelta(weeks=3),
            }
        )

    def _plan_reports(self, plan):
        """Report and confirm what was done, by the moves of the chain."""
        for milestone in plan.milestone_ids.filtered("done_on"):
            text = "Đã báo cáo Ủy ban nhân dân tỉnh."
            milestone._move("report", note=text, evidence=text)
            milestone._move("confirm")
        today = self.env["onestop.membership"]._today()
        past = plan.occurrence_ids.filtered(lambda o: o.last_day < today)
        for occurrence in past.sorted("last_day")[:-1]:
            text = "Đã gửi báo cáo."
            occurrence._move(
                "report", note=text, evidence=text, done_on=occurrence.last_day
            )
            occurrence._move("confirm")

    def _plan_trend(self):
        """Months before this one, with a share that rises to that of today."""
        months = self.env["onestop.share.month"]
        months._cron_take()
        now = months.search(Domain.TRUE)
        rows = []
        for back in range(1, TREND):
            for row in now:
                full = row.full_count * (TREND - back) // TREND
                rows.append(
                    {
                        "month": row.month - relativedelta(months=back),
                        "taken_on": row.month - relativedelta(months=back),
                        "department_id": row.department_id.id,
                        "is_total": row.is_total,
                        "published_count": row.published_count,
                        "published_full_count": min(row.published_full_count, full),
                        "frequent_count": row.frequent_count,
                        "full_count": full,
                        "share": 100 * full / (row.frequent_count or 1),
                    }
                )
        months.create(rows)
