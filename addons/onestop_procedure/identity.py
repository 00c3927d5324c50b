# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Numbers that identify people and organisations, and keys to find them by.

Pure functions without database access.
"""

import re
import unicodedata

from stdnum.vn import mst

# Provinces (codes of the 63 provinces before 2025, which old numbers keep).
# Other codes from 100 on stand for the country of birth registration.
PROVINCES = frozenset(
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 "
    "033 034 035 036 037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 "
    "064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 "
    "094 095 096".split()
)
FIRST_COUNTRY = 100


def check_citizen_number(number, birth_date=None, gender=None):
    """Check a citizen identity number (CCCD; it has no check digit).

    :param birth_date: date of birth, when known.
    :param gender: "male", "female", or None when not known.
    :return: None when it is consistent, else what is wrong: "citizen_form",
        "citizen_place", "citizen_birth" or "citizen_gender".
    """
    if not re.fullmatch(r"[0-9]{12}", number):
        return "citizen_form"
    if number[:3] not in PROVINCES and int(number[:3]) < FIRST_COUNTRY:
        return "citizen_place"
    century, year = 19 + int(number[3]) // 2, int(number[4:6])
    if birth_date and birth_date.year != century * 100 + year:
        return "citizen_birth"
    if gender and (int(number[3]) % 2 == 0) != (gender == "male"):
        return "citizen_gender"
    return None


def check_tax_code(code):
    """Check a tax code: 10 digits, 10-3 digits, or a citizen number.

    Individuals and household businesses use their citizen number as tax code
    since 01/7/2025.

    :return: None when it is valid, else "tax_code".
    """
    if re.fullmatch(r"[0-9]{12}", code):
        return check_citizen_number(code) and "tax_code"
    return None if mst.is_valid(code) else "tax_code"


def search_key(text):
    """Text as people type it: lower case, no diacritics, single spaces.

    >>> search_key("  Sở Tư pháp  Đà Nẵng")
    'so tu phap da nang'
    """
    decomposed = unicodedata.normalize("NFD", (text or "").lower().replace("đ", "d"))
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w.]+|_", " ", plain).split())
