# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import io
import subprocess

import psycopg2
import qrcode

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..money import vietqr
from .bank_common import BankData
from .common import DossierCase


@tagged("post_install", "-at_install")
class TestBankAccount(BankData, DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_bank()

    def test_two_persons(self):
        """Who proposes an account does not confirm it, and a cashier never does."""
        mine = self.make_account(confirm=False, proposer="director", number="777")
        for name in ("director", "cashier", "receiver", "stranger_head", "other_head"):
            with self.assertRaises(UserError, msg=name):
                self.as_user(mine, name)._do_confirm()
        self.assertEqual(mine.state, "proposed")
        self.assertEqual(self.account.state, "confirmed")

    def test_confirming_proves_identity(self):
        method = type(self.env["onestop.bank.account"]).action_confirm
        self.assertTrue(getattr(method, "__has_check_identity", False))

    def test_the_one_before_ends_and_stays(self):
        new = self.make_account(number="222")
        self.assertEqual((self.account.state, new.state), ("ended", "confirmed"))
        self.assertEqual(self.account.ended_by_id, self.users["director"])
        self.assertEqual(self.account.number, "1012345678")
        with self.assertRaises(UserError):
            self.as_user(self.account, "director")._do_confirm()

    def test_nobody_changes_a_number(self):
        """Not by a form, not by RPC, not as administrator, not in SQL."""
        for name in ("cashier", "director"):
            with self.assertRaises(AccessError, msg=name):
                self.as_user(self.account, name).write({"number": "666"})
        accounts = self.env["onestop.bank.account"].with_user(self.users["cashier"])
        new = accounts.with_context(
            default_confirmed_by_id=self.users["director"].id
        ).create(
            {
                "company_id": self.company.id,
                "bank_bin": "970436",
                "bank_name": "Test Bank",
                "number": "333",
                "holder": "TRUNG TAM THU NGHIEM",
            }
        )
        self.assertFalse(new.sudo().confirmed_by_id, "by a default of the context")
        for context in ({}, {"onestop_bank": True}):
            with self.assertRaises(AccessError):
                self.account.with_context(**context).write({"state": "ended"})
        for query in (
            "UPDATE onestop_bank_account SET number = '666' WHERE id = %s",
            "DELETE FROM onestop_bank_account WHERE id = %s",
            "UPDATE onestop_bank_account SET confirmed_by_id = 1 WHERE id = %s",
        ):
            with (
                self.assertRaises(psycopg2.IntegrityError, msg=query),
                mute_logger("odoo.sql_db"),
                self.cr.savepoint(),
            ):
                self.cr.execute(query, [self.account.id])

    def test_a_proposal_is_no_use(self):
        """Nothing but the plain entries comes with a proposal."""
        accounts = self.as_user(self.env["onestop.bank.account"], "cashier")
        plain = {"bank_bin": "970436", "bank_name": "x", "number": "1", "holder": "x"}
        for extra in (
            {"state": "confirmed"},
            {"confirmed_by_id": self.users["director"].id},
            {"proposed_by_id": self.users["director"].id},
        ):
            with self.assertRaises(AccessError):
                accounts.create(plain | extra)
        made = accounts.with_context(
            default_state="confirmed", default_proposed_by_id=1
        ).create(plain | {"company_id": self.company.id})
        self.assertEqual(made.state, "proposed")
        self.assertEqual(made.proposed_by_id, self.users["cashier"])

    def test_another_centre_touches_nothing(self):
        for name in ("other_cashier", "other_head", "receiver", "stranger_head"):
            with self.assertRaises(AccessError, msg=name):
                self.make_account(confirm=False, proposer=name)
        mine = self.as_user(self.env["onestop.bank.account"], "other_head")
        self.assertFalse(mine.search([("id", "=", self.account.id)]))

    def test_numbers_that_are_none(self):
        for values in (
            {"bank_bin": "97043"},
            {"number": "12-34"},
            {"number": "1" * 20},
        ):
            with self.assertRaises(ValidationError, msg=str(values)):
                self.make_account(confirm=False, **values)

    # ------------------------------------------------------------
    # The code that citizens scan
    # ------------------------------------------------------------

    def test_code_of_a_dossier(self):
        """Amount and purpose are filled in; a camera reads it from the picture."""
        dossier = self.paid_dossier()
        transfer = dossier._transfer()
        read = vietqr.decode(transfer["text"])
        self.assertEqual(
            (read.bin, read.account, read.amount, read.purpose),
            ("970436", "1012345678", 150000, self.told(dossier)),
        )
        shown = self.as_user(dossier, "cashier").transfer_code
        self.assertIn(read.purpose, shown)
        self.assertIn(transfer["image"], shown)
        self.assertTrue(
            base64.b64decode(transfer["image"].split(",")[1]).startswith(b"<?xml")
        )
        picture = io.BytesIO()
        qrcode.make(transfer["text"]).save(picture)
        seen = subprocess.run(
            ["zbarimg", "--raw", "-q", "png:-"],
            input=picture.getvalue(),
            capture_output=True,
            check=True,
        )
        self.assertEqual(seen.stdout.decode().strip(), transfer["text"])

    def test_code_on_the_slip(self):
        """A scanner reads tracking and VietQR from the printed slip of the citizen."""
        dossier = self.paid_dossier("received")
        reports = self.env["ir.actions.report"].with_user(self.users["receiver"])
        pdf, _kind = reports._render_onestop_pdf(
            "onestop_dossier.dossier_slip_report", dossier.ids
        )
        pages = []
        for page in ("1", "2"):
            picture = subprocess.run(
                ["pdftoppm", "-r", "150", "-png", "-f", page, "-l", page, "-"],
                input=pdf,
                capture_output=True,
                check=True,
            )
            seen = subprocess.run(
                ["zbarimg", "--raw", "-q", "png:-"],
                input=picture.stdout,
                capture_output=True,
                check=True,
            )
            pages.append(seen.stdout.decode().split())
        kept, given = pages
        self.assertNotIn(dossier._transfer()["text"], kept)
        self.assertIn(dossier._transfer()["text"], given)

    def test_code_at_the_counter(self):
        dossier = self.paid_dossier()
        self.env.flush_all()
        wizards = self.env["onestop.collect"].with_user(self.users["cashier"])
        wizard = wizards.create({"dossier_id": dossier.id})
        self.assertFalse(wizard.transfer_code)
        wizard.method = "transfer"
        self.assertIn(self.told(dossier), wizard.transfer_code)

    def test_what_is_due_at_return_is_asked_then(self):
        dossier = self.paid_dossier("ready")
        self.assertEqual(dossier._transfer()["amount"], 170000)

    def test_an_agency_with_its_own_account(self):
        own = self.make_account(number="555", department_id=self.justice.id)
        self.assertEqual(self.account.state, "confirmed")
        dossier = self.paid_dossier()
        self.assertEqual(dossier._transfer()["number"], "555")
        self.as_user(own, "director")._do_end()
        self.assertEqual(dossier._transfer()["number"], "1012345678")

    def test_no_code_when_nothing_is_to_be_paid(self):
        dossier = self.paid_dossier()
        self.act_as(dossier, "cashier")._do_collect_fees(dossier._unpaid_fees(), "cash")
        self.assertIsNone(dossier._transfer())
        other = self.paid_dossier()
        self.as_user(self.account, "director")._do_end()
        self.assertIsNone(other._transfer())
