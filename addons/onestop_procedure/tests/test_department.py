# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ProcedureCase


@tagged("post_install", "-at_install")
class TestDepartment(ProcedureCase):
    def test_codes_of_agencies(self):
        Department = self.env["onestop.department"]
        for code in ("H01", "H01.06", "G09.20.01", "K99.01.02.03"):
            self.assertTrue(Department._is_agency_code(code), code)
        for code in ("h01", "H1", "H01.6", "H01.006", "H01.06.", "X01", "01.06", ""):
            self.assertFalse(Department._is_agency_code(code), code)

    def test_wrong_code_is_refused_with_the_form_wanted(self):
        with self.assertRaisesRegex(ValidationError, "H01.06"):
            self.justice.code = "STP"

    @mute_logger("odoo.sql_db")
    def test_code_belongs_to_one_agency(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.justice.code = "K99.01"
            self.justice.flush_recordset()

    def test_no_agency_above_itself(self):
        with self.assertRaises(UserError):
            self.province.parent_id = self.justice

    def test_no_agency_succeeds_itself(self):
        self.justice.successor_id = self.health
        with self.assertRaises(UserError):
            self.health.successor_id = self.justice

    def test_successors_are_followed_to_today(self):
        self.centre.successor_id = self.justice
        self.justice.successor_id = self.health
        self.assertEqual(self.centre._current(), self.health)
        self.assertEqual(self.health._current(), self.health)

    def test_agency_with_staff_is_not_deleted(self):
        with self.assertRaises(UserError):
            self.justice.unlink()

    def test_each_agency_has_its_group(self):
        self.assertTrue(self.justice.group_id)
        self.assertNotEqual(self.justice.group_id, self.health.group_id)
        self.assertEqual(
            self.justice.group_id.user_ids,
            self.head | self.deputy | self.staff | self.personnel,
        )

    def test_counts(self):
        self.make_procedure()
        self.assertEqual(self.justice.procedure_count, 1)
        self.assertEqual(self.justice.membership_count, 4)

    def test_citizens_read_agencies_but_not_who_works_there(self):
        justice = self.justice.with_user(self.citizen)
        self.assertEqual(justice.read(["name"])[0]["name"], "Department of Justice")
        for field in ("user_ids", "membership_ids", "head_id", "deputy_ids"):
            with self.assertRaises(AccessError):
                justice.read([field])

    def test_staff_do_not_change_agencies(self):
        with self.assertRaises(AccessError):
            self.justice.with_user(self.staff).name = "Mine"
