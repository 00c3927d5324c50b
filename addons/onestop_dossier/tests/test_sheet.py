# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Appraisal sheet: a finding for each condition, before the dossier is approved."""

import io
import re

from psycopg2.errors import RestrictViolation
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..ledger.conditions import split_conditions
from .common import DossierCase

CONDITIONS = "- Is of age\n- Has a place of business\n"


@tagged("post_install", "-at_install")
class TestConditions(BaseCase):
    def test_split(self):
        for text, expected in (
            (None, ()),
            ("Không", ()),
            ("Không có yêu cầu, điều kiện.", ()),
            ("One\n\n  Two ", ("One", "Two")),
            ("- One\n+ Two\n• Three", ("One", "Two", "Three")),
            ("a) One\n1. Two", ("a) One", "1. Two")),
            ("Has:\n- one\n- two\nThree", ("Has: one", "Has: two", "Three")),
            ("Has:", ("Has:",)),
            ("Has:\nThree", ("Has:", "Three")),
        ):
            with self.subTest(text=text):
                self.assertEqual(split_conditions(text), expected)


class SheetCase(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.strict = cls.make_procedure("9.000077", cls.justice)
        cls.env.cr.execute(
            "UPDATE onestop_procedure_version SET conditions = %s WHERE id = %s",
            [CONDITIONS, cls.strict.version_ids.id],
        )
        cls.env.invalidate_all()

    def processing(self, **values):
        return self.dossier_in("processing", procedure_id=self.strict.id, **values)

    def sheet_of(self, dossier, name="appraiser"):
        action = self.act_as(dossier, name).action_open_sheet()
        sheets = self.env["onestop.dossier.sheet"].with_user(self.users[name])
        return sheets.browse(action["res_id"])

    def fill(self, sheet, result="met", proposal="grant", remark=False):
        sheet.write(
            {
                "proposal": proposal,
                "summary": "All in order",
                "finding_ids": [
                    (1, finding.id, {"result": result, "remark": remark})
                    for finding in sheet.finding_ids
                ],
            }
        )

    def findings(self):
        self.env.flush_all()
        return self.env["onestop.dossier.event"]._verify_ledgers()[1]

    def refused_sql(self, query, *params):
        self.env.flush_all()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(RestrictViolation),
            self.env.cr.savepoint(flush=False),
        ):
            self.env.cr.execute(query, params)


