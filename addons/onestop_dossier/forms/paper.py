# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What a circular fixes of a form."""

from dataclasses import dataclass
from enum import StrEnum

# What a copy is for, as it is marked on the paper.
KEPT = "Lưu"
FOR_SUBMITTER = "Giao khách hàng"
FOR_UNIT = "Gửi Bộ phận tiếp nhận và trả kết quả"


class Signer(StrEnum):
    """Who signs a form."""

    SUBMITTER = "submitter"
    RECEIVER = "receiver"
    HEAD = "head"  # of the agency that handles; in whose name is on the paper
    GIVER_AND_TAKER = "giver_and_taker"  # at every hand-over
    CITIZEN_LINE = "citizen_line"  # in the line of the register


@dataclass(frozen=True)
class PaperForm:
    """A form of a circular.

    :ivar number: as printed, "Mẫu số 05".
    :ivar title: as printed, in sentence case.
    :ivar circular: "TT 03/2025/TT-VPCP".
    :ivar copies: how each copy is marked; as many as are made.
    :ivar signers: who signs on paper.
    :ivar signers_online: who signs when the dossier was filed online.
    :ivar sealed: whether the seal, or the agency's electronic signature, is set.
    """

    number: str
    title: str
    circular: str
    copies: tuple[str, ...]
    signers: tuple[Signer, ...]
    signers_online: tuple[Signer, ...]
    sealed: bool = False

    @property
    def label(self) -> str:
        """What stands at the head of the form: number and circular."""
        return f"{self.number} – {self.circular}"

    def who_signs(self, online: bool) -> tuple[Signer, ...]:
        """Who signs: online only the officer does."""
        return self.signers_online if online else self.signers
