# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Papers that are filled from the ledger, against their field lists, by circular."""

import io

from odoo.tests import tagged

from .past import PastCase
from .test_form_fields import NEW, OLD, FormCase

REPORT = "onestop_dossier.report_{}"


@tagged("post_install", "-at_install")
class TestFormLedger(FormCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for user, name in (
            ("returner", "Viên chức trả kết quả"),
            ("records", "Văn thư Sở Tư pháp"),
            ("appraiser", "Chuyên viên thẩm định"),
        ):
            cls.users[user].name = name
        cls.users["returner"].partner_id.phone = "0900000910"

    def returned(self, rules, **values):
        """Returned a day after it was due, whole course."""
        dossier = self.full_dossier(rules, **values)
        self.at(self.on(rules, 0, 10), dossier, "receiver").action_forward()
        self.finish(self.on(rules, 8), dossier)
        rest = dossier._unpaid_fees()
        if rest:
            at = self.on(rules, 8, 10)
            self.at(at, dossier, "cashier").action_collect_fee(rest.id)
        self.at(self.on(rules, 8, 10), dossier, "returner").action_return(
            "counter",
            "Người nộp thay thử nghiệm",
            "089090000902",
            phone="0900000902",
        )
        return dossier

    def each(self):
        for rules in (OLD, NEW):
            with self.subTest(rules=rules):
                dossier = self.returned(rules)
                facts = self.facts(dossier, rules)
                first = dossier._legal_day(dossier.received_at)
                last = dossier._legal_day(dossier.returned_at)
                due = dossier._legal_day(dossier.due_at)
                facts |= {
                    "forwarded_at": self.words(rules, 0, 10),
                    "returned_at": self.words(rules, 8, 10),
                    "received_on": f"{first:%d/%m/%Y}",
                    "due_on": f"{due:%d/%m/%Y}",
                    "returned_on": f"{last:%d/%m/%Y}",
                    "received_day": f"{first:%d/%m/%Y}",
                }
                yield rules, dossier, facts

    def test_control_slip(self):
        for rules, dossier, facts in self.each():
            content = self.print_form(REPORT.format("dossier_control"), dossier)
            self.assertForm("control", rules, content, facts)

    def test_register(self):
        for rules, dossier, facts in self.each():
            day = dossier._legal_day(dossier.received_at)
            export = (
                self.env["onestop.register.export"]
                .with_user(self.users["receiver"])
                .create(
                    {
                        "company_id": self.company.id,
                        "date_from": day,
                        "date_to": day,
                        "layout": "pdf",
                    }
                )
            )
            target = io.BytesIO()
            export._write_file(target)
            self.assertForm("register", rules, target.getvalue(), facts)

    def test_return_record_course_and_folder(self):
        # Forms are in Vietnamese where that is installed.
        printed = self.env["ir.actions.report"]._onestop_print_context()
        for rules, dossier, facts in self.each():
            received = dossier.event_ids.filtered(lambda e: e.kind == "receive")
            labels = dict(received.with_context(**printed)._selection_kind())
            facts |= {"act": labels["receive"], "hash": received.hash[:12]}
            self.act_as(dossier, "receiver").part_ids[0].sheets = 2
            for key, report, pages in (
                ("return_record", "dossier_return", 1),
                ("trace", "dossier_trace", 2),
                ("folder", "dossier_folder", 1),
            ):
                content = self.print_form(REPORT.format(report), dossier)
                self.assertForm(key, rules, content, facts, copies=1, pages=pages)


@tagged("post_install", "-at_install")
class TestFormHandOver(FormCase):
    """Apart: acts of the demo draw numbers in the transaction of the test itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["returner"].name = "Viên chức trả kết quả"
        cls.users["records"].name = "Văn thư Sở Tư pháp"

    def at(self, moment, dossier, user):
        return PastCase.at(self, moment, dossier, user)

    def test_hand_overs(self):
        for kind, giver, user in (
            ("dossier", self.centre, "receiver"),
            ("result", self.justice, "records"),
        ):
            dossier = self.full_dossier(NEW)
            self.at(self.on(NEW, 0, 10), dossier, "receiver").action_forward()
            if kind == "result":
                self.finish(self.on(NEW, 1), dossier)
            taker = self.centre | self.justice
            record = (
                self.env["onestop.hand.over"]
                .with_user(self.users[user])
                .create(
                    {
                        "kind": kind,
                        "company_id": self.company.id,
                        "giver_department_id": giver.id,
                        "taker_department_id": (taker - giver).id,
                        "line_ids": [(0, 0, {"dossier_id": dossier.id})],
                    }
                )
            )
            record.action_give()
            if kind == "result":
                record.with_user(self.users["returner"]).action_take()
            facts = self.facts(dossier, NEW) | {"hand_over": record.number}
            content = self.print_form(REPORT.format("hand_over"), record)
            self.assertForm(f"hand_over_{kind}", NEW, content, facts, copies=1)
