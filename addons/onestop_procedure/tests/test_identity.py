# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.onestop_procedure.identity import (
    PROVINCES,
    check_citizen_number,
    check_tax_code,
    search_key,
)

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
GENDERS = st.sampled_from(["male", "female"])


def number_of(province, born, gender, serial):
    """A citizen identity number, put together as the law says."""
    digit = 2 * (born.year // 100 - 19) + (gender == "female")
    return f"{province}{digit}{born.year % 100:02}{serial:06}"


@tagged("post_install", "-at_install")
class TestIdentity(BaseCase):
    @given(st.sampled_from(sorted(PROVINCES)), DAYS, GENDERS, st.integers(0, 999_999))
    def test_number_made_by_the_rule_is_consistent(self, place, born, gender, serial):
        number = number_of(place, born, gender, serial)
        self.assertIsNone(check_citizen_number(number))
        self.assertIsNone(check_citizen_number(number, born, gender))

    @given(st.sampled_from(sorted(PROVINCES)), DAYS, GENDERS, DAYS)
    def test_other_year_or_gender_is_noticed(self, place, born, gender, other):
        number = number_of(place, born, gender, 1)
        wrong = "female" if gender == "male" else "male"
        self.assertEqual(check_citizen_number(number, None, wrong), "citizen_gender")
        if other.year != born.year:
            self.assertEqual(check_citizen_number(number, other), "citizen_birth")

    @given(st.text(max_size=20))
    def test_any_text_is_answered(self, text):
        problem = check_citizen_number(text)
        self.assertIn(problem, (None, "citizen_form", "citizen_place", "citizen_birth"))
        if problem is None:
            self.assertRegex(text, r"\A[0-9]{12}\Z")
        self.assertIn(check_tax_code(text), (None, "tax_code"))

    def test_place_that_never_was_a_province(self):
        self.assertEqual(check_citizen_number("003090000001"), "citizen_place")
        self.assertIsNone(check_citizen_number("100090000001"), "born abroad")

    def test_tax_codes(self):
        for code in ("9999999972", "9999999972-001", "089090000001"):
            self.assertIsNone(check_tax_code(code), code)
        for code in ("9999999973", "999999997", "089090000001-001", "003090000001"):
            self.assertEqual(check_tax_code(code), "tax_code", code)

    @given(st.text())
    def test_search_key_is_stable_and_plain(self, text):
        key = search_key(text)
        self.assertEqual(search_key(key), key)
        self.assertEqual(key, key.strip())
        self.assertNotIn("  ", key)

    def test_search_key_of_vietnamese(self):
        self.assertEqual(search_key("Đăng ký  TẠM TRÚ"), "dang ky tam tru")
        self.assertEqual(search_key("1.004616 – Cấp lại"), "1.004616 cap lai")
        self.assertEqual(search_key(None), "")
