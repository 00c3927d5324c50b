# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""VietQR: the text of a QR code that fills in a bank transfer.

EMVCo merchant-presented QR, in the profile of NAPAS for transfers to an account
("QR switching", part IV, version 1.5.2). Any Vietnamese banking app reads it.
"""

import binascii
from dataclasses import dataclass

NAPAS = "A000000727"
TO_ACCOUNT = "QRIBFTTA"  # NAPAS 247, to an account number
DONG = "704"  # ISO 4217
COUNTRY = "VN"
STATIC, DYNAMIC = "11", "12"  # to be used often, or for one payment
LONGEST_PURPOSE = 25  # characters that the specification grants
LONGEST_ACCOUNT = 19


class VietQRError(ValueError):
    """The text is no VietQR code, or cannot become one."""


@dataclass(frozen=True)
class Transfer:
    """A transfer as the payer's app shows it before he confirms."""

    bin: str  # identification number of the bank, 6 digits
    account: str
    amount: int | None = None  # dong
    purpose: str = ""


def encode(transfer: Transfer) -> str:
    """The text to put into the QR code.

    :raises VietQRError: bank, account, amount or purpose cannot be said in it.
    """
    _check(transfer)
    beneficiary = _field("00", transfer.bin) + _field("01", transfer.account)
    body = [
        _field("00", "01"),
        _field("01", DYNAMIC if transfer.amount else STATIC),
        _field(
            "38",
            _field("00", NAPAS) + _field("01", beneficiary) + _field("02", TO_ACCOUNT),
        ),
        _field("53", DONG),
    ]
    if transfer.amount:
        body.append(_field("54", str(transfer.amount)))
    body.append(_field("58", COUNTRY))
    if transfer.purpose:
        body.append(_field("62", _field("08", transfer.purpose)))
    text = "".join(body) + "6304"
    return text + checksum(text)


def decode(text: str) -> Transfer:
    """What a payer's app reads.

    :raises VietQRError: damaged, or no transfer to an account in Viet Nam.
    """
    if len(text) < 8 or text[-8:-4] != "6304" or checksum(text[:-4]) != text[-4:]:
        raise VietQRError("checksum")
    root = _fields(text)
    napas = _fields(root.get("38", ""))
    if napas.get("00") != NAPAS or napas.get("02") != TO_ACCOUNT:
        raise VietQRError("service")
    if root.get("53") != DONG or root.get("58") != COUNTRY:
        raise VietQRError("currency")
    beneficiary = _fields(napas.get("01", ""))
    amount = root.get("54")
    if amount is not None and not (amount.isascii() and amount.isdigit()):
        raise VietQRError("amount")
    return Transfer(
        bin=beneficiary.get("00", ""),
        account=beneficiary.get("01", ""),
        amount=int(amount) if amount else None,
        purpose=_fields(root.get("62", "")).get("08", ""),
    )


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE over ``text``, four hexadecimal digits."""
    return f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def is_bin(text: str) -> bool:
    """Whether ``text`` has the form of a bank's identification number."""
    return len(text) == 6 and text.isascii() and text.isdigit()


def is_account(text: str) -> bool:
    """Whether ``text`` has the form of an account number."""
    return 0 < len(text) <= LONGEST_ACCOUNT and text.isascii() and text.isalnum()


def _check(transfer):
    if not is_bin(transfer.bin):
        raise VietQRError("bin")
    if not is_account(transfer.account):
        raise VietQRError("account")
    if transfer.amount is not None and not 0 < transfer.amount < 10**13:
        raise VietQRError("amount")
    kept = transfer.purpose.isascii() and transfer.purpose.replace(" ", "").isalnum()
    if transfer.purpose and not (kept and len(transfer.purpose) <= LONGEST_PURPOSE):
        raise VietQRError("purpose")


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"


def _fields(text: str) -> dict[str, str]:
    found, position = {}, 0
    while position < len(text):
        tag, length = text[position : position + 2], text[position + 2 : position + 4]
        if not (length.isascii() and length.isdigit()):
            raise VietQRError("length")
        end = position + 4 + int(length)
        if end > len(text):
            raise VietQRError("length")
        found[tag] = text[position + 4 : end]
        position = end
    return found
