# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io
import subprocess

import qrcode

from odoo.tests import BaseCase, tagged

from ..money import vietqr
from ..money.purpose import Mention, mentions, purpose
from ..money.vietqr import Transfer, VietQRError

# Samples of NAPAS (QR switching 1.5.2) and of programs in use.
WITH_PURPOSE = (
    "00020101021238500010A0000007270120000697041601065454460208QRIBFTTA"
    "53037045405801005802VN62250821Thanh toan anyLEARN 86304FA27"
)
RELIEF = (
    "00020101021238570010A0000007270127000697041501130011001932418"
    "0208QRIBFTTA530370454061200005802VN62170813ung ho lu lut6304C15C"
)
WITH_BILL = (
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
    "530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E"
)


@tagged("post_install", "-at_install")
class TestVietQR(BaseCase):
    def test_encodes_as_others_do(self):
        self.assertEqual(
            vietqr.encode(Transfer("970416", "545446", 80100, "Thanh toan anyLEARN 8")),
            WITH_PURPOSE,
        )
        self.assertEqual(
            vietqr.encode(Transfer("970415", "0011001932418", 120000, "ung ho lu lut")),
            RELIEF,
        )

    def test_reads_what_others_wrote(self):
        self.assertEqual(
            vietqr.decode(WITH_BILL),
            Transfer("970403", "0011012345678", 180000, "thanh toan don hang"),
        )

    def test_without_amount_it_may_be_used_often(self):
        text = vietqr.encode(Transfer("970403", "0011012345678"))
        self.assertTrue(text.startswith("000201010211"), text)
        self.assertIsNone(vietqr.decode(text).amount)

    def test_checksum_is_ccitt_false(self):
        self.assertEqual(vietqr.checksum("123456789"), "29B1")

    def test_a_changed_digit_is_noticed(self):
        for position in range(30, 60):
            wrong = chr((ord(WITH_PURPOSE[position]) - 47) % 10 + 48)
            text = WITH_PURPOSE[:position] + wrong + WITH_PURPOSE[position + 1 :]
            if text != WITH_PURPOSE:
                with self.assertRaises(VietQRError):
                    vietqr.decode(text)

    def test_refuses_what_no_bank_takes(self):
        for transfer in (
            Transfer("97041", "545446"),
            Transfer("970416", ""),
            Transfer("970416", "5" * 20),
            Transfer("970416", "54-5446"),
            Transfer("970416", "545446", 0),
            Transfer("970416", "545446", -1),
            Transfer("970416", "545446", 1000, "lệ phí"),
            Transfer("970416", "545446", 1000, "x" * 26),
        ):
            with self.assertRaises(VietQRError, msg=str(transfer)):
                vietqr.encode(transfer)

    def test_a_camera_reads_it(self):
        text = vietqr.encode(
            Transfer("970436", "1012345678", 150000, purpose("H01.02-261122-0001"))
        )
        picture = io.BytesIO()
        qrcode.make(text).save(picture)
        read = subprocess.run(
            ["zbarimg", "--raw", "-q", "png:-"],
            input=picture.getvalue(),
            capture_output=True,
            check=True,
        )
        self.assertEqual(read.stdout.decode().strip(), text)


@tagged("post_install", "-at_install")
class TestPurpose(BaseCase):
    CODE = "H01.02-261122-0001"

    def found(self, text):
        return [m.code for m in mentions(text) if m.checked]

    def test_what_banks_keep(self):
        for code in (self.CODE, "000.00.02.H01-261122-0001", "H01.02.15-261122-12345"):
            text = purpose(code)
            self.assertTrue(text.isascii() and text.isalnum() and text.isupper(), text)
            self.assertLessEqual(len(text), vietqr.LONGEST_PURPOSE)

    def test_found_in_what_banks_write_around_it(self):
        told = purpose(self.CODE)
        plain = "H01022611220001"
        for text in (
            told,
            told.lower(),
            f"MBVCB.5931234567.{told}.CT tu 0123456789 NGUYEN VAN A",
            f"IBFT {told}-261122-19:30:11 0123",
            f"{told[:4]} {told[4:]}",
            f"HS H01.02-261122-0001 {told[-2:]} nop le phi",
            f"123456{told}",
            f"{told}20261122",
        ):
            self.assertEqual(self.found(text), [plain], text)

    def test_a_mistyped_code_is_nobodys(self):
        told = purpose(self.CODE)
        for position in range(2, len(told)):
            if told[position].isdigit():
                wrong = str((int(told[position]) + 1) % 10)
                text = told[:position] + wrong + told[position + 1 :]
                self.assertEqual(self.found(text), [], text)
        swapped = told[:-4] + told[-3] + told[-4] + told[-2:]
        if swapped != told:
            self.assertEqual(self.found(swapped), [])
        # Nor taken for a code that was typed without check digits.
        text = told[:-3] + "2" + told[-2:]
        self.assertNotIn(Mention("H01022611220002", False), mentions(text))

    def test_typed_by_hand_it_is_a_guess(self):
        found = mentions("nop le phi ho so h01.02-261122-0001")
        self.assertIn(Mention("H01022611220001", False), found)
        self.assertFalse(any(m.checked for m in found))
