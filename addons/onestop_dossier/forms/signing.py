# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The lines above a signature (NĐ 30/2020/NĐ-CP, Điều 13 and Phụ lục I)."""

# Office of the head and of a deputy, by kind of agency.
OFFICES = {
    "province": ("Chủ tịch", "Phó Chủ tịch"),
    "district": ("Chủ tịch", "Phó Chủ tịch"),
    "commune": ("Chủ tịch", "Phó Chủ tịch"),
    "office": ("Chánh Văn phòng", "Phó Chánh Văn phòng"),
    "centre": ("Giám đốc", "Phó Giám đốc"),
    "department": ("Giám đốc", "Phó Giám đốc"),
    "board": ("Trưởng ban", "Phó Trưởng ban"),
}
# Where the title follows from the agency's own statute.
ANY_OFFICE = ("Thủ trưởng cơ quan", "Phó Thủ trưởng cơ quan")
# Agencies with a collective regime: the head signs for the collective.
COLLECTIVE = {"province", "district", "commune"}
FOR_COLLECTIVE = "TM. Ủy ban nhân dân"


def signature_lines(kind: str, mark: str = "", office: str = "") -> list[str]:
    """The lines of authority and office above a signature.

    :param kind: kind of the agency in whose name is signed (``onestop.department``)
    :param mark: none, "KT.", "TUQ.", "TL." or "Q."
    :param office: the signer's own office, where it does not follow from the agency
    """
    head, deputy = OFFICES.get(kind, ANY_OFFICE)
    collective = [FOR_COLLECTIVE] if kind in COLLECTIVE else []
    if mark in ("KT.", "TUQ.", "TL."):
        own = office or (deputy if mark == "KT." else "")
        if mark != "KT.":
            collective = []
        return [*collective, f"{mark} {head}", *([own] if own else [])]
    if mark == "Q.":
        return [*collective, f"Q. {head}"]
    return [*collective, office or head]
