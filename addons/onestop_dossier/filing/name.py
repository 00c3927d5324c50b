# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import os
import re
import unicodedata

LONGEST_NAME = 150


def plain_name(name, ending=""):
    """A file name without folders and control characters, of bearable length.

    :param ending: such as ``.pdf``, for a name that has none.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name or ""))[-1]
    plain = "".join(c for c in last if c.isprintable()).strip(" .") or "file"
    stem, own = os.path.splitext(plain)
    own = own or ending
    return stem[: LONGEST_NAME - len(own)] + own if len(own) < 20 else plain[:150]
