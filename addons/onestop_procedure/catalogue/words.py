# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The words of the national database's files. They are data, not labels."""

import re

from .text import comparison_key

# A procedure whose file names no case has this one.
GENERAL_CASE = "Trường hợp chung"
FEE_NAME = "Phí, lệ phí"

# How a fee is said where several stand in one cell.
AMOUNT = "%d đồng"
FREE = "Miễn phí"

LEVELS = {
    "cấp bộ": "ministry",
    "cấp tỉnh": "province",
    "cấp huyện": "district",
    "cấp xã": "commune",
    "cơ quan khác": "other",
}
ONLINE_LEVELS = {
    "": "none",
    "toàn trình": "full",
    "một phần": "partial",
    "cung cấp thông tin trực tuyến": "none",
}
# The last two are ours: the list of the national database has no word for them.
TIME_UNITS = {
    "working": "workday",
    "calendar": "day",
    "hour": "hour",
    "month": "month",
}
CHANNELS = {
    "trực tiếp": "counter",
    "trực tuyến": "online",
    "dịch vụ bưu chính": "post",
}
# Who carries a procedure out: code -> the name in the national database.
SUBJECTS = {
    "citizen": "Công dân Việt Nam",
    "overseas": "Người Việt Nam định cư ở nước ngoài",
    "foreigner": "Người nước ngoài",
    "official": "Cán bộ, công chức, viên chức",
    "enterprise": "Doanh nghiệp",
    "foreign_enterprise": "Doanh nghiệp có vốn đầu tư nước ngoài",
    "cooperative": "Hợp tác xã",
    "organisation": "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    "foreign_organisation": "Tổ chức nước ngoài",
}
# The same and other names that files have for them, as `comparison_key` gives them.
SUBJECT_NAMES = {
    **{comparison_key(name): code for code, name in SUBJECTS.items()},
    "tổ chức không gồm dn htx": "organisation",
    "doanh nghiệp việt nam": "enterprise",
    "người nước ngoài cư trú tại việt nam": "foreigner",
    "người nước ngoài đã cư trú tại việt nam": "foreigner",
}
FREQUENCIES = ("frequent", "low", "none")
DEPARTMENT_KINDS = (
    "province",
    "office",
    "centre",
    "department",
    "board",
    "unit",
    "vertical",
    "ministry",
    "district",
    "commune",
)
# A part that is only asked of some: "(nếu có)" at its end, or a condition before it.
CONDITIONAL = re.compile(
    r"\(?nếu có\)?[\s.;:,]*(?:\d+ bản [\w ]+)?[\s.;]*$"
    r"|^(?:đối với |trong )?trường hợp ",
    re.IGNORECASE,
)
