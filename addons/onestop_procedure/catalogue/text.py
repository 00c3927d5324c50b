# Part of One-Stop. See LICENSE file for full copyright and licensing details.
import re
import unicodedata

INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# What neither PostgreSQL nor XML can hold: control characters, halves of characters.
UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff\ufffe\uffff]")
# A spreadsheet takes a cell that begins so for a formula, and may run it.
FORMULA = re.compile(r"'*[=+\-@\uff1d\uff0b\uff0d\uff20]")
ESCAPED = re.compile(r"'+[=+\-@\uff1d\uff0b\uff0d\uff20]")


def clean(value):
    """Text of a cell: composed characters (NFC), single spaces, nothing unseen."""
    text = UNSTORABLE.sub("", str(value)).translate(INVISIBLE)
    # Without what was unseen, letters and their marks may stand side by side.
    return " ".join(unicodedata.normalize("NFC", text).split())


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


def split_list(value):
    """The items of a cell that holds several, separated by semicolons.

    >>> split_list("118/2014/NĐ-CP; 02/2015/TT-BNNPTNT;")
    ('118/2014/NĐ-CP', '02/2015/TT-BNNPTNT')
    """
    return tuple(dict.fromkeys(filter(None, map(clean, str(value).split(";")))))


def escape_cell(text):
    """A text that no spreadsheet takes for a formula; `unescape_cell` undoes it.

    >>> escape_cell("=cmd|' /C calc'!A0")
    "'=cmd|' /C calc'!A0"
    """
    return f"'{text}" if FORMULA.match(text) else text


def unescape_cell(text):
    """The text that `escape_cell` was given.

    >>> unescape_cell("'- Đơn")
    '- Đơn'
    """
    return text[1:] if ESCAPED.match(text) else text
