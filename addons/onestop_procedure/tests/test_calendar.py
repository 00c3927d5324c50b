# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Days, opening hours and their published revisions."""

from datetime import date, time

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .calendar_common import CalendarCase
from .clock_common import OFFICE_HOURS, ZONE, official_calendar

CSV = """date,kind,name,source,provisional,replaces_date
2031-01-02,swap_off,Swap,1/TB,no,
2031-01-11,swap_work,Made up,1/TB,no,2031-01-02
"""


@tagged("post_install", "-at_install")
class TestCalendarDays(CalendarCase):
    def test_the_carried_days_make_the_official_calendar(self):
        clock = self.publish()._clock()
        official = official_calendar()
        self.assertEqual(clock.days_off, official.days_off)
        self.assertEqual(clock.swap_work, official.swap_work)
        self.assertEqual(clock.names, official.names)

    def test_loading_twice_changes_nothing(self):
        first = self.days._load_csv(CSV)
        stamps = first.mapped("write_date")
        self.assertEqual(self.days._load_csv(CSV), first)
        self.assertEqual(first.mapped("write_date"), stamps)

    def test_loading_updates(self):
        day = self.days._load_csv(CSV)[:1]
        self.days._load_csv(CSV.replace("swap_off,Swap", "swap_off,Other name"))
        self.assertEqual(day.name, "Other name")

    def test_a_broken_line_is_named(self):
        for text in (
            CSV.replace("swap_off", "feast"),
            CSV.replace("2031-01-02,", "2031-02-30,"),
            CSV.replace(",no,", ",nein,"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(UserError, "2"):
                self.days._load_csv(text)
        with self.assertRaisesRegex(UserError, "provisional"):
            self.days._load_csv("date,kind,name,source\n")

    def test_tet_of_2027_is_provisional(self):
        days = self.days.search(
            [("date", ">=", "2027-02-01"), ("date", "<=", "2027-02-28")]
        )
        self.assertEqual(len(days), 5)
        self.assertTrue(all(days.mapped("provisional")))

    def test_one_line_a_day(self):
        with (
            self.assertRaises(psycopg2.errors.UniqueViolation),
            mute_logger("odoo.sql_db"),
        ):
            self.days.create({"date": "2026-01-01", "name": "Again"})

    def test_confirming_needs_the_notice(self):
        day = self.days.create({"date": "2031-03-03", "name": "Feast"})
        with self.assertRaises(UserError):
            day.action_confirm()
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            day.write({"provisional": False})
            day.flush_recordset()
        day.invalidate_recordset()
        day.source = "2/TB"
        day.action_confirm()
        self.assertFalse(day.provisional)

    def test_a_clerk_reads_only(self):
        days = self.days.with_user(self.clerk)
        self.assertTrue(days.search([]))
        with self.assertRaises(AccessError):
            days.create({"date": "2031-03-03", "name": "Feast"})
        with self.assertRaises(AccessError):
            days.action_publish()

    def test_proposed_days_are_provisional_and_keep_what_is_there(self):
        known = self.days.create({"date": "2028-11-24", "name": "Mine"})
        wizard = self.env["onestop.calendar.propose"].with_user(self.manager)
        wizard = wizard.create({"year": 2028})
        self.assertEqual(
            wizard.line_ids.filtered("is_known").mapped("date"), [known.date]
        )
        wizard.action_apply()
        days = self.days.search(
            [("date", ">=", "2028-01-01"), ("date", "<=", "2028-12-31")]
        )
        self.assertTrue(all(days.mapped("provisional")))
        self.assertEqual(known.name, "Mine")
        self.assertEqual(
            days.filtered(lambda day: day.date == date(2028, 1, 3)).kind, "makeup"
        )

    def test_a_proposed_swap_has_both_sides(self):
        proposed = {
            values["date"]: values
            for values in self.env["onestop.calendar.propose"]._propose(2026)
        }
        self.assertEqual(proposed[date(2026, 8, 31)]["kind"], "swap_off")
        self.assertEqual(proposed[date(2026, 8, 22)]["kind"], "swap_work")
        self.assertEqual(
            proposed[date(2026, 8, 22)]["replaces_date"], date(2026, 8, 31)
        )


@tagged("post_install", "-at_install")
class TestCalendarRevision(CalendarCase):
    def test_a_new_centre_opens_as_the_centre_does(self):
        calendar = self.centre.resource_calendar_id
        self.assertEqual(calendar.tz, ZONE.key)
        self.assertEqual(calendar.hours_per_day, 8)
        self.assertEqual(self.centre._onestop_clock().hours, OFFICE_HOURS)

    def test_nothing_new_reuses_the_revision(self):
        revision = self.publish()
        self.assertEqual(self.publish(), revision)

    def test_a_changed_day_makes_a_revision(self):
        revision = self.publish()
        self.days.create({"date": "2031-03-03", "name": "Feast"})
        again = self.publish()
        self.assertEqual(again.number, revision.number + 1)
        self.assertEqual(again.published_by, self.manager)
        self.assertFalse(again._clock().is_working(date(2031, 3, 3)))
        self.assertTrue(revision._clock().is_working(date(2031, 3, 3)))

    def test_changed_hours_make_a_revision(self):
        revision = self.publish()
        line = self.centre.resource_calendar_id.attendance_ids.filtered(
            lambda line: line.dayofweek == "4" and line.day_period == "afternoon"
        )
        line.hour_to = 16.5
        again = self.publish()
        self.assertNotEqual(again, revision)
        self.assertEqual(again._clock().hours[4][-1][1], time(16, 30))

    def test_the_clock_names_its_revision(self):
        revision = self.publish()
        self.assertEqual(revision._clock().revision, revision.name)
        self.assertIs(revision._clock(), revision._clock())

    def test_the_hook_is_called_for_new_revisions_only(self):
        calls = []
        self.patch(
            self.env.registry["res.company"],
            "_calendar_published",
            lambda company, revision: calls.append((company, revision)),
        )
        self.days.create({"date": "2031-03-03", "name": "Feast"})
        revision = self.publish()
        self.publish()
        self.assertEqual(calls, [(self.centre, revision)])

    def test_hours_that_alternate_are_refused(self):
        self.centre.resource_calendar_id.switch_calendar_type()
        with self.assertRaises(UserError):
            self.publish()

    def test_everybody_reads_the_content(self):
        revision = self.publish().with_user(self.clerk)
        self.assertIn("07:00–11:30", revision.content)
        self.assertIn("Quốc khánh", revision.content)

    def test_a_clerk_publishes_nothing(self):
        with self.assertRaises(AccessError):
            self.centre.with_user(self.clerk).action_publish_calendar()

    def test_nobody_writes_through_the_orm(self):
        admin = self.env.ref("base.user_admin")
        revision = self.publish().with_user(admin)
        for call in (
            lambda: revision.write({"snapshot": "{}"}),
            lambda: revision.unlink(),
            lambda: revision.copy(),
        ):
            with self.assertRaises(AccessError):
                call()

    def test_postgresql_refuses_what_the_superuser_tries(self):
        revision = self.publish()
        table = SQL.identifier(revision._table)
        for statement in (
            SQL("UPDATE %s SET name = 'x' WHERE id = %s", table, revision.id),
            SQL("UPDATE %s SET number = number", table),
            SQL("DELETE FROM %s WHERE id = %s", table, revision.id),
            SQL("TRUNCATE %s CASCADE", table),
        ):
            with (
                self.subTest(statement=statement),
                self.assertRaises(psycopg2.errors.RestrictViolation),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.env.cr.execute(statement)

    def test_the_hash_must_be_that_of_the_content(self):
        revision = self.publish()
        with (
            self.assertRaises(psycopg2.errors.CheckViolation),
            mute_logger("odoo.sql_db"),
            self.cr.savepoint(),
        ):
            revision.sudo().copy(
                {"number": 99, "name": "forged", "snapshot": "{}"}
            ).flush_recordset()
