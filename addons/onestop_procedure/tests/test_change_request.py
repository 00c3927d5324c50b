# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A reported change of rules passes from the agency to the Chair (plan III.7)."""

from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .chain_common import ChainFixture


class ChangeFixture(ChainFixture):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env["onestop.membership"]._today()
        cls.old_law = cls.make_law("1/2020/NĐ-CP", effective_from="2020-01-01")
        cls.new_law = cls.make_law(
            "2/2026/NĐ-CP", effective_from=cls.today - timedelta(days=12)
        )
        cls.procedure = cls.make_published(laws=[cls.old_law])
        cls.other = cls.make_published("9.000002", laws=[cls.old_law])
        cls.decision = cls.make_approval("77/QĐ-UBND", kind="other")

    @classmethod
    def make_request(cls, lines=None, **values):
        if lines is None:
            lines = [{"procedure_id": cls.procedure.id, "content": "New form"}]
        return (
            cls.env["onestop.change.request"]
            .with_user(cls.author)
            .create(
                {
                    "name": "Decree 2/2026 takes effect",
                    "law_id": cls.new_law.id,
                    "old_law_ids": [Command.link(cls.old_law.id)],
                    "line_ids": [Command.create(line) for line in lines],
                    **values,
                }
            )
        )

    @classmethod
    def advise(cls, request):
        """Bring a draft before the Chair."""
        request.with_user(cls.leader).action_report()
        request.with_user(cls.control).action_advise("Agreed", cls.decision.id)

    @classmethod
    def accept(cls, request):
        cls.advise(request)
        request.with_user(cls.chair)._do_accept("Yes")


