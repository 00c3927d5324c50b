# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io
import json
import re

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from .common import DossierData
from .desk_common import SCAN, DeskCase


class ElsewhereData:
    """A second Centre, with its receiver, and one that has nothing to do with it."""

    @classmethod
    def set_up_centres(cls):
        cls.elsewhere = cls.make_centre("elsewhere", "K99.88")
        cls.third = cls.make_centre("third", "K99.89")

    @classmethod
    def make_centre(cls, name, code):
        unit = cls.env["onestop.department"].create(
            {"name": f"Unit {name}", "short": name, "kind": "commune", "code": code}
        )
        company = cls.env["res.company"].create(
            {"name": f"Centre {name}", "onestop_department_id": unit.id}
        )
        company.resource_calendar_id.tz = "Asia/Ho_Chi_Minh"
        user = cls.users["receiver"].copy(
            {
                "login": f"t.{name}",
                "company_id": company.id,
                "company_ids": [Command.set(company.ids)],
            }
        )
        user.password = f"t.{name}.secret"
        cls.add_role(user, unit, "receiver")
        cls.users[name] = user
        return company


@tagged("post_install", "-at_install")
class TestHelpElsewhere(ElsewhereData, DeskCase):
    """Filed here for another Centre: support, reception, competent (NĐ 118/2025)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_centres()

    def filing(self, **values):
        entry = self.entry(centre_id=self.elsewhere.id, **values)
        entry["parts"][0]["files"] = [{"name": "form.pdf", "content": SCAN}]
        return entry

    def filed(self, **values):
        answer = self.desk().receive(self.filing(**values))
        self.assertNotIn("problems", answer)
        return answer, self.env["onestop.dossier"].browse(answer["id"])

    def test_three_agencies_on_one_code(self):
        """NĐ 118/2025/NĐ-CP: routed to the Centre that receives, one code from it."""
        answer, dossier = self.filed()
        self.assertTrue(answer["code"].startswith("K99.88-"), answer["code"])
        self.assertEqual(answer["filed"]["centre"], "Centre elsewhere")
        self.assertTrue(answer["filed"]["answer"])
        record = dossier.sudo()
        self.assertEqual(
            (record.state, record.channel, record.company_id),
            ("submitted", "online", self.elsewhere),
        )
        self.assertEqual(record.assisted_by_id, self.users["receiver"])
        self.assertFalse(record.receiver_id)
        self.assertEqual(record.helped_department_id, self.centre)
        self.assertEqual(
            record.viewer_ids, self.centre | self.elsewhere.onestop_department_id
        )
        event = record.event_ids.sorted("sequence")[-1]
        self.assertEqual((event.kind, event.department_id), ("submit", self.centre))
        self.assertEqual(json.loads(event.body)["after"]["helped"], self.centre.id)

    def test_the_other_centre_receives_it(self):
        """NĐ 45/2020/NĐ-CP, Điều 11 khoản 4: its 8 working hours run."""
        answer, dossier = self.filed()
        there = self.desk("elsewhere", self.elsewhere)
        row = next(r for r in there.inbox()["online"]["rows"] if r["id"] == dossier.id)
        self.assertIn("working hours", row["left"])
        self.assertFalse(
            [r for r in self.desk().inbox()["online"]["rows"] if r["id"] == dossier.id]
        )
        received = there.receive(
            {
                **self.entry(),
                "channel": "online",
                "dossier_id": dossier.id,
                "head": dossier.sudo().head_sequence,
                "parts": [],
            }
        )
        self.assertEqual(received["code"], answer["code"])
        record = dossier.sudo()
        self.assertEqual(record.state, "received")
        self.assertEqual(record.receiver_id, self.users["elsewhere"])
        self.assertEqual(record.department_id, self.justice)
        # Place of support and competent agency follow it; nobody else does.
        self.assertEqual(self.act_as(dossier, "receiver").state, "received")
        self.assertEqual(self.act_as(dossier, "appraiser").state, "received")
        self.assertEqual(
            self.act_as(dossier, "elsewhere")._slip_values()["agencies"],
            {
                "support": "Test Centre",
                "reception": "Unit elsewhere",
                "competent": "Test Justice",
            },
        )
        self.assertEqual(self.env["onestop.dossier.event"]._verify_ledgers()[1], [])

    def test_the_place_of_support_only_reads(self):
        _answer, dossier = self.filed()
        record = self.act_as(dossier, "receiver")
        self.assertTrue(record.slip_secret)
        self.assertFalse(record.allowed_acts)
        for act, arguments in (
            ("action_receive", ()),
            ("action_refuse", ("Reason",)),
            ("action_submit", ()),
            ("action_request_supplement", ("Reason",)),
            ("action_request_withdrawal", ("Reason",)),
            ("action_scan", (record.part_ids[0].id, "x.pdf", SCAN)),
        ):
            with self.subTest(act=act), self.assertRaises(UserError):
                getattr(self.act_as(dossier, "receiver"), act)(*arguments)
        for values in ({"result_channel": "post"}, {"notice_wish": "none"}, {}):
            with self.subTest(values=values), self.assertRaises(UserError):
                self.act_as(dossier, "receiver").write(values or {"subject": "Other"})
        with self.assertRaises(AccessError):
            self.act_as(dossier, "receiver").part_ids.write({"note": "Other"})
        with self.assertRaises(UserError):
            self.desk().receive(
                {**self.entry(), "dossier_id": dossier.id, "head": 0, "parts": []}
            )
        # The Centre that receives works on it as on any other.
        self.act_as(dossier, "elsewhere").part_ids.write({"note": "Seen"})

    def test_a_stranger_sees_nothing(self):
        _answer, dossier = self.filed()
        for name in ("third", "appraiser", "stranger"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.act_as(dossier, name).read(["code"])

    def test_nobody_writes_the_place_of_support(self):
        _answer, dossier = self.filed()
        for name in ("receiver", "elsewhere"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.act_as(dossier, name).write(
                    {"helped_department_id": self.health.id}
                )
        with self.assertRaises(AccessError):
            self.env["onestop.dossier"].with_user(self.users["receiver"]).create(
                {
                    "procedure_id": self.procedure.id,
                    "person_id": self.citizen.id,
                    "company_id": self.company.id,
                    "helped_department_id": self.centre.id,
                }
            )

    def test_no_code_of_the_place_of_support(self):
        before = self.received()
        self.filed()
        after = self.received(person=self.other_citizen)
        self.assertEqual(
            int(after.code.rsplit("-", 1)[1]), int(before.code.rsplit("-", 1)[1]) + 1
        )

    def test_the_same_filing_twice_is_one_dossier(self):
        entry = self.filing(token="elsewhere-1")
        first = self.desk().receive(entry)
        self.assertEqual(self.desk().receive(entry)["id"], first["id"])

    def test_what_is_wrong_stands_beside_the_field(self):
        for values, field in (
            ({"centre_id": 0 - 1}, "centre"),
            ({"centre_id": "1"}, "centre"),
            ({"paid_fee_ids": [1]}, "centre"),
            ({"dossier_id": self.new_dossier().id}, "centre"),
        ):
            with self.subTest(values=values):
                problems = self.desk().receive({**self.filing(), **values})["problems"]
                self.assertEqual(list(problems), [field])
        entry = self.entry(centre_id=self.elsewhere.id)
        self.assertIn("Form", self.desk().receive(entry)["problems"]["parts"])
        self.assertIn("centre", self.desk().save_draft(self.filing())["problems"])

    def test_only_receivers_file_for_another_centre(self):
        entry = self.filing()
        for name in ("appraiser", "head", "returner", "stranger", "citizen"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.desk(name).receive(entry)

    def test_own_centre_is_the_ordinary_reception(self):
        answer = self.desk().receive(self.entry(centre_id=self.company.id))
        self.assertTrue(answer["code"].startswith("K99.02-"))
        shown = [c["id"] for c in self.desk().open_desk()["centres"]]
        self.assertIn(self.elsewhere.id, shown)
        self.assertNotIn(self.company.id, shown)

    def test_what_the_citizen_takes_home(self):
        answer, dossier = self.filed()
        record = self.act_as(dossier, "receiver")
        self.assertIn("filing", [form["key"] for form in record._form_keys()])
        report = self.env.ref("onestop_dossier.dossier_filing_report")
        self.assertEqual(answer["print"]["report_name"], report.report_name)
        reports = self.env["ir.actions.report"].with_user(self.users["receiver"])
        content, _kind = reports._render_onestop_pdf(report.report_name, dossier.ids)
        [page] = PdfReader(io.BytesIO(content)).pages
        text_of_page = re.sub(r"\s+", " ", page.extract_text())
        for text in (
            record.code,
            record.slip_secret,
            "Test Centre",
            "Unit elsewhere",
            "Test Justice",
        ):
            self.assertIn(text, text_of_page)
        other = self.received()
        self.assertNotIn("filing", [form["key"] for form in other._form_keys()])


@tagged("post_install", "-at_install")
class TestHelpElsewhereWeb(ElsewhereData, DossierData, HttpCase):
    """The same over the web client's RPC, and by keyboard at the desk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.set_up_data()
        cls.set_up_centres()
        cls.procedure = cls.make_procedure(
            "9.000021",
            cls.justice,
            part_ids=[
                Command.create({"name": "Form", "originals": 1, "required": False})
            ],
        )

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    def log_in(self, name):
        self.authenticate(f"t.{name}", f"t.{name}.secret")

    @mute_logger("odoo.http")
    def refused(self, model, method, *args):
        with self.assertRaises(JsonRpcException):
            self.call(model, method, *args)

    def filed(self):
        self.log_in("receiver")
        case = self.call("onestop.reception.desk", "open_case", self.procedure.id)
        answer = self.call(
            "onestop.reception.desk",
            "receive",
            {
                "person_id": self.citizen.id,
                "procedure_id": self.procedure.id,
                "case_id": case["case_id"],
                "parts": case["parts"],
                "centre_id": self.elsewhere.id,
            },
        )
        return answer["id"]

    def test_over_rpc(self):
        dossier = self.filed()
        model = "onestop.dossier"
        self.assertEqual(
            self.call(model, "read", [dossier], ["state"])[0]["state"], "submitted"
        )
        self.refused(model, "action_receive", [dossier])
        for values in (
            {"helped_department_id": False},
            {"subject": "Other"},
            {"company_id": self.company.id},
            {"assisted_by_id": False},
        ):
            self.refused(model, "write", [dossier], values)
        self.log_in("third")
        self.assertFalse(self.call(model, "search_count", [["id", "=", dossier]]))
        self.refused(model, "read", [dossier], ["code"])
        self.refused("onestop.reception.desk", "load_draft", dossier)
        self.log_in("elsewhere")
        self.refused(model, "write", [dossier], {"helped_department_id": False})
        self.assertTrue(self.call(model, "action_receive", [dossier]))

    def test_by_keyboard(self):
        self.start_tour(
            "/odoo/onestop-reception", "onestop_dossier_elsewhere", login="t.receiver"
        )
        dossier = self.env["onestop.dossier"].search(
            [("procedure_id", "=", self.procedure.id)]
        )
        self.assertEqual(dossier.company_id, self.elsewhere)
        self.assertEqual(dossier.helped_department_id, self.centre)
        self.assertEqual(dossier.state, "submitted")
