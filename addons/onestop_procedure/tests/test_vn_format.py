# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Dates, times and sums in the words of Vietnamese forms."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from odoo.tests import BaseCase, tagged

from odoo.addons.onestop_procedure.vn_format import (
    vn_date,
    vn_datetime,
    vn_money,
    vn_money_words,
)

from .clock_common import reproducible

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@tagged("post_install", "-at_install")
class TestVnFormat(BaseCase):
    def test_dates_have_the_zeros_that_law_wants(self):
        for day, text in [
            (date(2026, 12, 5), "ngày 05 tháng 12 năm 2026"),
            (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026"),
            (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        ]:
            self.assertEqual(vn_date(day), text)

    def test_instants_are_told_in_the_zone(self):
        text = "16 giờ 30 phút, ngày 05/12/2026"
        self.assertEqual(vn_datetime(datetime(2026, 12, 5, 9, 30), ZONE), text)
        aware = datetime(2026, 12, 5, 9, 30, tzinfo=UTC)
        self.assertEqual(vn_datetime(aware, ZONE), text)

    def test_sums_in_figures(self):
        self.assertEqual(vn_money(200000), "200.000 đồng")
        self.assertEqual(vn_money(0), "0 đồng")
        self.assertEqual(vn_money(1234567.5), "1.234.568 đồng")

    def test_sums_in_words(self):
        for amount, words in [
            (0, "Không đồng"),
            (5, "Năm đồng"),
            (200000, "Hai trăm nghìn đồng"),
            (15000, "Mười lăm nghìn đồng"),
            (21000, "Hai mươi mốt nghìn đồng"),
            (105000, "Một trăm lẻ năm nghìn đồng"),
            (1005, "Một nghìn không trăm lẻ năm đồng"),
            (20015000, "Hai mươi triệu không trăm mười lăm nghìn đồng"),
            (1000000000, "Một tỷ đồng"),
            (1234000000000, "Một nghìn hai trăm ba mươi bốn tỷ đồng"),
            (-5000, "Âm năm nghìn đồng"),
        ]:
            self.assertEqual(vn_money_words(amount), words)

    @reproducible
    @given(st.lists(st.integers(100, 999), min_size=1, max_size=3))
    def test_full_groups_read_as_num2words_reads_them(self, groups):
        number = int("".join(map(str, groups)))
        self.assertEqual(
            vn_money_words(number).lower(), num2words(number, lang="vi") + " đồng"
        )
