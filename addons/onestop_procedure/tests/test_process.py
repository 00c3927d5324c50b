# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Internal processes: handed in, checked, submitted, approved, made public."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .chain_common import ChainFixture


class ProcessFixture(ChainFixture):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["onestop.membership"]._today()
        cls.procedure = cls.make_published()
        last = cls.procedure.version_ids
        cls.draft = last.copy({"number": 2})
        cls.draft.case_ids.step_ids.onsite = True
        cls.decision = cls.make_approval(
            "88/QĐ-UBND", effective_from=cls.today + timedelta(days=5)
        )

    @classmethod
    def make_process(cls, versions=None):
        versions = cls.draft if versions is None else versions
        return (
            cls.env["onestop.process"]
            .with_user(cls.author)
            .create(
                {
                    "name": "Processes of notaries",
                    "line_ids": [
                        Command.create({"version_id": v.id}) for v in versions
                    ],
                }
            )
        )

    @classmethod
    def submit(cls, process):
        """Bring a draft before the Chair."""
        process.with_user(cls.leader).action_hand_in()
        process.with_user(cls.director).action_all_in_order()
        process.with_user(cls.director).action_check()
        process.with_user(cls.control).action_submit("", cls.decision.id)


@tagged("post_install", "-at_install")
class TestProcess(ProcessFixture, TransactionCase):
    def test_the_whole_course(self):
        process = self.make_process()
        self.assertRecordValues(
            process.line_ids,
            [{"mode_before": "reception", "mode_after": "full", "problems": False}],
        )
        self.assertEqual((process.line_count, process.full_count), (1, 1))
        self.submit(process)
        process.with_user(self.chair)._do_approve()
        self.assertEqual(process.state, "approved")
        self.assertEqual(process.effective_on, self.decision.effective_from)
        self.assertEqual(self.draft.state, "published")
        self.assertEqual(self.draft.valid_from, self.decision.effective_from)
        self.assertEqual(self.draft.decision_id, self.decision)
        process.with_user(self.director).action_post("board", self.today, "Hall")
        process.with_user(self.director).action_post("kiosk")
        self.assertEqual(process.state, "posted")
        self.assertEqual(set(process.posting_ids.mapped("place")), {"board", "kiosk"})
        self.assertEqual(
            process.trace_ids.mapped("move"),
            ["hand_in", "check", "submit", "approve", "post"],
        )
        # What is public is read by the whole staff, other agencies included.
        self.assertEqual(process.with_user(self.stranger).name, process.name)

    def test_in_force_from_its_day_on(self):
        process = self.make_process()
        self.submit(process)
        process.with_user(self.chair)._do_approve()
        self.assertEqual(self.procedure.onsite_mode, "reception")
        versions = self.procedure._versions_at(self.decision.effective_from)
        self.assertEqual(versions[self.procedure.id], self.draft)

    def test_each_office_has_its_turn(self):
        process = self.make_process()

        def refused(users, act, *args):
            for user in users:
                with self.assertRaises(AccessError, msg=f"{act} by {user.login}"):
                    getattr(process.with_user(user), act)(*args)

        everybody = (self.author | self.leader | self.director | self.control) | (
            self.chair | self.admin
        )
        refused(everybody - self.leader, "action_hand_in")
        process.with_user(self.leader).action_hand_in()
        refused(everybody - self.director, "action_return", "No")
        line = process.line_ids
        for user in everybody - self.director:
            with self.assertRaises(UserError):
                line.with_user(user).action_in_order()
        process.with_user(self.director).action_all_in_order()
        refused(everybody - self.director, "action_check")
        process.with_user(self.director).action_check()
        refused(everybody - self.control, "action_submit")
        refused(everybody - self.control, "action_return", "No")
        process.with_user(self.control).action_submit("", self.decision.id)
        refused(everybody - self.chair, "_do_approve")
        refused(everybody - self.chair, "action_return", "No")
        process.with_user(self.chair)._do_approve()
        refused(everybody - self.director, "action_post")

    def test_nobody_writes_the_state_nor_a_paper_on_its_way(self):
        process = self.make_process()
        users = (self.author, self.leader, self.director, self.control, self.chair)
        for user in (*users, self.admin):
            with self.assertRaises(UserError):
                process.with_user(user).write({"state": "posted"})
        process.with_user(self.leader).action_hand_in()
        for user in (*users, self.admin):
            for values in ({"name": "Other"}, {"line_ids": [Command.clear()]}):
                with self.assertRaises(UserError):
                    process.with_user(user).write(values)
            with self.assertRaises(UserError):
                self.env["onestop.process.posting"].with_user(user).create(
                    {"process_id": process.id, "posted_on": self.today}
                )

    def test_a_draft_on_its_way_is_not_edited(self):
        process = self.make_process()
        step = self.draft.case_ids.step_ids[0]
        step.with_user(self.author).duration = 10
        process.with_user(self.leader).action_hand_in()
        with self.assertRaises(UserError):
            step.with_user(self.author).duration = 9
        with self.assertRaises(UserError):
            self.draft.with_user(self.author).conditions = "Other"
        process.with_user(self.director).action_return("Step 1")
        step.with_user(self.author).duration = 10

    def test_returned_by_each_office_with_its_reason(self):
        process = self.make_process()
        process.with_user(self.leader).action_hand_in()
        process.line_ids.with_user(self.director).action_not_in_order("Step 1")
        with self.assertRaises(UserError):
            process.with_user(self.director).action_check()
        process.with_user(self.director).action_return("By the Centre")
        process.with_user(self.leader).action_hand_in()
        self.assertFalse(process.line_ids.finding)
        process.with_user(self.director).action_all_in_order()
        process.with_user(self.director).action_check()
        process.with_user(self.control).action_return("By the Office")
        self.submit(process)
        process.with_user(self.chair).action_return("By the Chair")
        self.assertEqual(process.state, "draft")
        self.assertEqual(
            process.trace_ids.filtered("note").mapped("note"),
            ["By the Centre", "By the Office", "By the Chair"],
        )

    def test_not_ready(self):
        process = self.make_process()
        steps = self.draft.case_ids.step_ids
        for values in ({"duration": 9}, {"role": False}, {"department_id": False}):
            before = {name: steps[1][name] for name in values}
            steps[1].write(values)
            self.assertTrue(process.line_ids.problems)
            with self.assertRaises(UserError):
                process.with_user(self.leader).action_hand_in()
            steps[1].write(steps._convert_to_write(before))
        self.assertFalse(process.line_ids.problems)

    def test_empty_steps_are_filled_in(self):
        steps = self.draft.case_ids.step_ids
        steps.write({"role": False, "department_id": False})
        self.draft.case_ids.with_user(self.author).action_fill_steps()
        self.assertEqual(steps[0].department_id, self.centre)
        self.assertEqual(steps[1].department_id, self.justice)
        self.assertTrue(all(steps.mapped("role")))

    def test_handed_in_twice(self):
        first, second = self.make_process(), self.make_process()
        first.with_user(self.leader).action_hand_in()
        with self.assertRaises(UserError):
            second.with_user(self.leader).action_hand_in()

    def test_only_own_procedures(self):
        other = self.make_published("9.000005", department_id=self.health.id)
        draft = self.draft_of(other)
        with self.assertRaises(UserError):
            self.make_process(draft).with_user(self.leader).action_hand_in()

    def test_approving_needs_a_decision_of_that_kind(self):
        process = self.make_process()
        self.submit(process)
        other = self.make_approval("9/QĐ", kind="regulation")
        with self.assertRaises(UserError):
            process.with_user(self.chair)._do_approve("", other.id)

    def test_a_new_procedure_waits_for_its_own_decision(self):
        procedure = self.make_procedure("9.000007")
        version = procedure.version_ids
        version.case_ids.action_fill_steps()
        process = self.make_process(version)
        self.submit(process)
        process.with_user(self.chair)._do_approve()
        self.assertEqual(version.state, "draft")
        version.with_user(self.control).action_publish(
            self.today, decision_id=self.make_decision().id
        )
        self.assertEqual(version.state, "published")

    def test_the_flow_sheet_is_printed(self):
        process = self.make_process()

        def assert_printed():
            for name in ("process_sheet_report", "process_sheet_report_a3"):
                report = self.env.ref(f"onestop_procedure.{name}")
                report = report.with_user(self.director)
                content, _type = report._render(report.report_name, process.ids)
                self.assertTrue(content.startswith(b"%PDF"))

        assert_printed()
        self.submit(process)
        assert_printed()
        process.with_user(self.chair)._do_approve()
        assert_printed()
        self.assertEqual(process._hours_text(16), "2 ngày làm việc")
        self.assertEqual(process._hours_text(84), "10,5 ngày làm việc")
        self.assertEqual(process._hours_text(2.5), "2,5 giờ làm việc")

    def test_a_late_decision_is_not_dated_back(self):
        process = self.make_process()
        self.submit(process)
        past = self.make_approval("7/QĐ", date=self.today - timedelta(days=9))
        process.with_user(self.chair)._do_approve("", past.id)
        self.assertEqual(self.draft.valid_from, self.today)
        self.assertEqual(past.state, "in_force")
