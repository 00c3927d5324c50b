# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The forms by rule set: TT 01/2018/TT-VPCP and TT 03/2025/TT-VPCP (Phụ lục I)."""

from .paper import FOR_SUBMITTER, FOR_UNIT, KEPT, PaperForm, Signer

OLD = "TT 01/2018/TT-VPCP"
NEW = "TT 03/2025/TT-VPCP"
# Rule sets of a dossier (its ``rule_set``) by circular.
RULE_SETS = {OLD: ("nd61_2018", "nd61_107"), NEW: ("nd118_2025",)}

BOTH = (Signer.SUBMITTER, Signer.RECEIVER)
OFFICER = (Signer.RECEIVER,)
HEAD = (Signer.HEAD,)
GIVEN = (KEPT, FOR_SUBMITTER)

# key: (number in the circular, title), by circular; None where it has no such form
NUMBERS = {
    "slip": {
        OLD: (1, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
        NEW: (1, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    },
    "guidance": {
        OLD: (2, "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
        NEW: (2, "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    },
    "refusal": {
        OLD: (3, "Phiếu từ chối giải quyết hồ sơ"),
        NEW: (3, "Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    },
    "apology": {
        OLD: (4, "Phiếu xin lỗi và hẹn lại ngày trả kết quả"),
        NEW: (4, "Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết"),
    },
    "stop": {NEW: (5, "Thông báo dừng giải quyết hồ sơ")},
    "control": {
        OLD: (5, "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
        NEW: (6, "Phiếu kiểm soát quá trình giải quyết hồ sơ"),
    },
    "register": {OLD: (6, "Sổ theo dõi hồ sơ"), NEW: (7, "Sổ theo dõi hồ sơ")},
}

# key: copies, who signs, who signs online, sealed
MADE = {
    "slip": (GIVEN, BOTH, OFFICER, False),
    "guidance": (GIVEN, OFFICER, OFFICER, False),
    "refusal": (GIVEN, BOTH, OFFICER, False),
    "apology": ((*GIVEN, FOR_UNIT), HEAD, HEAD, True),
    "stop": (GIVEN, HEAD, HEAD, True),
    # One, which travels with the dossier
    "control": (("",), (Signer.GIVER_AND_TAKER,), (Signer.GIVER_AND_TAKER,), False),
    "register": (("",), (Signer.CITIZEN_LINE,), (), False),
}

FORMS = {
    (key, rule_set): PaperForm(f"Mẫu số {number:02d}", title, circular, *MADE[key])
    for key, by_circular in NUMBERS.items()
    for circular, (number, title) in by_circular.items()
    for rule_set in RULE_SETS[circular]
}


def form_of(key: str, rule_set: str) -> PaperForm | None:
    """The form of a circular, as it holds for a rule set.

    :param key: slip, guidance, refusal, apology, stop, control or register
    :param rule_set: ``rule_set`` of the dossier; what is not received yet has none and
        takes that of the day
    :return: None when the circular has no such form (the stop notice of 2018)
    """
    return FORMS.get((key, rule_set))
