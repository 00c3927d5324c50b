# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PDF
from .desk_common import SCAN, DeskCase


@tagged("post_install", "-at_install")
class TestReceptionDesk(DeskCase):
    """From what is entered to the slip, as the receiver."""

    def test_received_in_one_go(self):
        case = self.desk().open_case(self.procedure.id)
        self.assertEqual(case["limit"], "5 working days")
        self.assertFalse(case["same_day"])
        dossier = self.received()
        self.assertEqual(dossier.state, "received")
        self.assertEqual(case["due"], self.desk()._when(dossier.due_at))
        self.assertEqual(dossier.receiver_id, self.users["receiver"])
        self.assertEqual(dossier.part_ids.mapped("received"), [True, True])

    def test_counts_and_findings_are_kept(self):
        entry = self.entry()
        entry["parts"][0].update(originals=2, note="Seen")
        entry["parts"][1].update(received=False, finding=False)
        answer = self.desk().receive(entry)
        dossier = self.env["onestop.dossier"].browse(answer["id"])
        form, other = self.act_as(dossier, "receiver").part_ids
        self.assertEqual((form.originals_given, form.note), (2, "Seen"))
        self.assertEqual(form._counts(), (2, 0))
        self.assertEqual(
            (other.received, other.finding, other.copies_given), (False, False, 0)
        )

    def test_what_is_wrong_stands_beside_the_field(self):
        problems = self.desk().receive({"copies": 0})["problems"]
        self.assertEqual(set(problems), {"person", "procedure", "copies"})
        entry = self.entry()
        entry["parts"][0]["received"] = False
        problems = self.desk().receive(entry)["problems"]
        self.assertIn("Form", problems["parts"])
        self.assertNotIn("Attachment", problems["parts"])
        entry["parts"][1]["finding"] = "wrong"
        self.assertIn("Attachment", self.desk().receive(entry)["problems"]["parts"])

    def test_the_same_entry_twice_is_one_dossier(self):
        entry = self.entry(token="desk-1")
        first = self.desk().receive(entry)
        again = self.desk().receive(entry)
        self.assertEqual((first["id"], first["code"]), (again["id"], again["code"]))

    def test_fee_collected_with_the_reception(self):
        fee = self.procedure.version_id.case_ids.fee_ids[0]
        dossier = self.received(paid_fee_ids=[fee.id])
        self.assertEqual(dossier.fee_ids.mapped("state"), ["paid", "to_state"])
        self.assertEqual(dossier.amount_paid, 20000)
        other = self.received(person=self.other_citizen)
        self.assertEqual(other.fee_ids.mapped("state"), ["due", "to_state"])

    def test_draft_is_kept_and_goes_on(self):
        entry = self.entry(token="desk-2", subject="As asked")
        entry["parts"][0]["received"] = False
        entry["parts"][0]["finding"] = False
        kept = self.desk().save_draft(entry)["id"]
        shown = self.desk().load_draft(kept)
        self.assertEqual((shown["state"], shown["subject"]), ("draft", "As asked"))
        self.assertFalse(shown["procedure"]["parts"][0]["received"])
        self.assertEqual(shown["procedure"]["duplicates"], [])
        entry = self.entry(dossier_id=kept, subject="As asked", token="desk-2")
        self.assertEqual(self.desk().receive(entry)["id"], kept)
        with self.assertRaisesRegex(UserError, "received already"):
            self.desk().load_draft(kept)

    def test_files_of_parts(self):
        entry = self.entry()
        entry["parts"][0]["files"] = [{"name": "form.pdf", "content": SCAN}]
        answer = self.desk().receive(entry)
        dossier = self.env["onestop.dossier"].browse(answer["id"])
        files = self.act_as(dossier, "receiver").part_ids[0].file_ids
        self.assertEqual(files.mapped("name"), ["form.pdf"])

    def test_paper_handed_in_before_is_used_again(self):
        entry = self.entry()
        self.assertFalse(entry["parts"][0]["reuse"])
        entry["parts"][0]["files"] = [{"name": "form.pdf", "content": SCAN}]
        first = self.desk().receive(entry)
        offered = self.entry(procedure=self.procedure)
        self.assertEqual(offered["parts"][0]["reuse"]["code"], first["code"])
        self.assertFalse(offered["parts"][1]["reuse"])
        offered["parts"][0].update(received=False, reused=True)
        again = self.desk().receive(offered)
        dossier = self.env["onestop.dossier"].browse(again["id"])
        file = self.act_as(dossier, "receiver").part_ids[0].file_ids
        self.assertEqual(file.reused_from_id.dossier_id.code, first["code"])
        # sudo: the content of an attachment
        self.assertEqual(file.sudo().attachment_id.raw, PDF)

    def test_nobody_elses_paper_is_used_again(self):
        entry = self.entry()
        entry["parts"][0]["files"] = [{"name": "form.pdf", "content": SCAN}]
        self.desk().receive(entry)
        file = self.desk().open_case(self.procedure.id, person_id=self.citizen.id)
        file = file["parts"][0]["reuse"]
        other = self.entry(person=self.other_citizen)
        self.assertFalse(other["parts"][0]["reuse"])
        other["parts"][0].update(reused=True, reuse=file)
        with self.assertRaisesRegex(UserError, "same person"):
            self.desk().receive(other)

    def test_duplicate_is_told(self):
        dossier = self.received()
        found = self.desk().check(self.citizen.id, self.procedure.id)["duplicates"]
        self.assertEqual(
            [(d["id"], d["code"]) for d in found], [(dossier.id, dossier.code)]
        )
        other = self.desk().check(self.other_citizen.id, self.procedure.id)
        self.assertEqual(other["duplicates"], [])

    def test_duplicate_at_another_centre_has_no_link(self):
        """Since NĐ 118/2025 any Centre receives: the warning crosses them."""
        dossier = self.received()
        elsewhere = self.other_centre()
        found = self.desk("elsewhere", elsewhere).check(
            self.citizen.id, self.procedure.id
        )["duplicates"]
        self.assertEqual([(d["id"], d["code"]) for d in found], [(False, dossier.code)])

    def other_centre(self):
        unit = self.env["onestop.department"].create(
            {"name": "Commune", "short": "T-LX", "kind": "commune", "code": "K99.88"}
        )
        company = self.env["res.company"].create(
            {"name": "Commune Centre", "onestop_department_id": unit.id}
        )
        self.users["elsewhere"] = self.users["receiver"].copy(
            {
                "login": "t.elsewhere",
                "company_id": company.id,
                "company_ids": company.ids,
            }
        )
        self.add_role(self.users["elsewhere"], unit, "receiver")
        return company

    def test_received_elsewhere_for_the_competent_agency(self):
        """NĐ 118/2025, Điều 15: one code, three agencies, routed to who decides."""
        elsewhere = self.other_centre()
        entry = self.entry()
        answer = self.desk("elsewhere", elsewhere).receive(entry)
        self.assertTrue(answer["code"].startswith("K99.88-"))
        dossier = self.env["onestop.dossier"].sudo().browse(answer["id"])
        self.assertEqual(dossier.support_department_id.name, "Commune")
        self.assertEqual(dossier.company_id, elsewhere)
        self.assertEqual(dossier.department_id, self.justice)
        self.assertEqual(self.act_as(dossier, "appraiser").code, answer["code"])
        with self.assertRaises(AccessError):
            self.act_as(dossier, "receiver").code  # noqa: B018 - reading is the test

    def test_same_day_needs_no_slip(self):
        quick = self.make_procedure(
            "9.000004", self.justice, time_unit="none", time_value=0
        )
        self.assertTrue(self.desk().open_case(quick.id)["same_day"])
        answer = self.desk().receive(self.entry(procedure=quick))
        self.assertTrue(answer["same_day"])
        self.assertTrue(answer["code"])

    def test_pooled_procedures(self):
        rare = self.make_procedure("9.000005", self.justice)
        rare.pooled = True
        found = self.desk().find_procedure("", pooled=True)
        self.assertIn(rare.id, [row["id"] for row in found])
        self.assertTrue(all(row["pooled"] for row in found))

    def test_procedure_as_one_types(self):
        found = self.desk().find_procedure("9.000003 PROCEDÙRE")
        self.assertEqual([row["id"] for row in found], [self.procedure.id])
        self.assertEqual(found[0]["agency"], "Test Justice")
        self.assertEqual(self.desk().find_procedure(""), [])
        self.procedure.action_suspend()
        self.assertEqual(self.desk().find_procedure("9.000003"), [])

    def test_last_dossiers(self):
        codes = [self.received().code for _number in range(6)]
        recent = [row["code"] for row in self.desk().recent()]
        self.assertEqual(recent, codes[:0:-1])

    def test_scanned_slip_is_found(self):
        dossier = self.received()
        for scan in (
            dossier.code,
            f"https://centre.example/track?code={dossier.code}",
            f"https://centre.example/track?code={dossier.code}&x=1",
            dossier.code.lower().replace("-", "–"),
        ):
            with self.subTest(scan=scan):
                self.assertEqual(self.desk().find_code(scan), dossier.id)
        self.assertEqual(self.desk("appraiser").find_code(dossier.code), dossier.id)
        self.assertFalse(self.desk("stranger").find_code(dossier.code))
        self.assertFalse(self.desk().find_code("nonsense"))

    # ------------------------------------------------------------
    # Ways to the counter
    # ------------------------------------------------------------

    def test_proxy_names_his_authority(self):
        entry = self.entry(submitter_id=self.other_citizen.id)
        self.assertIn("authorisation", self.desk().receive(entry)["problems"])
        entry["authorisation"] = {"kind": "power"}
        self.assertIn("authorisation", self.desk().receive(entry)["problems"])
        entry["authorisation"] = {
            "kind": "power",
            "number": "12/2026",
            "on": "05/02/2026",
            "file": {"name": "power.pdf", "content": SCAN},
        }
        answer = self.desk().receive(entry)
        dossier = self.env["onestop.dossier"].browse(answer["id"])
        record = self.act_as(dossier, "receiver")
        self.assertEqual(record.submitter_id, self.other_citizen)
        self.assertEqual(record.authorisation_on, fields.Date.to_date("2026-02-05"))
        self.assertEqual(record.file_ids.mapped("kind"), ["authorisation"])
        with self.assertRaisesRegex(UserError, "handed in"):
            record.write({"authorisation_number": "13/2026"})

    def test_by_post_with_its_arrival(self):
        entry = self.entry(channel="post")
        self.assertIn("arrived_at", self.desk().save_draft(entry)["problems"])
        entry["arrived_at"] = "2999-01-01T08:00"
        self.assertIn("arrived_at", self.desk().save_draft(entry)["problems"])
        entry.update(arrived_at="2026-01-05T08:30", consignment="EF 1")
        kept = self.desk().save_draft(entry)["id"]
        row = next(r for r in self.desk().inbox()["post"]["rows"] if r["id"] == kept)
        self.assertIn("5/1/2026 08:30", row["arrived"])
        shown = self.desk().load_draft(kept)
        self.assertEqual(shown["arrived_at"], "2026-01-05T08:30")
        answer = self.desk().receive({**entry, "dossier_id": kept})
        dossier = self.env["onestop.dossier"].browse(answer["id"])
        record = self.act_as(dossier, "receiver")
        self.assertEqual(
            record.arrived_at, fields.Datetime.to_datetime("2026-01-05 01:30:00")
        )
        self.assertGreater(record.received_at, record.arrived_at)

    def test_filed_online_with_help(self):
        entry = self.entry(channel="online")
        self.assertIn("Form", self.desk().receive(entry)["problems"]["parts"])
        entry["parts"][0]["files"] = [{"name": "form.pdf", "content": SCAN}]
        answer = self.desk().receive(entry)
        dossier = self.env["onestop.dossier"].browse(answer["id"])
        record = self.act_as(dossier, "receiver")
        self.assertEqual(
            (record.channel, record.state, record.assisted_by_id),
            ("online", "received", self.users["receiver"]),
        )
        self.assertEqual(
            record.event_ids.sorted("sequence").mapped("kind"),
            ["create", "submit", "receive"],
        )

    def test_several_on_one_slip(self):
        first = self.received()
        second = self.desk().receive(self.entry(together=[first.id]))
        self.assertTrue(second["bundle"])
        self.assertEqual(second["print"]["context"]["active_ids"], [second["bundle"]])
        bundle = self.env["onestop.dossier.bundle"].browse(second["bundle"])
        self.assertEqual(
            bundle.sudo().dossier_ids.ids, sorted([first.id, second["id"]])
        )
        other = self.desk().receive(
            self.entry(person=self.other_citizen, together=[second["id"]])
        )
        self.assertFalse(other["bundle"])

    # ------------------------------------------------------------
    # Access
    # ------------------------------------------------------------

    def test_only_receivers_of_this_centre(self):
        entry = self.entry()
        calls = {
            "open_desk": (),
            "recent": (),
            "inbox": (),
            "find_person": ("Citizen",),
            "person_summary": (self.citizen.id,),
            "create_person": ({"name": "X"},),
            "find_procedure": ("9.000003",),
            "open_case": (self.procedure.id,),
            "check": (self.citizen.id, self.procedure.id),
            "receive": (entry,),
            "save_draft": (entry,),
            "load_draft": (1,),
            "guide": (entry,),
            "refuse": (entry,),
        }
        for name in ("appraiser", "head", "returner", "stranger", "citizen"):
            for method, arguments in calls.items():
                with (
                    self.subTest(user=name, method=method),
                    self.assertRaises(AccessError),
                ):
                    getattr(self.desk(name), method)(*arguments)

    def test_what_follows_from_acts_cannot_be_written(self):
        dossier = self.new_dossier()
        for name in ("receiver_id", "assisted_by_id"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                dossier.write({name: self.users["receiver"].id})
