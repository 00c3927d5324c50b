# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Forms 02 and 03, with and without a dossier; the online inbox; the promise."""

import io
import re
from datetime import UTC, timedelta

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged

from odoo.addons.onestop_procedure.tests.clock_common import local, official_calendar

from ..ledger.answer import answer_due, late_before
from .common import PDF
from .desk_common import DeskCase


@tagged("post_install", "-at_install")
class TestDeskNotice(DeskCase):
    def notice(self, **values):
        return {
            "person_id": self.citizen.id,
            "procedure_id": self.procedure.id,
            "reason": "The form is not signed",
            "items": [{"name": "Form", "note": "Sign it"}],
            **values,
        }

    def text(self, report, record, name="receiver"):
        reports = self.env["ir.actions.report"].with_user(self.users[name])
        content, _kind = reports._render_onestop_pdf(report, record.ids)
        pages = PdfReader(io.BytesIO(content)).pages
        return re.sub(r"\s+", " ", " ".join(p.extract_text() for p in pages))

    def given(self, answer):
        return self.env["onestop.guidance"].browse(answer["id"])

    def test_one_guidance_and_the_second_warns(self):
        """NĐ 61/2018, Điều 17: one specific and complete guidance."""
        first = self.desk().guide(self.notice())
        self.assertRegex(first["number"], r"^\d\d/HDHS$")
        self.assertEqual(
            self.env["onestop.dossier"].search_count(
                [("person_id", "=", self.citizen.id)]
            ),
            0,
        )
        again = self.desk().guide(self.notice())
        self.assertEqual([g["number"] for g in again["guided"]], [first["number"]])
        self.assertEqual(
            self.desk().check(self.citizen.id, self.procedure.id)["guided"],
            again["guided"],
        )
        second = self.desk().guide(self.notice(again=True))
        self.assertNotEqual(second["number"], first["number"])
        other = self.desk().guide(self.notice(person_id=self.other_citizen.id))
        self.assertTrue(other["number"])

    def test_guidance_has_to_be_complete(self):
        for values in ({"reason": " "}, {"items": []}, {"items": [{"name": ""}]}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.desk().guide(self.notice(**values))

    def test_form_02(self):
        self.citizen.write({"street": "1 Example Street", "phone": "+84912345678"})
        notice = self.given(self.desk().guide(self.notice()))
        text = self.text("onestop_dossier.report_guidance", notice)
        for words in (
            "Mẫu số 02",
            f"Số: {notice.number}",
            "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
            "Ông/Bà Citizen 901",
            "Procedure 9.000003",
            "1 Example Street",
            "0912345678",
            "Form",
            "Sign it",
            "Lý do: The form is not signed",
            "NGƯỜI HƯỚNG DẪN",
        ):
            self.assertIn(words, text)

    def test_form_03_without_a_dossier(self):
        notice = self.given(self.desk().refuse(self.notice()))
        self.assertEqual((notice.kind, notice.number), ("refusal", False))
        text = self.text("onestop_dossier.report_refusal", notice)
        for words in (
            "Mẫu số 03",
            "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
            "The form is not signed",
            "NGƯỜI NỘP HỒ SƠ",
            "NGƯỜI TIẾP NHẬN HỒ SƠ",
        ):
            self.assertIn(words, text)

    def test_form_03_of_the_old_rules(self):
        """Before 01/7/2025 the title is that of TT 01/2018/TT-VPCP."""
        notice = self.given(self.desk().refuse(self.notice()))
        notice.sudo().given_at = "2025-06-30 03:00:00"
        text = self.text("onestop_dossier.report_refusal", notice)
        self.assertIn("PHIẾU TỪ CHỐI GIẢI QUYẾT HỒ SƠ", text)

    def test_refusal_ends_a_draft(self):
        dossier = self.new_dossier()
        answer = self.desk().refuse({"dossier_id": dossier.id, "reason": "Not ours"})
        self.assertEqual(self.act_as(dossier, "receiver").state, "refused")
        self.assertEqual(self.given(answer).person_id, self.citizen)

    def test_guidance_makes_an_online_dossier_wait(self):
        dossier = self.online()
        self.desk().guide(self.notice(dossier_id=dossier.id))
        record = self.act_as(dossier, "receiver")
        self.assertEqual(record.state, "supplement")
        items = record.text_ids.filtered(lambda t: t.kind == "items")
        self.assertEqual(items.body, "Form")

    def test_only_the_unit_reads_it(self):
        notice = self.given(self.desk().guide(self.notice()))
        self.assertEqual(
            notice.with_user(self.users["receiver"]).reason, "The form is not signed"
        )
        for name in ("head", "stranger_head", "appraiser", "citizen"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                notice.with_user(self.users[name]).read(["reason"])
        with self.assertRaises(AccessError):
            notice.with_user(self.users["receiver"]).write({"reason": "Other"})
        with self.assertRaises(AccessError):
            notice.with_user(self.users["receiver"]).unlink()

    # ------------------------------------------------------------
    # Online inbox
    # ------------------------------------------------------------

    def online(self, submitted=None):
        dossier = self.new_dossier(channel="online")
        record = self.act_as(dossier, "receiver")
        for part in record.part_ids:
            self.env["onestop.dossier.file"]._store(record, "x.pdf", PDF, part=part)
        if submitted:
            record = record._occurred(submitted, "import")
        record.action_submit()
        return dossier

    def test_oldest_first_with_its_countdown(self):
        now = fields.Datetime.now()
        new, old = self.online(), self.online(now - timedelta(days=30))
        rows = {row["id"]: row for row in self.desk().inbox()["online"]["rows"]}
        self.assertEqual(list(rows)[0], old.id)
        self.assertTrue(rows[old.id]["late"])
        self.assertFalse(rows[new.id]["late"])
        self.assertIn("working hours left", rows[new.id]["left"])
        late = self.env["onestop.dossier"].with_user(self.users["receiver"])
        self.assertEqual(late.search([("is_answer_late", "=", True)]).ids, old.ids)

    def test_received_from_the_inbox(self):
        dossier = self.online()
        shown = self.desk().load_draft(dossier.id)
        self.assertEqual((shown["state"], shown["channel"]), ("submitted", "online"))
        self.assertTrue(all(part["kept"] for part in shown["procedure"]["parts"]))
        entry = self.entry(dossier_id=dossier.id, channel="online", head=shown["head"])
        entry["parts"] = shown["procedure"]["parts"]
        answer = self.desk().receive(entry)
        self.assertEqual(answer["id"], dossier.id)
        record = self.act_as(dossier, "receiver")
        self.assertEqual(record.state, "received")
        self.assertFalse(record.assisted_by_id)
        # What came as a file is not on the slip as paper.
        self.assertEqual(set(record.part_ids.mapped("received")), {False})

    def test_two_who_saw_the_same_have_one_effect(self):
        dossier = self.online()
        shown = self.desk().load_draft(dossier.id)
        self.desk().guide(self.notice(dossier_id=dossier.id))
        self.act_as(dossier, "receiver").action_resume()
        entry = self.entry(dossier_id=dossier.id, channel="online", head=shown["head"])
        entry["parts"] = shown["procedure"]["parts"]
        with self.assertRaisesRegex(UserError, "since you opened it"):
            self.desk().receive(entry)

    # ------------------------------------------------------------
    # The honest promise
    # ------------------------------------------------------------

    def finished(self, days):
        """A dossier of the same case that took so many working days."""
        calendar = self.company._onestop_clock()
        end = local(2026, 1, 30, 9)
        start = end
        for _day in range(days):
            start -= timedelta(days=1)
            while not calendar.is_working(start.date()):
                start -= timedelta(days=1)
        dossier = self.new_dossier(procedure_id=self.procedure.id)
        at = [m.astimezone(UTC).replace(tzinfo=None) for m in (start, end)]
        self.act_as(dossier, "receiver")._occurred(at[0], "import").action_receive()
        self.act_as(dossier, "receiver")._occurred(at[1], "import").action_forward()
        self.act_as(dossier, "appraiser")._occurred(at[1], "import").action_forward(
            "In order"
        )
        head = self.act_as(dossier, "head")
        head._occurred(at[1], "import")._do_approve(seen=head.approval_digest)
        self.act_as(dossier, "records")._attach("result.pdf", PDF, "result")
        self.act_as(dossier, "records")._occurred(at[1], "import").action_issue()
        return dossier

    def test_usual_time_of_similar_dossiers(self):
        self.company.onestop_promise_sample = 3
        moment = local(2026, 2, 2, 9).astimezone(UTC).replace(tzinfo=None)
        case = self.procedure.version_id.case_ids
        for days in (1, 2):
            self.finished(days)
        self.assertIsNone(case._promise(self.company, moment))
        self.finished(4)
        self.assertEqual(
            case._promise(self.company, moment),
            {"days": 4, "sample": 3, "period": 90},
        )
        later = moment + timedelta(days=120)
        self.assertIsNone(case._promise(self.company, later))

    def test_promise_costs_one_query(self):
        """Beside the one that finds the calendar in force."""
        case = self.procedure.version_id.case_ids
        case._promise(self.company, fields.Datetime.now())
        self.env.flush_all()
        with self.assertQueryCount(2):
            case._promise(self.company, fields.Datetime.now())


@tagged("post_install", "-at_install")
class TestAnswer(BaseCase):
    """Eight working hours: NĐ 45/2020/NĐ-CP, Điều 11 khoản 4."""

    def test_eight_working_hours(self):
        calendar = self.calendar()
        for submitted, due in (
            ((2026, 1, 12, 9), (2026, 1, 13, 9)),
            ((2026, 1, 12, 16), (2026, 1, 13, 16)),
            ((2026, 1, 16, 22), (2026, 1, 19, 17)),
        ):
            with self.subTest(submitted=submitted):
                self.assertEqual(
                    answer_due(local(*submitted), 8, calendar), local(*due)
                )

    def test_late_is_what_is_due_before_now(self):
        calendar = self.calendar()
        now = local(2026, 1, 19, 10)
        line = late_before(now, 8, calendar)
        self.assertLess(answer_due(line - timedelta(seconds=2), 8, calendar), now)
        self.assertGreaterEqual(
            answer_due(line + timedelta(seconds=2), 8, calendar), now
        )

    def calendar(self):
        return official_calendar()
