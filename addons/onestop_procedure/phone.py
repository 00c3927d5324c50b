# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Vietnamese telephone numbers: kept in E.164, shown as people dial them.

Pure functions without database access.
"""

import re

COUNTRY = "+84"
# A mobile number has ten digits, one of a fixed line eleven.
LOCAL = re.compile(r"0[35789]\d{8}|02\d{9}")


def to_e164(text):
    """A number as people write it, in the form in which it is kept.

    >>> to_e164("0912 345 678")
    '+84912345678'

    :return: None when it is no Vietnamese number.
    """
    digits = re.sub(r"[\s.()-]", "", text or "")
    digits = re.sub(r"^(\+84|0084|84(?=\d{9,10}$))0?", "0", digits)
    return COUNTRY + digits[1:] if LOCAL.fullmatch(digits) else None


def to_local(text):
    """A number as it is dialled within the country; others as they are.

    >>> to_local("+84912345678")
    '0912345678'
    """
    text = text or ""
    return "0" + text[len(COUNTRY) :] if text.startswith(COUNTRY) else text
