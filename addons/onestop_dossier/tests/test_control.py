# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Control slip, return record and course of a dossier: what the ledger says."""

import io
import re
from datetime import datetime, timedelta

from pypdf import PdfReader

from odoo.fields import Command
from odoo.tests import tagged

from ..forms.control import hand_overs
from .common import DossierCase


@tagged("post_install", "-at_install")
class TestControl(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.citizen.write({"street": "1 Example Street", "phone": "0900000901"})
        hours = {"receive": 2, "appraise": 20, "approve": 10, "issue": 4, "return": 4}
        cls.procedure = cls.make_procedure(
            "9.000002",
            cls.justice,
            step_ids=[
                Command.create(
                    {
                        "sequence": number,
                        "activity": activity,
                        "duration": hours[activity],
                    }
                )
                for number, activity in enumerate(hours)
            ],
        )

    def lines(self, dossier):
        dossier = dossier.sudo()
        history = dossier._history()
        ticks = dossier._ticks(history)
        return hand_overs(ticks, history, dossier._calendar_of)[0]

    def printed(self, dossier, report, user="receiver"):
        reports = self.env["ir.actions.report"].with_user(self.users[user])
        content, _kind = reports._render_onestop_pdf(
            f"onestop_dossier.{report}", dossier.ids
        )
        pages = PdfReader(io.BytesIO(content)).pages
        return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]

    def test_who_gave_and_who_received(self):
        dossier = self.dossier_in("returned")
        lines = self.lines(dossier)
        centre, justice = self.centre.id, self.justice.id
        self.assertEqual(
            [(line.kind, line.giver, line.taker) for line in lines],
            [
                ("receive", None, centre),
                ("forward", centre, justice),
                ("forward", justice, justice),
                ("approve", justice, justice),
                ("issue", justice, centre),
                ("return", centre, None),
            ],
        )
        users = self.users
        self.assertEqual(
            [line.giver_id for line in lines[1:]],
            [
                users[name].id
                for name in ("receiver", "appraiser", "head", "records", "returner")
            ],
        )
        self.assertEqual(
            [line.taker_id for line in lines],
            [
                users["receiver"].id,
                users["appraiser"].id,
                users["head"].id,
                users["records"].id,
                users["returner"].id,
                None,
            ],
        )
        self.assertEqual(
            [line.at.replace(tzinfo=None) for line in lines],
            dossier.sudo()
            .event_ids.filtered(lambda e: e.kind != "create")
            .sorted("sequence")
            .mapped("occurred_at"),
        )

    def test_each_agency_early_or_late(self):
        dossier = self.new_dossier()
        monday = datetime(2026, 1, 5, 1, 0)  # 08:00 in Viet Nam
        acts = (("receiver", 0), ("receiver", 1), ("appraiser", 98))
        for number, (user, hours) in enumerate(acts):
            record = self.act_as(dossier, user)._occurred(
                monday + timedelta(hours=hours), "import"
            )
            if number:
                record.action_forward("In order")
            else:
                record.action_receive()
        lines = self.lines(dossier)
        self.assertEqual([line.result for line in lines[1:]], ["on_time", "late"])
        self.assertEqual(lines[1].used, 3600)

    def test_a_pause_is_told_to_whom_it_happened(self):
        dossier = self.dossier_in("supplement")
        self.act_as(dossier, "receiver").action_resume()
        self.do_appraise(dossier)
        [(kind, _since, until)] = self.lines(dossier)[-1].notes
        self.assertEqual(kind, "request_supplement")
        self.assertTrue(until)

    def test_a_recalled_line_says_so(self):
        dossier = self.dossier_in("processing")
        self.act_as(dossier, "receiver").action_recall()
        self.assertTrue(self.lines(dossier)[-1].recalled)
        self.assertIn(
            "Đã rút lại để xử lý tiếp",
            self.printed(dossier, "report_dossier_control")[0],
        )

    def test_the_slip_in_both_rule_sets(self):
        dossier = self.dossier_in("returned").sudo()
        [page] = self.printed(dossier, "report_dossier_control", "appraiser")
        for words in (
            "Mẫu số 06",
            "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
            "(Kèm theo hồ sơ của: Citizen 901)",
            dossier.code,
            f"Quyển số: {dossier.register_book}; Số thứ tự: {dossier.register_number}",
            "Cơ quan (bộ phận) giải quyết hồ sơ: Test Justice",
            "1. Giao: Test Centre",
            "2. Nhận: Test Justice",
            "Người giao",
            "Trước hạn",
            self.users["appraiser"].name,
        ):
            self.assertIn(words, page)
        old = self.new_dossier()
        moment = datetime(2020, 3, 2, 2, 0)
        self.act_as(old, "receiver")._occurred(moment, "import").action_receive()
        [page] = self.printed(old, "report_dossier_control")
        self.assertIn("Mẫu số 05", page)

    def test_return_record_and_course(self):
        dossier = self.dossier_in("ready")
        self.act_as(dossier, "returner").action_return(
            "counter", "Citizen 901", "089090000901"
        )
        [page] = self.printed(dossier, "report_dossier_return", "returner")
        for words in (
            "GIẤY BIÊN NHẬN TRẢ KẾT QUẢ",
            "Người nhận kết quả: Citizen 901",
            "Số căn cước/giấy tờ tùy thân: 089090000901",
            "Chủ hồ sơ: Citizen 901",
            f"Người trả kết quả: {self.users['returner'].name}",
            "Kết quả giải quyết",
            "Hình thức nhận: trực tiếp tại Test Centre",
        ):
            self.assertIn(words, page)
        [page] = self.printed(dossier, "report_dossier_trace", "appraiser")
        for event in dossier.sudo().event_ids:
            self.assertIn(event.hash[:12], page)

    def test_they_are_offered_when_there_is_something_to_print(self):
        def keys(dossier, user):
            forms = self.act_as(dossier, user)._form_keys()
            return {form["key"] for form in forms} & {
                "control",
                "return_record",
                "trace",
            }

        self.assertEqual(keys(self.new_dossier(), "receiver"), set())
        self.assertEqual(
            keys(self.dossier_in("processing"), "appraiser"), {"control", "trace"}
        )
        self.assertEqual(
            keys(self.dossier_in("returned"), "returner"),
            {"control", "return_record", "trace"},
        )
