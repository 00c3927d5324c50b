# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ProcedureCase


@tagged("post_install", "-at_install")
class TestPerson(ProcedureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = cls.env["onestop.person"].create(
            {
                "name": "Công dân Kiểm thử",
                "identity_number": "089090999001",
                "birth_date": "1990-05-01",
                "gender": "male",
                "street": "Số 1, đường Ví Dụ",
            }
        )

    def readings(self):
        return self.env["onestop.person.reading"].search(
            [("person_id", "=", self.person.id)]
        )

    # ------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------

    def test_inconsistent_numbers_are_refused_with_the_reason(self):
        for values, reason in (
            ({"identity_number": "12345"}, "12 digits"),
            ({"birth_date": "1991-05-01"}, "date of birth"),
            ({"gender": "female"}, "gender"),
            ({"tax_code": "9999999973"}, "tax code"),
        ):
            with (
                self.assertRaisesRegex(ValidationError, reason),
                self.cr.savepoint(),
            ):
                self.person.write(values)

    @mute_logger("odoo.sql_db")
    def test_one_person_a_number(self):
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.person.create({"name": "Again", "identity_number": "089090999001"})

    def test_number_is_masked_in_names(self):
        self.assertEqual(self.person.identity_masked, "089••••••001")
        self.assertEqual(self.person.display_name, "Công dân Kiểm thử · 089••••••001")

    def test_found_by_words_without_diacritics_or_by_whole_number(self):
        Person = self.env["onestop.person"]
        for text in ("kiem thu cong dan", "CÔNG DÂN kiểm", "089090999001"):
            found = [found_id for found_id, _name in Person.name_search(text)]
            self.assertIn(self.person.id, found, text)
        part = [found_id for found_id, _name in Person.name_search("089090")]
        self.assertNotIn(self.person.id, part, "a part of a number finds nobody")

    # ------------------------------------------------------------
    # Who reads
    # ------------------------------------------------------------

    def test_persons_are_for_those_to_whom_a_room_grants_them(self):
        for user in (self.outsider, self.staff, self.head, self.manager, self.citizen):
            with self.assertRaises(AccessError):
                self.person.with_user(user).read(["name"])
            self.assertFalse(self.finds(user), user.login)

    def finds(self, user):
        """What ``user`` finds, also where an upper room lets him search."""
        people = self.env["onestop.person"].with_user(user)
        if not people.has_access("read"):
            return people
        return people.search([("id", "=", self.person.id)])

    def test_reading_leaves_a_line(self):
        person = self.person.with_user(self.admin)
        person.read(["name", "identity_masked"])
        self.assertFalse(self.readings())
        person.read(["name", "identity_number", "street"])
        self.assertEqual(self.readings().user_id, self.admin)
        self.assertEqual(self.readings().field_names, "identity_number, street")

    def test_search_read_web_read_and_export_leave_lines(self):
        person = self.person.with_user(self.admin)
        person.search_read([("id", "=", person.id)], ["tax_code"])
        person.web_read({"birth_date": {}})
        person.export_data(["identity_number"])
        self.assertEqual(len(self.readings()), 3)

    def test_identity_data_is_not_grouped(self):
        Person = self.env["onestop.person"].with_user(self.admin)
        with self.assertRaises(AccessError):
            Person.formatted_read_group([], ["identity_number"], ["__count"])
        with self.assertRaises(AccessError):
            Person.formatted_read_group([], ["kind"], ["tax_code:array_agg"])
        self.assertTrue(Person.formatted_read_group([], ["kind"], ["__count"]))

    # ------------------------------------------------------------
    # The read log
    # ------------------------------------------------------------

    def test_administrator_neither_writes_nor_deletes_the_read_log(self):
        self.person.with_user(self.admin).read(["identity_number"])
        reading = self.readings().with_user(self.admin)
        for act in (
            lambda: reading.write({"field_names": "nothing"}),
            reading.unlink,
            lambda: reading.create(
                {"person_id": self.person.id, "user_id": 1, "field_names": "x"}
            ),
        ):
            with self.assertRaises(AccessError):
                act()

    @mute_logger("odoo.sql_db")
    def test_read_log_is_append_only_in_sql(self):
        self.person.with_user(self.admin).read(["identity_number"])
        self.env.flush_all()
        for statement in (
            "UPDATE onestop_person_reading SET field_names = 'x'",
            "DELETE FROM onestop_person_reading",
            "TRUNCATE onestop_person_reading",
        ):
            with (
                self.assertRaisesRegex(IntegrityError, "append-only"),
                self.cr.savepoint(),
            ):
                self.cr.execute(statement)

    @mute_logger("odoo.sql_db")
    def test_person_who_was_read_is_not_deleted(self):
        self.person.with_user(self.admin).read(["identity_number"])
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.person.unlink()
