# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from psycopg2.errors import ObjectNotInPrerequisiteState

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ProcedureCase


@tagged("post_install", "-at_install")
class TestReaders(ProcedureCase):
    """Who reads and who writes the papers of an agency, as of this instant."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.office = cls.env["onestop.department"].create(
            {
                "name": "Office",
                "short": "T-OFFICE",
                "kind": "office",
                "parent_id": cls.province.id,
            }
        )
        cls.clerk = cls.make_user("office.staff", cls.office, "staff")
        cls.control = cls.make_user("office.catalogue", cls.office, "catalogue")
        cls.desk = cls.make_user("centre.staff", cls.centre, "staff")

    def assertReads(self, user, department, reads=True):
        self.assertEqual(user in department.reader_ids, reads)

    def assertKeeps(self, user, department, keeps=True):
        self.assertEqual(user in department.keeper_ids, keeps)

    def test_own_staff_reads(self):
        self.assertReads(self.staff, self.justice)
        self.assertReads(self.staff, self.health, reads=False)

    def test_province_office_and_centre_read_all(self):
        for user in (self.manager, self.clerk, self.desk):
            self.assertReads(user, self.justice)
            self.assertReads(user, self.health)

    def test_an_agency_above_reads_those_below(self):
        unit = self.env["onestop.department"].create(
            {"name": "Unit", "short": "T-UNIT", "parent_id": self.justice.id}
        )
        inside = self.make_user("unit.staff", unit, "staff")
        self.assertReads(self.staff, unit)
        self.assertReads(inside, self.justice, reads=False)

    def test_head_and_deputy_keep_their_own_agency_only(self):
        for user in (self.head, self.deputy):
            self.assertKeeps(user, self.justice)
            self.assertKeeps(user, self.health, keeps=False)
        self.assertKeeps(self.staff, self.justice, keeps=False)

    def test_catalogue_managers_of_the_office_keep_all(self):
        for user in (self.manager, self.control):
            self.assertKeeps(user, self.justice)
            self.assertKeeps(user, self.health)
        self.assertKeeps(self.desk, self.justice, keeps=False)

    def test_an_ended_role_is_felt_at_once(self):
        role = self.head.env["onestop.membership"].search(
            [("user_id", "=", self.head.id), ("role", "=", "head")]
        )
        role.action_end()
        self.assertKeeps(self.head, self.justice, keeps=False)
        self.assertReads(self.head, self.justice, reads=False)

    def test_nobody_writes_the_views(self):
        """They follow from the roles: not even an administrator adds a reader."""
        before = self.justice.reader_ids
        department = self.justice.with_user(self.admin)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ObjectNotInPrerequisiteState),
            self.env.cr.savepoint(),
        ):
            department.write({"reader_ids": [Command.link(self.outsider.id)]})
            department.flush_recordset()
        self.justice.invalidate_recordset(["reader_ids"])
        self.assertEqual(self.justice.reader_ids, before)
