# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""A Centre with the official days and a manager who publishes them."""

from odoo.tests import TransactionCase, new_test_user
from odoo.tools import file_open


class CalendarCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = new_test_user(
            cls.env,
            "calendar.manager",
            groups="onestop_procedure.group_catalogue_manager",
        )
        cls.clerk = new_test_user(cls.env, "calendar.clerk", groups="base.group_user")
        cls.days = cls.env["onestop.calendar.day"].with_user(cls.manager)
        cls.env["onestop.calendar.day"].search([]).unlink()
        with file_open("onestop_procedure/demo/calendar_days.csv") as source:
            cls.days._load_csv(source.read())
        cls.centre = cls.env["res.company"].create({"name": "Centre under test"})
        cls.manager.company_ids |= cls.centre
        cls.manager.company_id = cls.centre

    def publish(self):
        """Publish as the manager; the revision in force."""
        self.centre.with_user(self.manager).action_publish_calendar()
        return self.centre._onestop_calendar()