@tagged("post_install", "-at_install")
class TestSheet(SheetCase):
    def test_required_before_approval(self):
        """Forwarding needs a finding for each condition, and a proposal."""
        dossier = self.processing()
        appraiser = self.act_as(dossier, "appraiser")
        with self.assertRaisesRegex(UserError, "conditions"):
            appraiser.action_forward("In order")
        sheet = self.sheet_of(dossier)
        self.assertEqual(
            sheet.finding_ids.mapped("condition"),
            ["Is of age", "Has a place of business"],
        )
        with self.assertRaisesRegex(UserError, "Is of age"):
            appraiser.action_forward("In order")
        self.fill(sheet, proposal=False)
        with self.assertRaisesRegex(UserError, "propose"):
            appraiser.action_forward("In order")
        self.fill(sheet, result="not_met")
        with self.assertRaisesRegex(UserError, "remark"):
            appraiser.action_forward("In order")
        self.fill(sheet, result="not_met", remark="Waived by article 3")
        # The sheet says it: no note is needed besides.
        appraiser.action_forward()
        self.assertEqual(dossier.state, "approving")
        self.assertEqual(sheet.state, "final")
        self.assertEqual(sheet.event_id.kind, "forward")
        self.assertEqual(sheet.user_id, self.users["appraiser"])
        self.assertEqual(self.findings(), [])

    def test_not_needed_without_conditions(self):
        dossier = self.dossier_in("processing")
        with self.assertRaises(UserError):
            self.act_as(dossier, "appraiser").action_forward()
        self.act_as(dossier, "appraiser").action_forward("In order")
        self.assertFalse(dossier.sudo().sheet_ids)

    def test_who_fills_in(self):
        """Only an appraiser of the agency that has it now, only while it runs."""
        dossier = self.processing()
        others = ("receiver", "head", "stranger", "records", "director", "citizen")
        for name in others:
            with self.subTest(begin=name), self.assertRaises(UserError):
                self.sheet_of(dossier, name)
        sheet = self.sheet_of(dossier)
        self.assertEqual(sheet, self.sheet_of(dossier))
        for name in others:
            with self.subTest(fill=name), self.assertRaises(UserError):
                self.fill(sheet.with_user(self.users[name]))
            with (
                self.subTest(finding=name),
                self.assertRaises(UserError),
            ):
                sheet.finding_ids[0].with_user(self.users[name]).result = "met"
        for vals in (
            {"state": "final"},
            {"user_id": self.users["head"].id},
            {"number": 7},
            {"finding_ids": [(2, sheet.finding_ids[0].id, 0)]},
            {"finding_ids": [(0, 0, {"condition": "Mine"})]},
            {"finding_ids": [(1, sheet.finding_ids[0].id, {"condition": "Mine"})]},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                sheet.write(vals)
        with self.assertRaises(AccessError):
            sheet.create({"dossier_id": dossier.id, "number": 9})
        with self.assertRaises(AccessError):
            sheet.unlink()
        self.fill(sheet)
        self.act_as(dossier, "appraiser").action_forward()
        with self.assertRaises(UserError):
            self.fill(sheet)
        # Those who may see the dossier read it; nobody else, and no citizen.
        self.assertEqual(sheet.with_user(self.users["head"]).proposal, "grant")
        for name in ("stranger", "citizen"):
            with self.subTest(read=name), self.assertRaises(AccessError):
                sheet.with_user(self.users[name]).read(["summary"])
            with self.subTest(read=name), self.assertRaises(AccessError):
                sheet.finding_ids.with_user(self.users[name]).read(["remark"])

    def test_a_role_that_ended(self):
        dossier = self.processing()
        sheet = self.sheet_of(dossier)
        self.env["onestop.membership"].search(
            [("user_id", "=", self.users["appraiser"].id)]
        ).valid_to = "2025-01-01"
        with self.assertRaises(AccessError):
            self.fill(sheet)

    def test_sent_back_opens_a_new_one(self):
        """The old one stays; the new one begins with what it found."""
        dossier = self.processing()
        first = self.sheet_of(dossier)
        self.fill(first, remark="Seen")
        self.act_as(dossier, "appraiser").action_forward()
        self.act_as(dossier, "head").action_send_back("Look again")
        with self.assertRaisesRegex(UserError, "conditions"):
            self.act_as(dossier, "appraiser").action_forward("In order")
        second = self.sheet_of(dossier)
        self.assertNotEqual(second, first)
        self.assertEqual((first.number, second.number), (1, 2))
        self.assertEqual(second.finding_ids.mapped("remark"), ["Seen"] * 2)
        self.fill(second, proposal="reject")
        self.act_as(dossier, "appraiser").action_forward()
        self.assertEqual((first.proposal, second.proposal), ("grant", "reject"))
        self.assertEqual(self.findings(), [])

    def test_kept_by_the_database(self):
        dossier = self.processing()
        sheet = self.sheet_of(dossier)
        self.fill(sheet)
        finding = sheet.finding_ids[0].id
        self.env.flush_all()
        self.refused_sql("DELETE FROM onestop_dossier_sheet WHERE id = %s", sheet.id)
        self.act_as(dossier, "appraiser").action_forward()
        for column, value in (
            ("proposal", "reject"),
            ("summary", "Other"),
            ("summary", None),
            ("state", "draft"),
            ("salt", "x"),
            ("event_id", None),
        ):
            self.refused_sql(
                f"UPDATE onestop_dossier_sheet SET {column} = %s WHERE id = %s",
                value,
                sheet.id,
            )
        for query in (
            "UPDATE onestop_dossier_finding SET result = 'na' WHERE id = %s",
            "UPDATE onestop_dossier_finding SET remark = NULL WHERE id = %s",
            "UPDATE onestop_dossier_finding SET remark = 'x' WHERE id = %s",
            "DELETE FROM onestop_dossier_finding WHERE id = %s",
        ):
            self.refused_sql(query, finding)
        self.refused_sql(
            "INSERT INTO onestop_dossier_finding (sheet_id, condition) "
            "VALUES (%s, 'x')",
            sheet.id,
        )
        self.refused_sql("DELETE FROM onestop_dossier_sheet WHERE id = %s", sheet.id)
        self.refused_sql("TRUNCATE onestop_dossier_sheet CASCADE")
        self.refused_sql("TRUNCATE onestop_dossier_finding")

    def test_erased_by_a_decision(self):
        dossier = self.processing()
        sheet = self.sheet_of(dossier)
        self.fill(sheet, remark="About a person")
        self.act_as(dossier, "appraiser").action_forward()
        decision = self.env["onestop.decision"].create(
            {"number": "9/QD", "date": "2026-01-05", "issuer_id": self.centre.id}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE onestop_dossier_sheet SET summary = NULL, salt = NULL, "
            "erased_decision_id = %s WHERE id = %s",
            [decision.id, sheet.id],
        )
        self.env.cr.execute(
            "UPDATE onestop_dossier_finding SET remark = NULL WHERE sheet_id = %s",
            [sheet.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.findings(), [])

    def test_verify_names_what_was_changed(self):
        dossier = self.processing()
        sheet = self.sheet_of(dossier)
        self.fill(sheet)
        self.act_as(dossier, "appraiser").action_forward()
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE onestop_dossier_finding DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE onestop_dossier_finding SET result = 'na' WHERE sheet_id = %s",
            [sheet.id],
        )
        self.env.cr.execute("ALTER TABLE onestop_dossier_finding ENABLE TRIGGER USER")
        self.env.invalidate_all()
        [finding] = self.findings()
        self.assertEqual(finding["ledger"], "onestop.dossier.sheet")
        self.assertEqual(finding["row"], f"id {sheet.id}")

    def test_approved_as_seen(self):
        """The digest covers the sheet, and the decision's dialog shows it."""
        dossier = self.processing()
        before = dossier.approval_digest
        sheet = self.sheet_of(dossier)
        self.fill(sheet)
        filled = self.act_as(dossier, "head").approval_digest
        self.assertNotEqual(before, filled)
        sheet.finding_ids[0].remark = "More"
        after = self.act_as(dossier, "head").approval_digest
        self.assertNotEqual(filled, after)
        self.act_as(dossier, "appraiser").action_forward()
        wizard = (
            self.env["onestop.dossier.approval"]
            .with_user(self.users["head"])
            .create({"dossier_id": dossier.id})
        )
        self.assertEqual(wizard.sheet_proposal, "grant")
        self.assertEqual(len(wizard.sheet_finding_ids), 2)
        self.act_as(dossier, "head")._do_approve(seen=wizard.seen)
        self.assertEqual(dossier.state, "approved")

    def test_statements(self):
        """With a sheet, too, forwarding and approving cost at most 25 statements."""
        for _run in ("warm up", "count"):
            dossier = self.processing()
            self.fill(self.sheet_of(dossier))
            record = self.act_as(dossier, "appraiser")
            forwarded = self.count(record.action_forward)
            head = self.act_as(dossier, "head")
            seen = head.approval_digest
            approved = self.count(lambda h=head, s=seen: h._do_approve(seen=s))
        self.assertLessEqual(max(forwarded, approved), 25, (forwarded, approved))

    def count(self, act):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_paper(self):
        dossier = self.processing()
        sheet = self.sheet_of(dossier)
        self.fill(sheet, result="not_met", remark="Waived")
        self.act_as(dossier, "appraiser").action_forward()
        reports = self.env["ir.actions.report"].with_user(self.users["head"])
        content, _kind = reports._render_onestop_pdf(
            "onestop_dossier.report_dossier_sheet", sheet.ids
        )
        pages = PdfReader(io.BytesIO(content)).pages
        text = re.sub(r"\s+", " ", " ".join(p.extract_text() for p in pages))
        for words in ("Has a place of business", "Không đạt", "Waived", dossier.code):
            self.assertIn(words, text)
