# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The register of dossiers (Mẫu 06 of 2018, Mẫu 07 of 2025): its columns.

The heads stand in two lines, as on paper; the words are those of the form.
"""

from collections.abc import Mapping
from datetime import UTC
from typing import NamedTuple

from odoo.addons.onestop_procedure.phone import to_local


class Column(NamedTuple):
    """A column of the register.

    :ivar group: head over several columns, or empty
    :ivar width: share of the page's width on paper, in percent; characters in a
        spreadsheet are twice that
    """

    key: str
    title: str
    width: int
    group: str = ""


DATES = "Ngày, tháng, năm"
RETURN = "Trả kết quả"
COLUMNS = (
    Column("number", "STT", 4),
    Column("code", "Mã hồ sơ", 11),
    Column("procedure", "Tên thủ tục hành chính, trích yếu", 13),
    Column("copies", "Số lượng hồ sơ (bộ)", 4),
    Column("owner", "Tên cá nhân, tổ chức", 8),
    Column("contact", "Địa chỉ, số điện thoại", 10),
    Column("agency", "Cơ quan chủ trì giải quyết", 7),
    Column("received", "Nhận hồ sơ", 6, DATES),
    Column("due", "Hẹn trả kết quả", 6, DATES),
    Column("returned", "Ngày trả", 6, RETURN),
    Column("channel", "Phương thức nhận kết quả", 5, RETURN),
    Column("receiver", "Người nhận (ký nhận)", 7, RETURN),
    Column("officer", "Người tiếp nhận; địa bàn", 7),
    Column("note", "Ghi chú", 6),
)
CHANNELS = {
    "counter": "Trực tiếp",
    "post": "Bưu chính",
    "electronic": "Điện tử",
}
ENDINGS = {
    "rejected": "Từ chối giải quyết",
    "refused": "Từ chối tiếp nhận",
    "withdrawn": "Người nộp rút hồ sơ",
    "stopped": "Dừng giải quyết",
}
WAITING = {
    "supplement": "Đang chờ bổ sung",
    "payment": "Đang chờ nghĩa vụ tài chính",
    "suspended": "Tạm dừng xử lý",
    "ready": "Chờ trả kết quả",
}


def cells(row: Mapping, zone) -> dict[str, str]:
    """What a line of the register says.

    :param row: a row of the database; instants are naive UTC
    :param zone: the legal time zone
    :return: text by the key of the column
    """
    return {
        "number": str(row["register_number"] or ""),
        "code": row["code"] or "",
        "procedure": _joined(row["procedure"], row["subject"], between=": "),
        "copies": f"{row['copies']:02d}",
        "owner": row["owner"],
        "contact": _joined(row["street"], to_local(row["phone"] or "")),
        "agency": row["agency"] or "",
        "received": _told(row["received_at"], zone),
        "due": _told(row["due_at"], zone) or "Không hẹn",
        "returned": _told(row["returned_at"], zone),
        "channel": CHANNELS.get(row["channel"], ""),
        "receiver": (row["receiver"] or "").partition("\n")[0],
        "officer": _joined(row["officer"], row["unit"]),
        "note": _note(row, zone),
    }


def _note(row, zone):
    notes = [ENDINGS.get(row["outcome"], ""), WAITING.get(row["state"], "")]
    if row["timeliness"] == "late":
        notes.append("Quá hạn")
    if row["appointment_at"]:
        notes.append(f"Xin lỗi, hẹn lại {_told(row['appointment_at'], zone)}")
    return _joined(*notes, between="; ")


def _joined(*parts, between="; "):
    return between.join(part for part in parts if part)


def _told(instant, zone):
    if not instant:
        return ""
    return f"{instant.replace(tzinfo=UTC).astimezone(zone):%d/%m/%Y %H:%M}"
