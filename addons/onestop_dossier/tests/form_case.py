# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A dossier with data in every field of its forms, under each circular."""

from datetime import UTC

from odoo.fields import Command

from odoo.addons.onestop_procedure.tests.clock_common import local

from .form_common import FormChecks
from .past import PastCase

OLD, NEW = "nd61_2018", "nd118_2025"
# A Monday under each rule set.
MONDAY = {OLD: (2020, 1, 13), NEW: (2026, 1, 12)}
PROVINCE = "Ủy ban nhân dân tỉnh An Giang"
UNIT = "Trung tâm Phục vụ hành chính công tỉnh An Giang"
AGENCY = "Sở Tư pháp"
PARTS = (
    ("Tờ khai theo mẫu", 2, 0, 0),
    ("Bản sao chứng thực giấy chứng nhận đăng ký", 0, 3, 0),
    ("Sơ đồ vị trí khu đất", 0, 0, 4),
)


class FormCase(FormChecks, PastCase):
    """A dossier with data in every field of its forms."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        province = cls.env["onestop.department"].create(
            {"name": PROVINCE, "short": "T-UBND", "kind": "province", "code": "K99"}
        )
        cls.centre.write({"name": UNIT, "parent_id": province.id})
        cls.justice.write({"name": AGENCY, "parent_id": province.id})
        cls.sector.name = "Hộ tịch"
        cls.company.write(
            {
                "city": "An Giang",
                "phone": "02960000000",
                "website": "https://mot-cua.example",
            }
        )
        cls.users["receiver"].name = "Công chức tiếp nhận"
        cls.users["head"].name = "Thủ trưởng Sở Tư pháp"
        cls.citizen.write(
            {
                "name": "Chủ hồ sơ thử nghiệm",
                "street": "Số 1 đường Thử nghiệm, phường Long Xuyên, tỉnh An Giang",
                "phone": "+84900000901",
                "email": "owner@example.com",
            }
        )
        cls.other_citizen.write(
            {
                "name": "Người nộp thay thử nghiệm",
                "phone": "+84900000902",
                "email": "submitter@example.com",
            }
        )
        cls.full = cls.make_full("9.000070")

    @classmethod
    def make_full(cls, code, parts=PARTS):
        """A procedure with two fees and papers of every kind."""
        procedure = cls.make_procedure(
            code,
            cls.justice,
            part_ids=[
                Command.create(
                    {"name": name, "originals": first, "copies": more + less}
                )
                for name, first, more, less in parts
            ],
            fee_ids=[
                Command.create({"name": "Lệ phí", "mode": "fixed", "amount": 200000}),
                Command.create(
                    {
                        "name": "Phí cấp bản sao",
                        "mode": "fixed",
                        "amount": 15000,
                        "collect_at": "return",
                    }
                ),
            ],
        )
        procedure.name = "Đăng ký, cấp giấy chứng nhận thử nghiệm cho cá nhân, tổ chức"
        return procedure

    def at(self, moment, dossier, user):
        """Unlike an import, a demo act makes the papers that belong to it."""
        moment = moment.astimezone(UTC).replace(tzinfo=None)
        return self.act_as(dossier, user)._occurred(moment, "demo")

    def on(self, rules, day=0, hour=9):
        year, month, first = MONDAY[rules]
        return local(year, month, first + day, hour)

    def full_dossier(self, rules, procedure=None, **values):
        """Received on Monday at nine, a fee paid, everything said."""
        dossier = self.new_dossier(
            procedure_id=(procedure or self.full).id,
            **{
                "submitter_id": self.other_citizen.id,
                "authorisation_kind": "power",
                "authorisation_number": "12/2026",
                "authorisation_on": "2026-01-05",
                "result_channel": "post",
                "copies": 2,
                **values,
            },
        )
        for part in dossier.part_ids[:1]:
            part.originals_given = 2
        receiver = self.at(self.on(rules), dossier, "receiver")
        receiver.action_receive()
        fee = dossier.sudo().fee_ids.filtered(lambda f: f.amount == 200000)
        self.at(self.on(rules), dossier, "cashier").action_collect_fee(fee.id)
        return dossier.sudo()

    def facts(self, dossier, rules):
        """What the field list calls by name; hand-written where it is not drawn."""
        year, month, first = MONDAY[rules]
        print_context = self.env["ir.actions.report"]._onestop_print_context()
        return {
            "superior": PROVINCE,
            "SUPERIOR": PROVINCE.upper(),
            "unit": UNIT,
            "UNIT": UNIT.upper(),
            "agency": AGENCY,
            "AGENCY": AGENCY.upper(),
            "place": "An Giang",
            "day": f"ngày {first} tháng {month:02} năm {year}",
            "code": dossier.code,
            "track_url": f"{dossier.get_base_url()}/track?code={dossier.code}",
            "owner": "Chủ hồ sơ thử nghiệm",
            "owner_street": "Số 1 đường Thử nghiệm, phường Long Xuyên, tỉnh An Giang",
            "owner_phone": "0900000901",
            "owner_email": "owner@example.com",
            "submitter": "Người nộp thay thử nghiệm",
            "authority": dossier.with_context(**print_context)._authority_text(),
            "street": "Số 1 đường Thử nghiệm, phường Long Xuyên, tỉnh An Giang",
            "phone": "0900000902",
            "email": "submitter@example.com",
            "identity": "089090000902",
            "procedure": "Đăng ký, cấp giấy chứng nhận thử nghiệm cho cá nhân, tổ chức",
            "sector": "Hộ tịch",
            "part1": "Tờ khai theo mẫu",
            "received_at": f"09 giờ 00 phút, ngày {first}/{month:02}/{year}",
            "due_at": f"17 giờ 00 phút, ngày {first + 7}/{month:02}/{year}",
            "book": dossier.register_book,
            "number": dossier.register_number,
            "secret": dossier.slip_secret,
            "receiver": "Công chức tiếp nhận",
            "officer": "Công chức tiếp nhận",
            "officer_phone": "02960000000",
            "website": "https://mot-cua.example",
            "signer": "Thủ trưởng Sở Tư pháp",
        }

    def words(self, rules, day, hour=9):
        year, month, first = MONDAY[rules]
        return f"{hour:02} giờ 00 phút, ngày {first + day}/{month:02}/{year}"

    def vn_day(self, rules, day):
        year, month, first = MONDAY[rules]
        return f"ngày {first + day} tháng {month:02} năm {year}"

    def stop_for_supplement(self, dossier, rules):
        """A handler asks on Tuesday, the counter passes it on on Wednesday."""
        self.at(self.on(rules), dossier, "receiver").action_forward()
        self.at(self.on(rules, 1), dossier, "appraiser").action_request_supplement(
            "Tờ khai chưa có chữ ký của người đề nghị", ["Tờ khai theo mẫu"]
        )
        self.at(self.on(rules, 2), dossier, "receiver").action_pass_on()
