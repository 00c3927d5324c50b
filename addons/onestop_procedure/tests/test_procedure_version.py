# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
from datetime import date, timedelta
from itertools import product

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ProcedureCase

# Table -> a column whose change is tried, and the column that names its version.
TABLES = {
    "onestop_procedure_case": "name",
    "onestop_procedure_part": "name",
    "onestop_procedure_fee": "name",
    "onestop_procedure_step": "product",
    "onestop_procedure_method": "note",
    "onestop_procedure_result": "code",
}
RELATIONS = {
    "onestop_version_subject": "subject_id",
    "onestop_version_executing": "department_id",
    "onestop_version_coordinating": "department_id",
    "onestop_version_related": "procedure_id",
    "onestop_version_basis": "decision_id",
}


@tagged("post_install", "-at_install")
class TestProcedureVersion(ProcedureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls.make_procedure()
        cls.version = cls.procedure.version_ids
        cls.decision = cls.make_decision()
        other = cls.make_procedure("9.000008")
        subject = cls.env["onestop.subject"].search([], limit=1)
        cls.version.write(
            {
                "subject_ids": [Command.link(subject.id)],
                "executing_ids": [Command.link(cls.justice.id)],
                "coordinating_ids": [Command.link(cls.health.id)],
                "related_ids": [Command.link(other.id)],
                "legal_basis_ids": [Command.link(cls.make_decision("2/QĐ").id)],
                "method_ids": [Command.create({"channel": "online"})],
                "result_ids": [Command.create({"name": "Certificate"})],
            }
        )
        cls.version.case_ids.part_ids.form_file = base64.b64encode(b"a form")

    def publish(self, day="2025-07-01"):
        self.version.with_user(self.manager).action_publish(day, self.decision.id)

    def next_version(self):
        action = self.version.with_user(self.manager).action_new_version()
        return self.version.browse(action["res_id"])

    # ------------------------------------------------------------
    # Publishing
    # ------------------------------------------------------------

    def test_draft_is_not_in_force(self):
        self.assertFalse(self.procedure.version_id)
        self.assertEqual(self.procedure.onsite_mode, "none")

    def test_published_is_in_force(self):
        self.publish()
        self.assertEqual(self.procedure.version_id, self.version)
        self.assertTrue(self.version.is_in_force)
        self.assertEqual(self.procedure.state, "published")
        self.assertEqual(self.procedure.time_text, "5 working days")

    def test_publishing_to_come_is_not_in_force_yet(self):
        tomorrow = self.env["onestop.membership"]._today() + timedelta(days=1)
        self.publish(tomorrow)
        self.assertFalse(self.procedure.version_id)
        self.assertFalse(self.version.is_in_force)

    def test_draft_names_the_day_itself(self):
        self.version.valid_from = "2025-09-01"
        self.version.with_user(self.manager).action_publish(
            decision_id=self.decision.id
        )
        self.assertEqual(self.version.valid_from, date(2025, 9, 1))

    def test_stored_mode_follows_the_day(self):
        """What the nightly cron mends when a version begins or ends by date."""
        self.publish()
        self.env.flush_all()
        self.cr.execute("UPDATE onestop_procedure SET onsite_mode = 'none'")
        self.env.invalidate_all()
        self.env["onestop.procedure"]._cron_follow_versions()
        self.env.flush_all()
        self.assertEqual(self.procedure.onsite_mode, "reception")

    def test_nothing_is_published_twice(self):
        self.publish()
        with self.assertRaises(UserError):
            self.publish()

    def test_version_without_case_is_not_published(self):
        self.version.case_ids.unlink()
        with self.assertRaises(UserError):
            self.publish()

    def test_steps_fill_the_time_limit(self):
        self.version.case_ids.step_ids[0].duration = 11
        self.assertTrue(self.version.case_ids.steps_differ)
        with self.assertRaisesRegex(UserError, "41.00"):
            self.publish()

    def test_new_version_keeps_the_old_one_for_old_dates(self):
        self.publish()
        second = self.next_version()
        self.assertEqual(second.number, 2)
        self.assertEqual(second.case_ids.part_ids.name, "Application")
        second.case_ids.time_value = 3
        second.case_ids.step_ids.duration = 6
        second.action_publish("2026-01-01", self.decision.id)
        self.assertEqual(self.version.valid_to, date(2025, 12, 31))
        for day, version in (
            (date(2025, 12, 31), self.version),
            (date(2026, 1, 1), second),
        ):
            found = self.procedure._versions_at(day)[self.procedure.id]
            self.assertEqual(found, version)
        self.assertEqual(self.version.case_ids.time_value, 5)

    def test_version_in_force_is_searched_live(self):
        self.publish()
        Procedure = self.env["onestop.procedure"]
        mine = ("id", "=", self.procedure.id)
        found = Procedure.search([("version_id", "=", self.version.id), mine])
        self.assertEqual(found, self.procedure)
        self.assertFalse(Procedure.search([("version_id", "=", False), mine]))

    @mute_logger("odoo.sql_db")
    def test_published_versions_do_not_overlap(self):
        self.publish()
        second = self.next_version()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            second.action_publish("2025-07-01", self.decision.id)

    def test_abolished_ends_with_the_day(self):
        self.publish()
        procedure = self.procedure.with_user(self.manager)
        procedure.action_abolish("2026-02-02", self.decision.id)
        self.assertEqual(self.procedure.state, "abolished")
        self.assertEqual(self.version.valid_to, date(2026, 2, 1))
        with self.assertRaisesRegex(UserError, "Abolished"):
            procedure.action_suspend(None, self.decision.id)

    def test_published_procedure_is_not_deleted(self):
        self.publish()
        with self.assertRaises(UserError):
            self.procedure.with_user(self.manager).unlink()

    # ------------------------------------------------------------
    # Immutable
    # ------------------------------------------------------------

    def test_administrator_does_not_change_a_published_version(self):
        self.publish()
        version = self.version.with_user(self.admin)
        case = version.case_ids
        draft_case = self.make_procedure("9.000009").version_ids.case_ids
        draft_case = draft_case.with_user(self.admin)
        for act in (
            lambda: version.write({"legal_basis": "other"}),
            lambda: version.write({"law_kind": "local"}),
            lambda: version.write({"subject_ids": [Command.clear()]}),
            lambda: version.write({"legal_basis_ids": [Command.clear()]}),
            lambda: version.write({"result_ids": [Command.create({"name": "x"})]}),
            lambda: version.write({"valid_to": "2027-01-01"}),
            version.method_ids.unlink,
            lambda: version.result_ids.write({"name": "other"}),
            lambda: (
                self.env["onestop.procedure.result"]
                .with_user(self.admin)
                .create({"version_id": version.id, "name": "more"})
            ),
            lambda: version.write({"valid_from": "2025-08-01"}),
            version.unlink,
            lambda: case.write({"time_value": 1}),
            lambda: case.part_ids.write({"name": "other"}),
            lambda: case.fee_ids.write({"amount": 1}),
            lambda: case.step_ids.write({"onsite": True}),
            lambda: draft_case.write({"version_id": version.id}),
            case.unlink,
            case.part_ids.unlink,
            lambda: case.write({"part_ids": [Command.create({"name": "more"})]}),
            lambda: version.write({"case_ids": [Command.clear()]}),
        ):
            with self.assertRaisesRegex(UserError, "published version"):
                act()

    @mute_logger("odoo.sql_db")
    def test_published_version_is_immutable_in_sql(self):
        self.publish()
        self.env.flush_all()
        number = self.version.id
        statements = [
            f"UPDATE onestop_procedure_version SET legal_basis = 'x' WHERE id={number}",
            f"UPDATE onestop_procedure_version SET state = 'draft' WHERE id = {number}",
            f"DELETE FROM onestop_procedure_version WHERE id = {number}",
            "TRUNCATE onestop_procedure_version CASCADE",
            "UPDATE ir_attachment SET checksum = 'x' "
            "WHERE res_model = 'onestop.procedure.part'",
            "DELETE FROM ir_attachment WHERE res_model = 'onestop.procedure.part'",
        ]
        for table, column in RELATIONS.items():
            statements += [
                f"UPDATE {table} SET version_id = {number} WHERE version_id = {number}",
                f"DELETE FROM {table} WHERE version_id = {number}",
                f"TRUNCATE {table}",
                f"INSERT INTO {table} (version_id, {column}) VALUES ({number}, 0)",
            ]
        for table, column in TABLES.items():
            statements += [
                f"UPDATE {table} SET {column} = 'x' WHERE id = ANY(%s)",
                f"DELETE FROM {table} WHERE id = ANY(%s)",
            ]
        case = self.version.case_ids
        ids = {
            "onestop_procedure_case": case.ids,
            "onestop_procedure_part": case.part_ids.ids,
            "onestop_procedure_fee": case.fee_ids.ids,
            "onestop_procedure_step": case.step_ids.ids,
            "onestop_procedure_method": self.version.method_ids.ids,
            "onestop_procedure_result": self.version.result_ids.ids,
        }
        for statement in statements:
            table = next((t for t in TABLES if t in statement), None)
            with (
                self.subTest(statement),
                self.assertRaisesRegex(IntegrityError, "published|append-only"),
                self.cr.savepoint(),
            ):
                self.cr.execute(statement, [ids[table]] if table else None)

    @mute_logger("odoo.sql_db")
    def test_nothing_is_added_to_a_published_version_in_sql(self):
        self.publish()
        self.env.flush_all()
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.cr.execute(
                "INSERT INTO onestop_procedure_part (case_id, name) VALUES (%s, 'x')",
                [self.version.case_ids.id],
            )

    # ------------------------------------------------------------
    # On the spot
    # ------------------------------------------------------------

    def test_onsite_mode_of_each_combination(self):
        """II.1 of the plan, for each combination of what is done at the Centre."""
        activities = ("receive", "appraise", "approve", "return")
        mode = self.env["onestop.procedure"]._onsite_mode
        expected = {
            (1, 1, 1, 1): "full",
            (1, 1, 0, 1): "no_approval",
            (1, 1, 0, 0): "no_approval",
            (1, 1, 1, 0): "no_approval",
            (1, 0, 1, 1): "no_appraisal",
            (1, 0, 1, 0): "reception",
            (1, 0, 0, 1): "reception",
            (1, 0, 0, 0): "reception",
        }
        for flags in product((0, 1), repeat=4):
            onsite = dict(zip(activities, map(bool, flags), strict=True))
            self.assertEqual(mode(onsite), expected.get(flags, "none"), flags)

    def test_one_step_elsewhere_counts(self):
        """An activity is at the Centre when all its steps are, in every case."""
        procedure = self.make_procedure(
            "9.000002", ("receive", "appraise", "approve", "return")
        )
        version = procedure.version_ids
        version.case_ids.copy({"version_id": version.id, "name": "Second"})
        version.case_ids[1].step_ids.filtered(
            lambda s: s.activity == "approve"
        ).onsite = False
        version.action_publish("2025-07-01")
        self.assertEqual(procedure.onsite_mode, "no_approval")

    def test_mode_is_not_typed(self):
        for user in (self.staff, self.manager, self.admin):
            with self.assertRaisesRegex(UserError, "follows from other data"):
                self.procedure.with_user(user).onsite_mode = "full"
        self.assertTrue(self.procedure._fields["onsite_mode"].readonly)

    # ------------------------------------------------------------
    # Money
    # ------------------------------------------------------------

    @mute_logger("odoo.sql_db")
    def test_fee_unknown_is_not_zero(self):
        fee = self.version.case_ids.fee_ids
        for values in (
            {"mode": "fixed", "amount": 0},
            {"mode": "free", "amount": 1},
            {"mode": "unknown", "amount": 1},
        ):
            with self.assertRaises(IntegrityError), self.cr.savepoint():
                fee.write(values)
                fee.flush_recordset()
        fee.write({"mode": "unknown", "amount": 0})
        self.assertEqual(fee.amount_text, "Not known")