@tagged("post_install", "-at_install")
class TestChangeRequest(ChangeFixture, TransactionCase):
    def tasks(self, record):
        return self.env["mail.activity"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )

    def test_the_whole_course(self):
        request = self.make_request()
        self.assertEqual(request.department_id, self.justice)
        self.assertEqual(request.effective_on, self.new_law.effective_from)
        self.accept(request)
        self.assertEqual(request.state, "drafted")
        self.assertEqual(self.decision.state, "in_force")
        draft = request.line_ids.version_id
        self.assertEqual(draft.state, "draft")
        self.assertEqual(draft.procedure_id, self.procedure)
        self.assertEqual(draft.legal_basis_ids, self.new_law)
        self.assertEqual(draft.change, "amended")
        self.assertEqual(draft.valid_from, self.new_law.effective_from)
        self.assertEqual(self.tasks(request).user_id, self.author)
        draft.with_user(self.control).action_publish(
            self.today, decision_id=self.decision.id
        )
        self.assertEqual(request.state, "done")
        course = request.with_user(self.staff).trace_ids
        self.assertEqual(
            course.mapped("move"), ["report", "advise", "accept", "draft", "finish"]
        )
        self.assertEqual(course.user_id, self.leader | self.control | self.chair)

    def test_each_office_has_its_turn(self):
        request = self.make_request()
        head = request.with_user(self.head)
        for user in (self.author, self.control, self.chair, self.director, self.admin):
            with self.assertRaises(AccessError):
                request.with_user(user).action_report()
        self.assertEqual(head.open_moves, ["report"])
        head.action_report()
        self.assertEqual(self.tasks(request).user_id, self.control)
        for user in (self.head, self.author, self.director, self.chair, self.admin):
            with self.assertRaises(AccessError):
                request.with_user(user).action_advise("Mine")
            with self.assertRaises(AccessError):
                request.with_user(user).action_return("Mine")
        request.with_user(self.control).action_advise("Agreed")
        self.assertEqual(self.tasks(request).user_id, self.chair)
        for user in (self.head, self.control, self.director, self.admin):
            with self.assertRaises(AccessError):
                request.with_user(user)._do_accept("Mine", self.decision.id)
            with self.assertRaises(AccessError):
                request.with_user(user)._do_decline("Mine")
        self.assertEqual(request.state, "advised")

    def test_strangers_do_not_see_it(self):
        request = self.make_request()
        for user in (self.stranger, self.outsider):
            with self.assertRaises(AccessError):
                request.with_user(user).read(["name"])
        self.assertEqual(request.with_user(self.director).name, request.name)

    def test_nobody_writes_the_state_nor_a_reported_paper(self):
        request = self.make_request()
        for user in (self.author, self.control, self.chair, self.admin):
            with self.assertRaises(UserError):
                request.with_user(user).write({"state": "done"})
        request.with_user(self.leader).action_report()
        for user in (self.author, self.leader, self.control, self.chair, self.admin):
            with self.assertRaises(UserError):
                request.with_user(user).write({"name": "Other"})
            with self.assertRaises(UserError):
                request.line_ids.with_user(user).write({"content": "Other"})
            with self.assertRaises(UserError):
                request.with_user(user).unlink()

    def test_a_keeper_of_another_agency_does_not_report_for_it(self):
        with self.assertRaises(AccessError):
            self.env["onestop.change.request"].with_user(self.stranger).create(
                {"name": "X", "department_id": self.justice.id}
            )

    def test_returned_with_a_reason(self):
        request = self.make_request()
        request.with_user(self.leader).action_report()
        request.with_user(self.control).action_return("Which articles?")
        self.assertEqual(request.state, "draft")
        self.assertEqual(self.tasks(request).user_id, self.author)
        self.assertEqual(request.trace_ids[-1:].note, "Which articles?")
        request.with_user(self.author).what_changes = "Article 5"
        request.with_user(self.leader).action_report()

    def test_sent_back_by_the_chair(self):
        request = self.make_request()
        self.advise(request)
        request.with_user(self.chair).action_send_back("Ask the ministry")
        self.assertEqual(request.state, "reported")
        self.assertEqual(self.tasks(request).user_id, self.control)

    def test_declined(self):
        request = self.make_request()
        self.advise(request)
        request.with_user(self.chair)._do_decline("Not now")
        self.assertEqual(request.state, "declined")
        self.assertFalse(request.line_ids.version_id)

    def test_accepting_needs_a_decision_that_holds(self):
        request = self.make_request()
        request.with_user(self.leader).action_report()
        request.with_user(self.control).action_advise("Agreed")
        for decision in (
            self.env["onestop.decision"],
            self.new_law,
            self.make_approval("5/QĐ", kind="other", state="lapsed"),
        ):
            with self.assertRaises(UserError):
                request.with_user(self.chair)._do_accept("", decision.id)

    def test_late_reports_show(self):
        request = self.make_request()
        self.assertEqual(request.late_days, 0)
        request.with_user(self.leader).action_report()
        self.assertEqual(request.late_days, 12)
        early = self.make_request(
            name="Next year", effective_on=self.today + timedelta(days=30), law_id=False
        )
        early.with_user(self.leader).action_report()
        self.assertEqual(early.late_days, 0)
        late = self.env["onestop.change.request"].search([("late_days", ">", 0)])
        self.assertIn(request, late)
        self.assertNotIn(early, late)

    def test_procedures_through_the_legal_bases(self):
        request = self.make_request(lines=[])
        self.make_published("9.000009", department_id=self.health.id)
        request.action_fill_procedures()
        self.assertEqual(request.line_ids.procedure_id, self.procedure | self.other)
        request.action_fill_procedures()
        self.assertEqual(len(request.line_ids), 2)

    def test_incomplete_reports(self):
        for lines in (
            [],
            [{"procedure_id": self.procedure.id}],
            [{"proposal": "new", "content": "x"}],
            [{"proposal": "abolish"}],
        ):
            with self.assertRaises(UserError):
                self.make_request(lines=lines).with_user(self.leader).action_report()
        with self.assertRaises(UserError):
            request = self.make_request(law_id=False)
            request.with_user(self.leader).action_report()

    def test_a_procedure_stands_once(self):
        line = {"procedure_id": self.procedure.id, "content": "x"}
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self.make_request(lines=[line, line])

    def test_each_proposal_is_carried_out(self):
        third = self.make_published("9.000003")
        fourth = self.make_published("9.000004")
        request = self.make_request(
            lines=[
                {
                    "procedure_id": self.procedure.id,
                    "proposal": "replace",
                    "content": "a",
                },
                {"procedure_id": self.other.id, "proposal": "abolish"},
                {"procedure_id": third.id, "proposal": "keep"},
                {
                    "proposal": "new",
                    "new_name": "New one",
                    "sector_id": self.sector.id,
                    "content": "b",
                },
                {"procedure_id": fourth.id, "content": "c"},
            ]
        )
        open_draft = self.draft_of(fourth)
        self.accept(request)
        replace, abolish, keep, new, amend = request.line_ids
        self.assertEqual(replace.version_id.change, "replacing")
        self.assertTrue(keep.is_finished)
        self.assertFalse(abolish.is_finished or new.is_finished)
        self.assertEqual(new.procedure_id.state, "draft")
        self.assertEqual(new.procedure_id.department_id, self.justice)
        self.assertEqual(amend.version_id, open_draft)
        self.other.action_abolish(self.today)
        self.assertTrue(abolish.is_finished)
        self.assertEqual(request.state, "drafted")

    def test_abolished_by_date_is_done_by_the_job(self):
        request = self.make_request(
            lines=[{"procedure_id": self.other.id, "proposal": "abolish"}]
        )
        self.accept(request)
        self.assertEqual(request.state, "drafted")
        self.other.action_abolish(self.today)
        self.env["onestop.change.request"]._cron_finish()
        self.assertEqual(request.state, "done")
