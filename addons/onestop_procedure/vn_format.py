# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Dates, times and sums as Vietnamese forms write them.

Pure functions without database access.
"""

from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal

BILLION = 10**9
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
# Final digits that are pronounced differently after a ten.
AFTER_TEN = {1: "mốt", 5: "lăm"}


def vn_date(day: date) -> str:
    """Date of a document: "ngày 05 tháng 12 năm 2026".

    Days below 10 and the months 1 and 2 have a leading zero, the other months none
    (NĐ 30/2020, Phụ lục I, phần II mục 4).
    """
    month = f"{day.month:02}" if day.month < 3 else day.month
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def vn_datetime(instant: datetime, zone: tzinfo) -> str:
    """An instant: "16 giờ 30 phút, ngày 05/12/2026".

    :param instant: aware, or naive in UTC as Odoo keeps it
    :param zone: the time zone to tell it in
    """
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    return f"{instant.astimezone(zone):%H giờ %M phút, ngày %d/%m/%Y}"


def vn_money(amount: float | Decimal) -> str:
    """A sum in figures: "200.000 đồng". Rounded to the đồng, half up."""
    return f"{_dong(amount):,} đồng".replace(",", ".")


def vn_money_words(amount: float | Decimal) -> str:
    """A sum in words with a capital letter: "Hai trăm nghìn đồng".

    Every group of three digits but the first is read in full ("không trăm lẻ năm"),
    as receipts require; the package num2words leaves this out.
    """
    dong = _dong(amount)
    words = ("âm " if dong < 0 else "") + _read(abs(dong)) + " đồng"
    return words[:1].upper() + words[1:]


def _dong(amount) -> int:
    return int(Decimal(str(amount)).to_integral_value("ROUND_HALF_UP"))


def _read(number: int, padded: bool = False) -> str:
    if not number:
        return DIGITS[0]
    words = []
    high, rest = divmod(number, BILLION)
    if high:
        words += [_read(high, padded), "tỷ"]
        padded = True
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            words += [_read_group(group, padded), name]
            padded = True
    return " ".join(filter(None, words))


def _read_group(number: int, padded: bool) -> str:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = []
    if hundreds or padded:
        words.append(f"{DIGITS[hundreds]} trăm")
    if tens > 1:
        words.append(f"{DIGITS[tens]} mươi")
        words.append(AFTER_TEN.get(ones, DIGITS[ones]) if ones else "")
    elif tens:
        words.append("mười")
        words.append("lăm" if ones == 5 else DIGITS[ones] if ones else "")
    elif ones:
        words.append(f"lẻ {DIGITS[ones]}" if words else DIGITS[ones])
    return " ".join(filter(None, words))
