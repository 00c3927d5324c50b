# Part of One-Stop. See LICENSE file for full copyright and licensing details.
import re
import unicodedata

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def clean(value):
    """Text of a cell: composed characters (NFC), single spaces, nothing unseen."""
    text = unicodedata.normalize("NFC", str(value)).translate(INVISIBLE)
    return " ".join(text.split())


def clean_heading(value):
    """A heading that a page had before a list: no bullet before, no colon after.

    >>> clean_heading("- Trường hợp cấp lại, hồ sơ bao gồm:")
    'Trường hợp cấp lại, hồ sơ bao gồm'
    """
    return clean(value).lstrip("-–+*• :;").rstrip(" :;,-–")


def comparison_key(value):
    """Names that differ in case or punctuation only are the same name.

    >>> comparison_key("An toàn, vệ sinh lao động")
    'an toàn vệ sinh lao động'
    """
    return " ".join(re.findall(r"\w+", clean(value).lower()))
