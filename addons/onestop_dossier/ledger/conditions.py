# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Conditions of a procedure, as the decision writes them, into single ones."""

import re

BULLET = re.compile(r"^[-–—•*+]+\s*")
# How decisions say that there is none.
NONE = re.compile(
    r"^(không|không có|không quy định|không yêu cầu|không có yêu cầu"
    r"|không có yêu cầu, điều kiện|none)[.\s]*$",
    re.IGNORECASE,
)


def split_conditions(text):
    """The single conditions of a text, one for each line.

    A line that ends with a colon is said before each bullet under it, so that every
    condition can be read alone.

    :param text: the conditions of a version, or None.
    :return: tuple of conditions, in their order; empty when there is none.
    """
    conditions, heading, used = [], None, True
    for line in (text or "").splitlines():
        said = line.strip()
        bullet = bool(BULLET.match(said))
        said = BULLET.sub("", said).strip()
        if not said or NONE.match(said):
            continue
        if not bullet:
            if heading and not used:
                conditions.append(heading)
            heading = None
        if said.endswith(":") and not bullet:
            heading, used = said, False
            continue
        conditions.append(f"{heading} {said}" if heading else said)
        used = True
    if heading and not used:
        conditions.append(heading)
    return tuple(conditions)
