# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import ProcedureCase


@tagged("post_install", "-at_install")
class TestProcedureCompare(ProcedureCase):
    """Versions side by side, the process as a flow, what a version lacks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls.make_procedure()
        cls.first = cls.procedure.version_ids
        cls.case = cls.first.case_ids
        cls.first.action_publish("2025-07-01")
        number = cls.first.action_new_version()["res_id"]
        cls.second = cls.first.browse(number)

    def rows(self):
        return {
            (section["title"], row["label"]): (row["kind"], row["before"], row["after"])
            for section in self.first._compare(self.second)
            for row in section["rows"]
        }

    def test_copies_say_the_same(self):
        kinds = {
            row["kind"]
            for section in self.first._compare(self.second)
            for row in section["rows"]
            if row["label"] not in ("Kind of Change", "Valid From")
        }
        self.assertEqual(kinds, {"same"})

    def test_added_removed_changed(self):
        subject = self.env["onestop.subject"].search([], limit=1)
        case = self.second.case_ids
        self.second.write({"subject_ids": [Command.link(subject.id)]})
        case.time_value = 3
        case.part_ids.name = "Another application"
        case.fee_ids.amount = 9000
        case.step_ids[1].onsite = True
        self.second.case_ids = [
            Command.create({"name": "Urgent", "time_value": 1}),
        ]
        rows = self.rows()
        self.assertEqual(rows["Record", "Subjects"], ("added", "", subject.name))
        self.assertEqual(
            rows["Case: General", "Time Allowed"],
            ("changed", "5 working days", "3 working days"),
        )
        parts = {
            label: kind
            for (title, label), (kind, *_texts) in rows.items()
            if title == "Case: General · Documents"
        }
        self.assertEqual(
            parts, {"Another application": "added", "Application": "removed"}
        )
        kind, before, after = rows["Case: General · Fees", "Fee"]
        self.assertEqual(kind, "changed")
        self.assertIn("5,000", before)
        self.assertIn("9,000", after)
        kind, before, after = rows["Case: General · Steps", "Appraisal"]
        self.assertEqual(kind, "changed")
        self.assertNotIn("At the Centre", before)
        self.assertIn("At the Centre", after)
        self.assertEqual(rows["Case: Urgent", "Time Allowed"][0], "added")

    def test_dialog_and_print(self):
        self.second.case_ids.time_value = 3
        action = self.second.with_user(self.staff).action_compare()
        dialog = self.env["onestop.procedure.compare"].with_user(self.staff)
        form = Form(dialog.with_context(**action["context"]))
        self.assertEqual((form.before_id, form.after_id), (self.first, self.second))
        self.assertIn("table-warning", form.table)
        self.assertNotIn("Application", form.table)
        form.only_changes = False
        self.assertIn("Application", form.table)
        wizard = form.save()
        report = wizard.action_print()
        self.assertEqual(report["report_type"], "onestop-pdf")
        pdf, _kind = self.env["ir.actions.report"]._render_onestop_pdf(
            report["report_name"], wizard.ids
        )
        self.assertTrue(pdf.startswith(b"%PDF"))

    # ------------------------------------------------------------
    # Internal process
    # ------------------------------------------------------------

    def test_limit_spread_over_the_steps(self):
        case = self.second.case_ids
        case.time_value = 3
        case.action_spread_steps()
        self.assertEqual(case.step_ids.mapped("duration"), [6, 6, 6, 6])
        case.step_ids.duration = 0
        case.step_ids[0].duration = 1
        case.step_ids[1].duration = 2
        case.action_spread_steps()
        self.assertEqual(case.step_ids.mapped("duration"), [8, 16, 0, 0])
        case.time_unit = "month"
        with self.assertRaisesRegex(UserError, "working"):
            case.action_spread_steps()

    def test_spreading_by_ever_so_odd_shares_fills_the_limit(self):
        case = self.second.case_ids
        for value, shares in ((1, (1, 1, 1, 7)), (7, (3, 3, 3, 0)), (13, (1, 0, 5, 9))):
            case.time_value = value
            for step, share in zip(case.step_ids, shares, strict=True):
                step.duration = share
            case.action_spread_steps()
            self.assertEqual(sum(case.step_ids.mapped("duration")), value * 8)
            self.assertGreaterEqual(min(case.step_ids.mapped("duration")), 0)

    def test_flow_has_a_running_sum(self):
        flow = self.case._flow()
        self.assertEqual(
            [(row["hours"], row["until"]) for row in flow][:2],
            [
                ("10 hours (1.25 working days)", "10 hours (1.25 working days)"),
                ("10 hours (1.25 working days)", "20 hours (2.5 working days)"),
            ],
        )
        self.assertEqual(flow[1]["agency"], self.justice.name)
        overview = str(self.first.overview)
        self.assertIn("exactly the time limit", overview)
        self.assertIn("at the Centre", overview)

    def test_state_of_the_process_is_searched(self):
        procedure = self.make_procedure("9.000011")
        for hours, state in ((10, "complete"), (9, "differs")):
            procedure.version_ids.case_ids.step_ids.duration = hours
            self.assertEqual(procedure.process_state, state)
        procedure.version_ids.case_ids.step_ids.unlink()
        self.assertEqual(procedure.process_state, "none")

    # ------------------------------------------------------------
    # Online level
    # ------------------------------------------------------------

    def test_conditions_of_fully_online(self):
        self.assertFalse(self.second.online_missing)
        self.second.online_level = "full"
        self.assertIn("electronic form", self.second.online_missing)
        self.assertIn("fully online", self.second.remarks)
        self.procedure.code = "1.000011"
        self.second.write(
            {"online_named": True, "online_form": True, "online_synced": True}
        )
        self.assertFalse(self.second.online_missing)
        self.procedure.code = "9.000011"
        self.assertIn("code and name", self.second.online_missing)

    def test_level_of_today_and_its_course(self):
        self.assertEqual(self.procedure.online_level, "none")
        self.second.online_level = "partial"
        self.assertEqual(self.procedure.online_level, "none")
        self.second.action_publish("2026-01-01")
        self.assertEqual(self.procedure.online_level, "partial")
        levels = self.procedure.version_ids.mapped("online_level")
        self.assertEqual(levels, ["partial", "none"])

    def test_remarks_name_compulsory_contents(self):
        self.assertIn("subjects", self.second.remarks)
        self.assertIn("order of steps", self.second.remarks)
        self.second.case_ids.sequence_text = "First, then"
        self.assertNotIn("order of steps", self.second.remarks)
