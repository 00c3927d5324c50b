# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .desk_common import CARD, DeskCase


@tagged("post_install", "-at_install")
class TestDeskPerson(DeskCase):
    """Who is at the counter, by card, number, telephone and name."""

    def test_card_of_somebody_new(self):
        found = self.desk().find_person(CARD + "\n")
        self.assertEqual((found["people"], found["problem"]), ([], None))
        self.assertEqual(found["new"]["name"], "Người Mới Bảy")
        self.assertEqual(found["new"]["birth_date"], "05/02/1990")
        made = self.desk().create_person(found["new"])
        person = self.env["onestop.person"].browse(made["person"]["id"])
        self.assertEqual(person.identity_number, "089090000777")
        self.assertEqual(str(person.birth_date), "1990-02-05")
        again = self.desk().find_person(CARD)
        self.assertEqual([row["id"] for row in again["people"]], person.ids)

    def test_numbers_are_masked(self):
        found = self.desk().find_person("089090000901")["people"]
        self.assertEqual([row["id"] for row in found], self.citizen.ids)
        self.assertEqual(found[0]["masked"], "089••••••901")
        self.assertNotIn("089090000901", str(found))
        summary = self.desk().person_summary(self.citizen.id)
        self.assertNotIn("089090000901", str(summary))

    def test_damaged_card_is_not_guessed(self):
        found = self.desk().find_person(CARD.replace("05021990", "05021991"))
        self.assertEqual((found["people"], found["new"]), ([], None))
        self.assertIn("do not fit", found["problem"])

    def test_known_under_the_old_number(self):
        person = self.env["onestop.person"].create(
            {
                "name": "Người Mới Bảy",
                "identity_kind": "cmnd",
                "identity_number": "351000777",
            }
        )
        found = self.desk().find_person(CARD)
        self.assertTrue(found["renew"])
        self.assertEqual([row["id"] for row in found["people"]], person.ids)
        self.desk().renew_identity(person.id, CARD)
        self.assertEqual(
            (person.identity_kind, person.identity_number), ("cccd", "089090000777")
        )
        with self.assertRaises(ValidationError):
            self.desk().renew_identity(self.citizen.id, CARD)

    def test_name_without_diacritics(self):
        self.citizen.name = "Nguyễn Thị Đào"
        found = self.desk().find_person("dao nguyen")["people"]
        self.assertIn(self.citizen.id, [row["id"] for row in found])
        nobody = self.desk().find_person("Khong Co Ai")
        self.assertEqual(nobody["new"]["name"], "Khong Co Ai")

    def test_telephone_in_either_form(self):
        self.citizen.phone = "+84912345678"
        found = self.desk().find_person("0912 345 678")["people"]
        self.assertEqual([row["id"] for row in found], self.citizen.ids)
        summary = self.desk().person_summary(self.citizen.id)
        self.assertEqual(summary["phone"], "0912345678")

    def test_organisation_by_tax_code(self):
        found = self.desk().find_person("0100109106")
        self.assertEqual(found["new"], {"kind": "business", "tax_code": "0100109106"})
        made = self.desk().create_person({**found["new"], "name": "A company"})
        person = self.env["onestop.person"].browse(made["person"]["id"])
        self.assertEqual((person.kind, person.identity_kind), ("business", False))
        wrong = self.desk().find_person("0100109107")
        self.assertIn("tax code", wrong["problem"])

    def test_what_is_wrong_stands_beside_the_field(self):
        cases = (
            ({}, {"name", "identity_number"}),
            ({"name": "X", "identity_number": "123"}, {"identity_number"}),
            (
                {
                    "name": "X",
                    "identity_number": "089090000555",
                    "birth_date": "31/02/1990",
                    "phone": "123",
                    "email": "x",
                },
                {"birth_date", "phone", "email"},
            ),
            (
                {
                    "name": "X",
                    "identity_number": "089090000555",
                    "birth_date": "05/02/1991",
                },
                {"birth_date"},
            ),
            (
                {"name": "X", "identity_number": "089090000555", "gender": "female"},
                {"gender"},
            ),
            ({"name": "X", "kind": "business"}, {"tax_code"}),
            (
                {"name": "X", "identity_kind": "cmnd", "identity_number": "1"},
                {"identity_number"},
            ),
        )
        for values, expected in cases:
            with self.subTest(values=values):
                problems = self.desk().create_person(values)["problems"]
                self.assertEqual(set(problems), expected)

    def test_somebody_on_record_is_taken_as_he_is(self):
        made = self.desk().create_person(
            {"name": "Other", "identity_number": "089090000901"}
        )
        self.assertTrue(made["existed"])
        self.assertEqual(made["person"]["id"], self.citizen.id)

    def test_dossiers_counted_in_one_query(self):
        self.new_dossier()
        self.do_refuse(self.new_dossier())
        summary = self.desk().person_summary(self.citizen.id)
        self.assertEqual((summary["total"], summary["open"]), (2, 1))
