# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Each form as it leaves the printer, against its field list, in both rule sets."""

from odoo.tests import tagged

from .common import PDF
from .form_case import NEW, OLD, UNIT, FormCase
from .form_common import read_pages


@tagged("post_install", "-at_install")
class TestFormFields(FormCase):
    def each_circular(self):
        for rules in (OLD, NEW):
            with self.subTest(rules=rules):
                yield rules

    def test_form_01(self):
        for rules in self.each_circular():
            dossier = self.full_dossier(rules)
            self.stop_for_supplement(dossier, rules)
            self.at(self.on(rules, 3), dossier, "receiver").action_resume()
            again = dossier._slip_values()["second"]["due_at"]
            zone = self.env["ir.actions.report"]._onestop_print_values()
            facts = self.facts(dossier, rules) | {
                "received_again": self.words(rules, 3),
                "due_again": zone["vn_datetime"](again),
            }
            content = self.print_form("onestop_dossier.report_dossier_slip", dossier)
            self.assertForm("slip", rules, content, facts)

    def test_form_01_online_only_the_officer_signs(self):
        dossier = self.full_dossier(NEW, channel="online")
        (kept, _given) = read_pages(
            self.print_form("onestop_dossier.report_dossier_slip", dossier)
        )
        self.assertFalse(kept.find("NGƯỜI NỘP HỒ SƠ"))
        self.assertTrue(kept.find("NGƯỜI TIẾP NHẬN HỒ SƠ"))

    def test_form_01_of_several_dossiers(self):
        """One slip in two copies, and the list of what was handed over."""
        first, second = self.full_dossier(NEW), self.full_dossier(NEW)
        bundles = self.env["onestop.dossier.bundle"]
        bundle = bundles.with_user(self.users["receiver"])._make(
            self.env["onestop.dossier"]
            .with_user(self.users["receiver"])
            .browse([first.id, second.id])
        )
        found = read_pages(
            self.print_form("onestop_dossier.report_bundle_slip", bundle)
        )
        self.assertEqual(len(found), 3)
        for page in found:
            self.assertPage(page)
            for dossier in (first, second):
                self.assertTrue(page.find(dossier.code))
        for head, count in (
            ("Bản chính", "2"),
            ("Bản chứng thực", "3"),
            ("Bản photo", "4"),
        ):
            self.assertTrue(self.places(found[2], head, count, "below"), head)

    def test_form_02(self):
        """What the counter enters: each paper with its counts and its fault."""
        for rules in self.each_circular():
            dossier = self.full_dossier(rules)
            self.at(self.on(rules, 1), dossier, "receiver")._do_request_supplement(
                "Tờ khai chưa có chữ ký",
                ["Tờ khai theo mẫu"],
                notice_items=[
                    {
                        "name": "Tờ khai theo mẫu",
                        "originals": 1,
                        "certified": 2,
                        "copies": 3,
                        "note": "Chưa ký",
                    }
                ],
                advice="Ký vào mục cuối của tờ khai rồi nộp lại tại quầy.",
            )
            notice = dossier.guidance_ids
            self.assertRegex(notice.number, r"^\d\d/HDHS$")
            facts = self.facts(dossier, rules) | {
                "notice_number": notice.number,
                "notice_day": self.vn_day(rules, 1),
                "item1": "Tờ khai theo mẫu",
                "note1": "Chưa ký",
                "reason": "Tờ khai chưa có chữ ký",
                "advice": "Ký vào mục cuối của tờ khai rồi nộp lại tại quầy.",
                "answer_until": self.env["ir.actions.report"]._onestop_print_values()[
                    "vn_datetime"
                ](dossier.citizen_due_at),
            }
            content = self.print_form("onestop_dossier.report_guidance", notice)
            self.assertForm("guidance", rules, content, facts)

    def test_form_02_of_a_handler_when_passed_on(self):
        """Through the one-stop unit: no paper before the counter passes it on."""
        dossier = self.full_dossier(NEW)
        self.at(self.on(NEW), dossier, "receiver").action_forward()
        self.at(self.on(NEW, 1), dossier, "appraiser").action_request_supplement(
            "Chưa ký", ["Tờ khai theo mẫu", "Sơ đồ vị trí"]
        )
        self.assertFalse(dossier.guidance_ids)
        receiver = self.act_as(dossier, "receiver")
        form = receiver._form_table()["guidance"]
        self.assertRegex(form.when(receiver), "pass")
        action = self.at(self.on(NEW, 2), dossier, "receiver").action_pass_on_print()
        notice = dossier.guidance_ids
        self.assertEqual(action["context"]["active_ids"], notice.ids)
        self.assertEqual(
            notice.item_ids.mapped("name"), ["Tờ khai theo mẫu", "Sơ đồ vị trí"]
        )
        self.assertEqual(notice.reason, "Chưa ký")
        self.assertEqual(notice.answer_due_at, dossier.citizen_due_at)
        self.assertTrue(notice.answer_due_at)
        self.assertEqual(form.when(receiver), notice)

    def test_form_03(self):
        for rules in self.each_circular():
            dossier = self.new_dossier(procedure_id=self.full.id)
            self.at(self.on(rules), dossier, "receiver").action_submit()
            self.at(self.on(rules, 1), dossier, "receiver").action_refuse(
                "Không thuộc thẩm quyền giải quyết của Trung tâm"
            )
            dossier = dossier.sudo()
            notice = dossier.guidance_ids
            facts = self.facts(dossier, rules) | {
                "notice_day": self.vn_day(rules, 1),
                "submitted_at": self.words(rules, 0),
                "papers": "03",
                "reason": "Không thuộc thẩm quyền giải quyết của Trung tâm",
            }
            content = self.print_form("onestop_dossier.report_refusal", notice)
            self.assertForm("refusal", rules, content, facts)

    def test_form_03_online_only_the_officer_signs(self):
        dossier = self.new_dossier(procedure_id=self.full.id, channel="online")
        for part in dossier.sudo().part_ids:
            self.env["onestop.dossier.file"]._store(
                self.act_as(dossier, "receiver"), "x.pdf", PDF, part=part
            )
        self.at(self.on(NEW), dossier, "receiver").action_submit()
        self.at(self.on(NEW, 1), dossier, "receiver").action_refuse(
            "Không đủ điều kiện"
        )
        notice = dossier.sudo().guidance_ids
        (kept, _given) = read_pages(
            self.print_form("onestop_dossier.report_refusal", notice)
        )
        for words in (dossier.sudo().code, self.words(NEW, 0), "Số lượng giấy tờ: 03"):
            self.assertTrue(kept.find(words), words)
        self.assertFalse(kept.find("NGƯỜI NỘP HỒ SƠ"))
        self.assertTrue(kept.find("NGƯỜI TIẾP NHẬN HỒ SƠ"))

    def apology(self, rules, **values):
        dossier = self.full_dossier(rules, **values)
        self.at(self.on(rules), dossier, "receiver").action_forward()
        self.at(self.on(rules, 1), dossier, "head")._do_extend(
            "apology",
            self.past(self.on(rules, 10, 16)),
            "Cần lấy ý kiến của cơ quan liên quan",
        )
        return dossier, dossier.draft_ids.filtered(lambda d: d.kind == "apology")

    def test_form_04(self):
        for rules in self.each_circular():
            dossier, draft = self.apology(rules)
            self.assertRegex(draft.number, r"^\d\d/PXL$")
            facts = self.facts(dossier, rules) | {
                "letter_number": draft.number,
                "letter_day": self.vn_day(rules, 1),
                "reason": "Cần lấy ý kiến của cơ quan liên quan",
                "new_due": self.words(rules, 10, 16),
            }
            content = self.print_form(
                "onestop_dossier.report_dossier_apology", draft, "head"
            )
            self.assertForm("apology", rules, content, facts)

    def test_form_04_numbers_follow_one_another(self):
        numbers = [self.apology(NEW)[1].number for _time in range(2)]
        first, second = (int(number.split("/")[0]) for number in numbers)
        self.assertEqual(second, first + 1)

    def test_form_04_signed_for_the_head(self):
        _dossier, draft = self.apology(NEW)
        for mark, office, lines in (
            ("KT.", "", "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC"),
            ("TUQ.", "Trưởng phòng Hành chính tư pháp", "TUQ. GIÁM ĐỐC TRƯỞNG PHÒNG"),
        ):
            draft.sudo().write({"signing_mark": mark, "signing_office": office})
            content = self.print_form(
                "onestop_dossier.report_dossier_apology", draft, "head"
            )
            self.assertTrue(read_pages(content)[0].find(lines), lines)

    def test_form_05_after_a_withdrawal(self):
        dossier = self.full_dossier(NEW)
        self.at(self.on(NEW), dossier, "receiver").action_forward()
        self.at(self.on(NEW, 1), dossier, "receiver").action_request_withdrawal(
            "Người nộp không còn nhu cầu"
        )
        self.at(self.on(NEW, 2), dossier, "receiver").action_accept_withdrawal()
        draft = dossier.draft_ids
        facts = self.facts(dossier, NEW) | {
            # The unit tells the citizen; its head signs by hand.
            "agency": UNIT,
            "AGENCY": UNIT.upper(),
            "signer": "",
            "letter_number": draft.number,
            "letter_day": self.vn_day(NEW, 2),
            "asked_at": self.words(NEW, 1),
            "stopped_at": self.words(NEW, 2),
            "legal_basis": draft.legal_basis,
            "reason": "Người nộp không còn nhu cầu",
        }
        content = self.print_form("onestop_dossier.report_dossier_stop", draft)
        self.assertForm("stop", NEW, content, facts)

    def test_form_05_of_the_head(self):
        dossier = self.full_dossier(NEW)
        self.at(self.on(NEW), dossier, "receiver").action_forward()
        self.at(self.on(NEW, 2), dossier, "head")._do_stop(
            "Có quyết định của Tòa án", "Điều 19 Nghị định số 101/2024/NĐ-CP"
        )
        draft = dossier.draft_ids
        facts = self.facts(dossier, NEW) | {
            "letter_number": draft.number,
            "letter_day": self.vn_day(NEW, 2),
            "asked_at": "",
            "stopped_at": self.words(NEW, 2),
            "legal_basis": "Điều 19 Nghị định số 101/2024/NĐ-CP",
            "reason": "Có quyết định của Tòa án",
        }
        content = self.print_form("onestop_dossier.report_dossier_stop", draft, "head")
        self.assertForm(
            "stop", NEW, content, facts, lacks=("Đề nghị rút hồ sơ của người nộp:",)
        )

    def test_the_rules_of_2018_have_no_stop_notice(self):
        dossier = self.full_dossier(OLD)
        self.at(self.on(OLD), dossier, "receiver").action_forward()
        self.at(self.on(OLD, 2), dossier, "head")._do_stop("Lý do", "Điều 19")
        head = self.act_as(dossier, "head")
        self.assertIn("no such form", head._form_table()["stop"].when(head))

    def test_a_long_list_of_papers_goes_on_with_its_heads(self):
        parts = [
            (
                f"Giấy tờ thử nghiệm số {number} có tên khá dài để chiếm hai dòng",
                1,
                0,
                0,
            )
            for number in range(40)
        ]
        procedure = self.make_full("9.000071", parts)
        dossier = self.full_dossier(NEW, procedure)
        found = read_pages(
            self.print_form("onestop_dossier.report_dossier_slip", dossier)
        )
        self.assertEqual(len(found), 4)
        for page in found:
            self.assertPage(page)
            self.assertTrue(page.find("Tên giấy tờ"))
            # Whoever finds a loose sheet knows where it belongs.
            self.assertTrue(page.find(dossier.code))
        self.assertTrue(found[1].find("NGƯỜI TIẾP NHẬN HỒ SƠ"))
