# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Field verification record: written on the spot, kept with the dossier."""

import io
import re

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PDF
from .test_sheet import SheetCase

TOLD = {
    "place": "Plot 12",
    "others": "Head of the hamlet\nSurveyor",
    "held_from": "2026-01-05 02:00:00",
    "owner_present": "present",
    "findings": "As drawn",
    "conclusion": "Fit",
    "signatures": "All signed",
}


@tagged("post_install", "-at_install")
class TestVisit(SheetCase):
    def plan(self, dossier, name="appraiser", **values):
        return (
            self.env["onestop.dossier.visit"]
            .with_user(self.users[name])
            .create(
                {
                    "dossier_id": dossier.id,
                    "planned_on": "2026-01-05",
                    "member_ids": [(6, 0, self.users["appraiser"].ids)],
                    **values,
                }
            )
        )

    def test_course(self):
        """NĐ 61/2018/NĐ-CP, Điều 19: the verification is kept with the dossier."""
        dossier = self.dossier_in("processing")
        visit = self.plan(dossier)
        self.assertEqual((visit.state, visit.number), ("planned", False))
        self.assertEqual(visit.department_id, self.justice)
        with self.assertRaisesRegex(UserError, "not complete"):
            visit.action_done()
        visit.write(
            TOLD | {"held_from": fields.Datetime.add(fields.Datetime.now(), days=2)}
        )
        with self.assertRaisesRegex(UserError, "future"):
            visit.action_done()
        visit.write(TOLD)
        digest = self.act_as(dossier, "head").approval_digest
        visit.action_done()
        self.assertEqual(visit.state, "done")
        self.assertRegex(visit.number, r"^01/BB-T-TP/\d{4}$")
        self.assertNotEqual(digest, self.act_as(dossier, "head").approval_digest)
        file = visit._attach("signed.pdf", PDF)
        self.assertEqual(visit.file_ids.ids, file.ids)
        with self.assertRaises(UserError):
            visit.action_done()
        for vals in (TOLD, {"member_ids": [(5,)]}, {"planned_on": "2026-01-06"}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                visit.write(vals)
        second = self.plan(dossier, **TOLD)
        second.action_done()
        self.assertTrue(second.number.startswith("02/"))
        self.act_as(dossier, "appraiser").action_forward("In order")
        event = dossier.sudo().event_ids.sorted("sequence")[-1]
        self.assertIn(visit.sudo().salted_hash, event.body)
        self.assertEqual(self.findings(), [])
        with self.assertRaises(UserError):
            self.plan(dossier)
        with self.assertRaises(UserError):
            visit._attach("late.pdf", PDF)

    def test_who(self):
        dossier = self.dossier_in("processing")
        visit = self.plan(dossier, **TOLD)
        for name in ("receiver", "head", "stranger", "director", "citizen"):
            other = visit.with_user(self.users[name])
            for act in (
                lambda o=other: o.write({"conclusion": "x"}),
                other.action_done,
                lambda o=other: o._attach("x.pdf", PDF),
                lambda n=name: self.plan(dossier, n),
            ):
                with self.subTest(name=name), self.assertRaises(AccessError):
                    act()
        for vals in ({"state": "done"}, {"number": "1"}, {"salted_hash": "0"}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                visit.write(vals)
            with self.subTest(new=vals), self.assertRaises(AccessError):
                self.plan(dossier, **vals)
        other = self.dossier_in("processing")
        with self.assertRaises(AccessError):
            visit.write({"dossier_id": other.id})
        with self.assertRaises(AccessError):
            visit.unlink()
        sly = visit.with_context(default_state="done", default_number="1")
        made = sly.create({"dossier_id": dossier.id, "planned_on": "2026-01-06"})
        self.assertEqual((made.state, made.number), ("planned", False))

    def test_who_reads(self):
        """Agencies of the dossier; the citizen only where it is set, once done."""
        dossier = self.dossier_in("processing")
        visit = self.plan(dossier, **TOLD)
        as_ = lambda name: visit.with_user(self.users[name])  # noqa: E731
        self.assertEqual(as_("head").read(["conclusion"])[0]["conclusion"], "Fit")
        with self.assertRaises(AccessError):
            as_("stranger").read(["conclusion"])
        visit.for_citizen = True
        with self.assertRaises(AccessError):
            as_("citizen").read(["conclusion"])
        visit.action_done()
        visit._attach("photo.pdf", PDF)
        self.assertEqual(as_("citizen").read(["conclusion"])[0]["conclusion"], "Fit")
        with self.assertRaises(AccessError):
            as_("other").read(["conclusion"])
        with self.assertRaises(AccessError):
            as_("citizen").read(["file_ids"])
        files = visit.file_ids.with_user(self.users["citizen"])
        with self.assertRaises(AccessError):
            files.read(["name"])
        visit.for_citizen = False
        with self.assertRaises(AccessError):
            as_("citizen").read(["conclusion"])

    def test_kept_by_the_database(self):
        dossier = self.dossier_in("processing")
        visit = self.plan(dossier, **TOLD)
        self.refused_sql("DELETE FROM onestop_dossier_visit WHERE id = %s", visit.id)
        visit.action_done()
        for column, value in (
            ("conclusion", "x"),
            ("conclusion", None),
            ("number", "9"),
            ("state", "planned"),
            ("salt", None),
            ("salted_hash", "0"),
            ("held_from", "2026-02-05"),
            ("owner_present", "absent"),
        ):
            self.refused_sql(
                f"UPDATE onestop_dossier_visit SET {column} = %s WHERE id = %s",
                value,
                visit.id,
            )
        for query in (
            "DELETE FROM onestop_dossier_visit_member WHERE visit_id = %s",
            "INSERT INTO onestop_dossier_visit_member (visit_id, user_id) "
            "VALUES (%s, 1)",
            "DELETE FROM onestop_dossier_visit WHERE id = %s",
        ):
            self.refused_sql(query, visit.id)
        self.refused_sql("TRUNCATE onestop_dossier_visit CASCADE")

    def test_paper(self):
        dossier = self.dossier_in("processing")
        visit = self.plan(dossier, **TOLD)
        visit.action_done()
        reports = self.env["ir.actions.report"].with_user(self.users["head"])
        content, _kind = reports._render_onestop_pdf(
            "onestop_dossier.report_dossier_visit", visit.ids
        )
        pages = PdfReader(io.BytesIO(content)).pages
        text = re.sub(r"\s+", " ", " ".join(p.extract_text() for p in pages))
        for words in ("Plot 12", "Surveyor", "có mặt", "Fit", visit.number):
            self.assertIn(words, text)
