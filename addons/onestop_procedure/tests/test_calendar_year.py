# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from freezegun import freeze_time

from odoo.tests import tagged

from .common import ProcedureCase


@tagged("post_install", "-at_install")
class TestCalendarYear(ProcedureCase):
    """Years without published days are seen, and asked for in time."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Test Centre"})
        cls.company.onestop_department_id = cls.centre
        cls.keeper = cls.make_user("keeper", cls.centre, "catalogue")
        today = cls.env["onestop.membership"]._today()
        cls.next_year = str(today.year + 1)

    def row(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.env["onestop.calendar.year"]
            .with_user(self.keeper)
            .search(
                [("company_id", "=", self.company.id), ("year", "=", self.next_year)]
            )
        )

    def tasks(self):
        return self.env["mail.activity"].search(
            [
                ("user_id", "=", self.keeper.id),
                ("summary", "like", f"{self.next_year} (Test Centre)"),
            ]
        )

    def remind(self, month):
        year = int(self.next_year) - 1
        with freeze_time(f"{year}-{month:02}-05 03:00:00"):
            self.env["onestop.calendar.year"]._cron_remind()

    def test_states_of_a_year(self):
        days = self.env["onestop.calendar.day"]
        days.search([("date", ">=", f"{self.next_year}-01-01")]).unlink()
        self.company._publish_calendar()
        self.assertEqual(self.row().state, "missing")
        day = days.create({"date": f"{self.next_year}-01-01", "name": "New Year"})
        self.assertEqual(self.row().state, "entered")
        self.company._publish_calendar()
        self.assertEqual(self.row().state, "provisional")
        day.write({"source": "1/TB", "provisional": False})
        self.company._publish_calendar()
        row = self.row()
        self.assertEqual((row.state, row.published_count), ("covered", 1))
        shown = row.action_open_days()
        self.assertEqual(days.search(shown["domain"]), day)

    def test_asked_for_from_november_on_once(self):
        days = self.env["onestop.calendar.day"]
        days.search([("date", ">=", f"{self.next_year}-01-01")]).unlink()
        self.company._publish_calendar()
        self.remind(10)
        self.assertFalse(self.tasks())
        self.remind(11)
        self.remind(12)
        self.assertEqual(len(self.tasks()), 1)

    def test_not_asked_for_when_it_is_there(self):
        self.env["onestop.calendar.day"].search(
            [("date", "=", f"{self.next_year}-01-01")]
        ).unlink()
        self.env["onestop.calendar.day"].create(
            {"date": f"{self.next_year}-01-01", "name": "New Year"}
        )
        self.company._publish_calendar()
        self.remind(12)
        self.assertFalse(self.tasks())
