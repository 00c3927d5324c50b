# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The words of the national database's files. They are data, not labels."""

import re

# A procedure whose file names no case has this one.
GENERAL_CASE = "Trường hợp chung"
FEE_NAME = "Phí, lệ phí"

LEVELS = {
    "cấp tỉnh": "province",
    "cấp bộ": "ministry",
    "cấp xã": "commune",
    "cơ quan khác": "other",
}
ONLINE_LEVELS = {
    "": "none",
    "toàn trình": "full",
    "một phần": "partial",
    "cung cấp thông tin trực tuyến": "none",
}
TIME_UNITS = {"working": "workday", "calendar": "day"}
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
