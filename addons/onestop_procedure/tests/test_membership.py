# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from freezegun import freeze_time
from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .common import ProcedureCase

STAFF = "onestop_procedure.group_staff"
HEAD = "onestop_procedure.group_head"


@tagged("post_install", "-at_install")
class TestMembership(ProcedureCase):
    def give(self, user, department, role, **values):
        return self.env["onestop.membership"].create(
            {
                "user_id": user.id,
                "department_id": department.id,
                "role": role,
                **values,
            }
        )

    def of(self, user, role):
        return user.onestop_membership_ids.filtered(lambda m: m.role == role)

    # ------------------------------------------------------------
    # What follows from a role
    # ------------------------------------------------------------

    def test_groups_follow_from_roles(self):
        self.assertTrue(self.head.has_group(HEAD))
        self.assertTrue(self.head.has_group(STAFF))
        self.assertFalse(self.staff.has_group(HEAD))
        self.assertFalse(self.outsider.has_group(STAFF))

    def test_head_and_deputies_follow_from_roles(self):
        self.assertEqual(self.justice.head_id, self.head)
        self.assertEqual(self.justice.deputy_ids, self.deputy)

    def test_role_ended_is_gone_at_once(self):
        self.of(self.head, "head").action_end()
        self.assertFalse(self.justice.head_id)
        self.assertNotIn(self.head, self.justice.user_ids)
        self.assertFalse(self.head.has_group(HEAD))
        self.assertFalse(self.head.has_group(STAFF))
        self.cr.execute(
            "SELECT 1 FROM onestop_department_user WHERE user_id = %s", [self.head.id]
        )
        self.assertFalse(self.cr.fetchall())

    def test_role_ended_in_sql_is_gone_without_any_sync(self):
        """Rules join the table itself, so no cache and no cron stands between."""
        domain = [("user_ids", "in", [self.staff.id]), ("id", "=", self.justice.id)]
        Department = self.env["onestop.department"]
        self.assertEqual(Department.search(domain), self.justice)
        self.env.flush_all()
        self.cr.execute(
            "UPDATE onestop_membership SET valid_to = valid_from WHERE user_id = %s",
            [self.staff.id],
        )
        self.assertFalse(Department.search(domain))

    def test_role_to_come_gives_nothing_yet(self):
        tomorrow = self.env["onestop.membership"]._today() + timedelta(days=1)
        self.give(self.outsider, self.health, "head", valid_from=tomorrow)
        self.assertFalse(self.health.head_id)
        self.assertFalse(self.outsider.has_group(HEAD))

    def test_groups_follow_on_the_day_a_role_begins(self):
        role = self.give(self.outsider, self.health, "head", valid_from="2100-01-01")
        self.assertFalse(self.outsider.has_group(HEAD))
        self.env.flush_all()
        self.cr.execute(
            "UPDATE onestop_membership SET valid_from = '2020-01-01' WHERE id = %s",
            [role.id],
        )
        self.env.invalidate_all()
        self.env["onestop.membership"]._cron_sync_groups()
        self.assertTrue(self.outsider.has_group(HEAD))

    def test_one_of_two_roles_ended_leaves_the_other(self):
        self.give(self.head, self.health, "head", valid_from="2020-01-01")
        self.of(self.head, "head").filtered(
            lambda m: m.department_id == self.justice
        ).action_end()
        self.assertTrue(self.head.has_group(HEAD))
        self.assertNotIn(self.head, self.justice.user_ids)
        self.assertIn(self.head, self.health.user_ids)

    def test_today_is_the_day_in_viet_nam(self):
        with freeze_time("2026-03-31 17:30:00"):
            today = self.env["onestop.membership"]._today()
            self.assertEqual(today.isoformat(), "2026-04-01")

    def test_has_role_asks_role_and_agency(self):
        Membership = self.env["onestop.membership"]
        self.assertTrue(Membership._has_role(self.head, ["head"], self.justice))
        self.assertFalse(Membership._has_role(self.head, ["deputy"], self.justice))
        self.assertFalse(Membership._has_role(self.head, ["head"], self.health))

    # ------------------------------------------------------------
    # What is refused
    # ------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def test_same_role_does_not_overlap(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.give(self.staff, self.justice, "staff")

    @mute_logger("odoo.sql_db")
    def test_one_head_at_a_time(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.give(self.deputy, self.justice, "head")
        self.of(self.head, "head").action_end()
        self.give(self.deputy, self.justice, "head")
        self.assertEqual(self.justice.head_id, self.deputy)

    @mute_logger("odoo.sql_db")
    def test_role_does_not_end_before_it_begins(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.of(self.staff, "staff").valid_to = "2019-12-31"
            self.env.flush_all()

    def test_citizen_gets_no_role(self):
        with self.assertRaises(ValidationError):
            self.give(self.citizen, self.justice, "staff")

    # ------------------------------------------------------------
    # Who keeps roles
    # ------------------------------------------------------------

    def test_personnel_manager_keeps_roles_of_his_agency(self):
        role = (
            self.env["onestop.membership"]
            .with_user(self.personnel)
            .create(
                {
                    "user_id": self.outsider.id,
                    "department_id": self.justice.id,
                    "role": "staff",
                }
            )
        )
        self.assertIn(self.outsider, self.justice.user_ids)
        role.valid_to = role.valid_from

    def test_personnel_manager_keeps_roles_below_his_agency(self):
        division = self.env["onestop.department"].create(
            {"name": "Division", "short": "T-DIV", "parent_id": self.justice.id}
        )
        self.env["onestop.membership"].with_user(self.personnel).create(
            {
                "user_id": self.outsider.id,
                "department_id": division.id,
                "role": "staff",
            }
        )
        self.assertIn(self.outsider, division.user_ids)

    def test_personnel_manager_gives_no_role_elsewhere(self):
        Membership = self.env["onestop.membership"].with_user(self.personnel)
        for department in (self.health, self.province):
            with self.assertRaises(AccessError):
                Membership.create(
                    {
                        "user_id": self.personnel.id,
                        "department_id": department.id,
                        "role": "head",
                    }
                )
        with self.assertRaises(AccessError):
            Membership.browse(self.of(self.manager, "catalogue").id).action_end()

    def test_personnel_manager_does_not_move_a_role_elsewhere(self):
        role = self.of(self.staff, "staff").with_user(self.personnel)
        with self.assertRaises(AccessError):
            role.department_id = self.health

    def test_personnel_manager_ended_keeps_nothing_any_more(self):
        self.of(self.personnel, "personnel").action_end()
        with self.assertRaises(AccessError):
            self.of(self.staff, "staff").with_user(self.personnel).action_end()

    def test_others_read_roles_only(self):
        for user in (self.staff, self.head, self.manager, self.outsider):
            role = self.of(self.head, "head").with_user(user)
            self.assertEqual(role.read(["role"])[0]["role"], "head")
            with self.assertRaises(AccessError):
                role.write({"valid_to": "2030-01-01"})
            with self.assertRaises(AccessError):
                role.create(
                    {
                        "user_id": user.id,
                        "department_id": self.justice.id,
                        "role": "deputy",
                    }
                )

    def test_role_is_never_deleted(self):
        for user in (self.personnel, self.admin):
            with self.assertRaises(AccessError):
                self.of(self.staff, "staff").with_user(user).unlink()

    def test_citizens_read_no_roles(self):
        user = new_test_user(self.env, "t.second", groups="base.group_portal")
        with self.assertRaises(AccessError):
            self.env["onestop.membership"].with_user(user).search([])
