# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io
from datetime import date, timedelta

from freezegun import freeze_time
from openpyxl import load_workbook
from psycopg2.errors import RestrictViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..rhythm import periods
from .common import ProcedureCase
from .plan_common import PlanFixture


@tagged("post_install", "-at_install")
class TestPlan(PlanFixture, ProcedureCase):
    """A plan as a record: days, shares, reports, reminders; by each role."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_plan()

    def milestone_as(self, user):
        return self.as_user(self.milestone, user)

    # ------------------------------------------------------------
    # Days and periods
    # ------------------------------------------------------------

    def test_before_a_day_ends_the_day_before(self):
        self.assertEqual(self.milestone.last_day, date(2019, 8, 29))

    def test_until_and_from(self):
        self.milestone.bound = "until"
        self.assertEqual(self.milestone.last_day, date(2019, 8, 30))
        self.milestone.write({"bound": "from", "date": "2019-10-01"})
        self.assertEqual(self.milestone.start_day, date(2019, 10, 1))
        self.assertEqual(self.milestone.last_day, date(2019, 10, 1))

    def test_periods(self):
        weeks = list(periods("week", date(2026, 11, 18), date(2026, 11, 23)))
        self.assertEqual(
            weeks,
            [
                (date(2026, 11, 16), date(2026, 11, 22), date(2026, 11, 20)),
                (date(2026, 11, 23), date(2026, 11, 29), date(2026, 11, 27)),
            ],
        )
        quarters = list(periods("quarter", date(2026, 2, 10), date(2026, 7, 1)))
        self.assertEqual(
            [end for _start, end, _due in quarters][:2],
            [date(2026, 3, 31), date(2026, 6, 30)],
        )
        self.assertEqual(len(quarters), 3)
        years = list(periods("year", date(2024, 5, 1), date(2025, 12, 31)))
        self.assertEqual(
            [start for start, *_rest in years], [date(2024, 1, 1), date(2025, 1, 1)]
        )
        self.assertEqual(list(periods("month", date(2026, 2, 1), date(2026, 1, 1))), [])

    def test_late_and_its_search_agree(self):
        coming = self.milestone.copy({"date": date.today() + timedelta(days=30)})
        both = self.milestone | coming
        found = both.search([("id", "in", both.ids), ("is_late", "=", True)])
        self.assertEqual(found, self.milestone)
        self.assertEqual(found, both.filtered("is_late"))

    # ------------------------------------------------------------
    # The share
    # ------------------------------------------------------------

    def make_published(self, number, onsite, frequency, department=None):
        department = department or self.justice
        procedure = self.make_procedure(
            f"9.77{number:04}",
            onsite=onsite,
            department_id=department.id,
            frequency=frequency,
        )
        procedure.version_ids.action_publish(valid_from="2020-01-01")
        return procedure

    def test_share_of_what_regularly_arises(self):
        full = ("receive", "appraise", "approve", "return")
        for number in range(6):
            onsite = full if number == 0 else ("receive", "return")
            self.make_published(number, onsite, "frequent")
        self.make_published(10, full, "low")
        line = self.plan.line_ids.filtered(lambda ln: ln.department_id == self.justice)
        self.assertEqual((line.frequent_count, line.full_count), (6, 1))
        self.assertEqual(line.actual_count, 2)
        self.assertEqual(line.share, 16.7)
        self.assertEqual(line.missing_count, 1)  # 20 % of 6 is 1.2: two
        self.assertFalse(line.is_met)
        self.plan.target_share = 10
        line.invalidate_recordset()
        self.assertTrue(line.is_met)

    def test_a_month_is_written_down_once_and_stays(self):
        self.make_published(1, ("receive", "return"), "frequent")
        months = self.env["onestop.share.month"]
        months._cron_take()
        mine = months.search([("department_id", "=", self.justice.id)])
        self.assertEqual((mine.frequent_count, mine.full_count), (1, 0))
        self.make_published(2, ("receive", "return"), "frequent")
        months._cron_take()
        self.assertEqual(months.search([("department_id", "=", self.justice.id)]), mine)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(RestrictViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE onestop_share_month SET full_count = 9")

    # ------------------------------------------------------------
    # Who sees and who writes
    # ------------------------------------------------------------

    def test_an_agency_sees_the_plan_and_its_own_part(self):
        self.assertTrue(self.as_user(self.plan, self.stranger).has_access("read"))
        own = self.as_user(self.plan, self.stranger).line_ids
        self.assertEqual(own.department_id, self.health)
        self.assertFalse(self.milestone_as(self.stranger).has_access("read"))
        for user in (self.staff, self.clerk, self.director, self.chair):
            self.assertTrue(self.milestone_as(user).has_access("read"), user.login)
        self.assertFalse(self.milestone_as(self.outsider).has_access("read"))

    def test_coordinating_agencies_see_it(self):
        self.milestone.coordinator_ids = self.health
        self.assertTrue(self.milestone_as(self.stranger).has_access("read"))
        self.assertFalse(self.milestone_as(self.stranger).has_access("write"))

    def test_a_draft_is_seen_by_those_who_keep_it(self):
        draft = self.plan.copy()
        self.assertFalse(self.as_user(draft, self.head).has_access("read"))
        self.assertTrue(self.as_user(draft, self.clerk).has_access("read"))
        self.assertTrue(self.as_user(draft, self.control).has_access("write"))

    def test_an_agency_keeps_its_road_map_only(self):
        line = self.plan.line_ids.filtered(lambda ln: ln.department_id == self.justice)
        own = self.as_user(line, self.head)
        own.write({"target_count": 7, "target_date": "2026-12-31"})
        with self.assertRaises(AccessError):
            own.write({"department_id": self.health.id})
        with self.assertRaises(AccessError):
            self.as_user(line, self.staff).write({"target_count": 1})
        with self.assertRaises(AccessError):
            self.as_user(line, self.stranger).write({"target_count": 1})
        with self.assertRaises(AccessError):
            self.as_user(self.plan, self.head).write({"target_share": 5})
        with self.assertRaises(AccessError):
            self.milestone_as(self.head).write({"date": "2030-01-01"})
        with self.assertRaises(AccessError):
            self.as_user(self.plan, self.head).line_ids.create(
                {"plan_id": self.plan.id, "department_id": self.centre.id}
            )
        self.as_user(line, self.control).write({"target_count": 9})

    def test_the_form_is_open_to_those_who_keep_the_plan(self):
        for user, keeps in (
            (self.control, True),
            (self.chief, True),
            (self.head, False),
        ):
            self.assertEqual(self.as_user(self.plan, user).is_keeper, keeps)

    def test_who_puts_a_plan_in_force(self):
        later = self.plan.copy({"supersedes_id": self.plan.id})
        for user in (self.head, self.director, self.clerk, self.admin):
            with self.assertRaises(AccessError):
                self.as_user(later, user).action_put_in_force()
        self.as_user(later, self.chief).action_put_in_force()
        self.assertEqual((later.state, self.plan.state), ("in_force", "superseded"))
        for record in (later, self.plan):
            with self.assertRaises(UserError):
                self.as_user(record, self.control).write({"state": "draft"})

    # ------------------------------------------------------------
    # Report, confirm, send back
    # ------------------------------------------------------------

    def test_reported_by_the_agency_confirmed_by_the_office(self):
        mine = self.milestone_as(self.head)
        with self.assertRaises(UserError):  # nothing shows it
            mine.action_report()
        mine.write({"evidence": "List no. 12", "done_on": "2019-08-20"})
        mine.action_report()
        self.assertEqual(self.milestone.state, "reported")
        for user in (self.head, self.deputy, self.stranger, self.director, self.chair):
            with self.assertRaises(AccessError):
                self.milestone_as(user).action_confirm()
        self.milestone_as(self.chief).action_confirm("Seen")
        self.assertEqual(
            (self.milestone.state, self.milestone.progress), ("done", "done")
        )
        course = [(line.move, line.user_id) for line in self.milestone.trace_ids]
        self.assertEqual(course, [("report", self.head), ("confirm", self.chief)])

    def test_who_may_not_report(self):
        for user in (self.staff, self.stranger, self.control, self.director):
            with self.assertRaises(AccessError):
                self.milestone_as(user).action_report("Done")
        with self.assertRaises(AccessError):
            self.milestone_as(self.outsider).action_report("Done")

    def test_sent_back_with_a_reason(self):
        self.milestone_as(self.head).action_report("Done")
        with self.assertRaises(UserError):
            self.milestone_as(self.chief).action_send_back()
        self.milestone_as(self.chief).action_send_back("The list is missing")
        self.assertEqual(self.milestone.state, "open")
        self.assertEqual(self.milestone.answer, "The list is missing")
        # On the list of things to do of those who reported.
        self.assertIn(self.head, self.milestone.activity_ids.user_id)
        self.milestone_as(self.head).action_report("With the list")
        self.milestone_as(self.chief).action_confirm()
        self.assertEqual(self.milestone.progress, "done_late")

    def test_a_report_is_not_changed_after_it_was_handed_in(self):
        mine = self.milestone_as(self.head)
        file = (
            self.env["ir.attachment"]
            .with_user(self.head)
            .create({"name": "list.txt", "raw": b"list"})
        )
        mine.write({"attachment_ids": [Command.link(file.id)]})
        self.assertEqual((file.res_model, file.res_id), (mine._name, mine.id))
        mine.action_report()
        with self.assertRaises(UserError):
            mine.write({"evidence": "Otherwise"})
        with self.assertRaises(AccessError):
            self.as_user(file, self.head).unlink()
        with self.assertRaises(UserError):
            self.milestone_as(self.control).write({"evidence": "Otherwise"})
        with self.assertRaises(UserError):
            mine.write({"state": "done"})

    def test_not_done_in_the_future(self):
        with self.assertRaises(ValidationError):
            self.milestone_as(self.head).write({"done_on": "2999-01-01"})

    def test_nobody_confirms_what_he_reported(self):
        own = self.milestone.copy({"department_id": self.office.id})
        self.as_user(own, self.chief).action_report("Done")
        with self.assertRaises(UserError):
            self.as_user(own, self.chief).action_confirm()
        self.as_user(own, self.control).action_confirm()
        self.assertEqual(own.state, "done")

    def test_the_same_milestone_for_each_agency(self):
        with self.assertRaises(AccessError):
            self.milestone_as(self.head).action_spread()
        milestone = self.milestone_as(self.control)
        self.assertEqual(milestone.action_spread(), 1)
        self.assertEqual(milestone.action_spread(), 0)
        self.assertEqual(
            self.plan.milestone_ids.department_id, self.justice | self.health
        )

    # ------------------------------------------------------------
    # Duties that recur
    # ------------------------------------------------------------

    def make_duty(self, **values):
        return self.env["onestop.plan.duty"].create(
            {
                "plan_id": self.plan.id,
                "name": "Inspect yourselves",
                "each_agency": True,
                "start_on": "2026-01-15",
                **values,
            }
        )

    def test_occurrences_come_by_date_and_once(self):
        duty = self.make_duty(rhythm="month")
        made = duty._generate(date(2026, 3, 1))
        self.assertEqual(len(made), 6)  # three months, two agencies
        self.assertFalse(duty._generate(date(2026, 3, 31)))
        self.assertEqual(
            set(made.mapped("last_day")),
            {date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31)},
        )

    def test_a_regular_duty_follows_the_plan(self):
        self.plan.regular_rhythm = "year"
        duty = self.make_duty(each_agency=False, department_ids=self.health.ids)
        occurrence = duty._generate(date(2026, 11, 22))
        self.assertEqual(occurrence.department_id, self.health)
        self.assertEqual(occurrence.last_day, date(2026, 12, 31))
        self.as_user(occurrence, self.stranger).action_report("Inspected")
        self.assertFalse(self.as_user(occurrence, self.head).has_access("read"))
        self.assertTrue(self.as_user(occurrence, self.clerk).has_access("read"))

    def test_no_occurrence_for_an_ended_agency(self):
        self.health.valid_to = "2026-01-31"
        made = self.make_duty(rhythm="month")._generate(date(2026, 2, 1))
        self.assertEqual(len(made), 3)

    def test_nobody_makes_occurrences_by_hand(self):
        duty = self.make_duty(rhythm="month")
        for user in (self.control, self.head, self.admin):
            with self.assertRaises(AccessError):
                self.env["onestop.plan.occurrence"].with_user(user).create(
                    {
                        "duty_id": duty.id,
                        "plan_id": self.plan.id,
                        "department_id": self.justice.id,
                        "last_day": "2026-01-31",
                        "period_end": "2026-01-31",
                    }
                )

    # ------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------

    def test_the_head_is_reminded_and_the_late_is_told_above(self):
        self.milestone.write({"date": "2026-06-11"})  # last day 10/6
        tasks = self.env["onestop.plan.milestone"]
        with freeze_time("2026-06-02 03:00:00"):
            tasks._cron_remind()
            self.assertFalse(self.milestone.activity_ids)
        with freeze_time("2026-06-03 03:00:00"):
            tasks._cron_remind()
            tasks._cron_remind()
            self.assertEqual(self.milestone.activity_ids.user_id, self.head)
            self.assertEqual(len(self.milestone.activity_ids), 1)
        with freeze_time("2026-06-11 03:00:00"):
            tasks._cron_remind()
            tasks._cron_remind()
        told = self.milestone.activity_ids.user_id
        self.assertEqual(
            told & (self.head | self.director | self.control),
            self.head | self.director | self.control,
        )
        self.assertEqual(len(self.milestone.activity_ids), len(told))

    # ------------------------------------------------------------
    # Progress report
    # ------------------------------------------------------------

    def test_progress_says_what_the_reader_may_read(self):
        self.milestone_as(self.head).action_report("List no. 12")
        progress = self.as_user(self.plan, self.control)._progress()
        row = next(r for r in progress["agencies"] if r["agency"] == self.justice)
        self.assertEqual((row["total"], row["due"], row["to_confirm"]), (1, 1, 1))
        other = self.as_user(self.plan, self.stranger)._progress()
        self.assertEqual([r["agency"] for r in other["agencies"]], [self.health])
        self.assertFalse(other["tasks"])

    def test_progress_in_excel_keeps_formulas_text(self):
        self.milestone_as(self.head).action_report("=1+1")
        content = self.as_user(self.plan, self.control)._progress_file()
        book = load_workbook(io.BytesIO(content))
        cell = book.worksheets[1]["H4"]
        self.assertEqual((cell.value, cell.data_type), ("=1+1", "s"))

    def test_progress_in_print(self):
        self.milestone_as(self.head).action_report("List no. 12")
        report = self.env["ir.actions.report"].with_user(self.control)
        pdf, kind = report._render_onestop_pdf(
            "onestop_procedure.report_plan_progress", self.plan.ids
        )
        self.assertEqual(kind, "pdf")
        self.assertTrue(pdf.startswith(b"%PDF"))
        with self.assertRaises(AccessError):
            report.with_user(self.outsider)._render_onestop_pdf(
                "onestop_procedure.report_plan_progress", self.plan.ids
            )

    def test_timeline_and_counts(self):
        plan = self.as_user(self.plan, self.control)
        self.assertIn("29/08/2019", plan.timeline)
        self.assertEqual((plan.task_count, plan.late_count), (1, 1))

    def test_query_count_does_not_follow_the_lines(self):
        lines = self.plan.line_ids
        lines.mapped("share")
        self.env.invalidate_all()
        with self.assertQueryCount(6):
            lines.mapped("share")
