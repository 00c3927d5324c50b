# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import unicodedata
from datetime import date

from odoo.tests import BaseCase, tagged

from ..identity_card import CardError, looks_like_card, parse_card
from ..phone import to_e164, to_local

SCAN = (
    "089090000901|351000901|Người Dân Chín|05021990|Nam|"
    "Tổ 1, Mỹ Bình, Long Xuyên, An Giang|05052021"
)


@tagged("post_install", "-at_install")
class TestIdentityCard(BaseCase):
    """The seven fields of the card, from clean and from dirty scans."""

    def test_seven_fields(self):
        card = parse_card(SCAN)
        self.assertEqual(card.number, "089090000901")
        self.assertEqual(card.old_number, "351000901")
        self.assertEqual(card.name, "Người Dân Chín")
        self.assertEqual(card.birth_date, date(1990, 2, 5))
        self.assertEqual(card.gender, "male")
        self.assertEqual(card.address, "Tổ 1, Mỹ Bình, Long Xuyên, An Giang")
        self.assertEqual(card.issued_on, date(2021, 5, 5))

    def test_dirty_scans_say_the_same(self):
        clean = parse_card(SCAN)
        for dirty in (
            SCAN + "\r\n",
            "\x02\ufeff  " + SCAN.replace("|", " | ") + "\x03",
            SCAN.replace("Người Dân", "Người  Dân"),
            unicodedata.normalize("NFD", SCAN),
            SCAN + SCAN,
            SCAN + "|Người Cha|Người Mẹ",
            "|" + SCAN,
        ):
            with self.subTest(scan=dirty):
                self.assertEqual(parse_card(dirty), clean)

    def test_without_an_old_number(self):
        for scan in (
            SCAN.replace("|351000901|", "||"),
            SCAN.replace("|351000901|", "|"),
        ):
            with self.subTest(scan=scan):
                card = parse_card(scan)
                self.assertIsNone(card.old_number)
                self.assertEqual(card.name, "Người Dân Chín")
                self.assertEqual(card.issued_on, date(2021, 5, 5))

    def test_only_the_year_of_birth_is_known(self):
        self.assertIsNone(parse_card(SCAN.replace("05021990", "00001990")).birth_date)

    def test_woman(self):
        scan = SCAN.replace("089090000901", "089190000901")
        self.assertEqual(parse_card(scan.replace("|Nam|", "|Nữ|")).gender, "female")

    def test_what_lost_a_character_is_refused(self):
        for scan, problem in (
            (SCAN.replace("089090000901", "08909000901"), "citizen_form"),
            (SCAN.replace("089090", "003090"), "citizen_place"),
            (SCAN.replace("05021990", "05021991"), "citizen_birth"),
            (SCAN.replace("|Nam|", "|Nữ|"), "citizen_gender"),
            (SCAN.replace("Người Dân Chín", ""), "card_fields"),
            (SCAN.rsplit("|", 2)[0], "card_fields"),
            ("089090000901||", "card_fields"),
            ("|", "card_fields"),
        ):
            with self.subTest(scan=scan), self.assertRaises(CardError) as caught:
                parse_card(scan)
            self.assertEqual(caught.exception.problem, problem)

    def test_what_is_meant_as_a_card(self):
        self.assertTrue(looks_like_card(SCAN))
        self.assertFalse(looks_like_card("Nguyễn"))
        self.assertFalse(looks_like_card(None))


@tagged("post_install", "-at_install")
class TestPhone(BaseCase):
    def test_kept_in_one_form(self):
        for text in (
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "+84912345678",
            "+84 (0)912 345 678",
            "84912345678",
            "0084912345678",
        ):
            with self.subTest(text=text):
                self.assertEqual(to_e164(text), "+84912345678")
        self.assertEqual(to_e164("0296 3852 576"), "+842963852576")

    def test_no_number_of_this_country(self):
        for text in ("", None, "12345", "0612345678", "091234567", "+14155550100"):
            with self.subTest(text=text):
                self.assertIsNone(to_e164(text))

    def test_shown_as_dialled(self):
        self.assertEqual(to_local("+84912345678"), "0912345678")
        self.assertEqual(to_local("0912345678"), "0912345678")
        self.assertEqual(to_local(None), "")
