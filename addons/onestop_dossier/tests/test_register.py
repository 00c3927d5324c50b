# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The register as a book: equal to the ledger, whole, and for whom it is."""

import io
import json
from datetime import date, datetime, timedelta

import openpyxl
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..forms.register import COLUMNS
from ..models.form import register_export
from .common import PDF, DossierCase

KEYS = [column.key for column in COLUMNS]
SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)


@tagged("post_install", "-at_install")
class TestRegister(DossierCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.citizen.write({"street": "=1+1 Example Street", "phone": "0900000901"})
        cls.other_health = cls.make_procedure("9.000002", cls.health)

    def at(self, dossier, user, moment):
        return self.act_as(dossier, user)._occurred(moment, "import")

    def life(self, received, acts, **values):
        """A dossier received at a moment (UTC), an act each hour from then on."""
        dossier = self.new_dossier(**values)
        self.at(dossier, "receiver", received).action_receive()
        for number, act in enumerate(acts, start=1):
            moment = received + timedelta(hours=number)
            if act == "forward":
                self.at(dossier, "receiver", moment).action_forward()
            elif act == "appraise":
                self.at(dossier, "appraiser", moment).action_forward("In order")
            elif act == "approve":
                head = self.at(dossier, "head", moment)
                head._do_approve(seen=head.approval_digest)
            elif act == "issue":
                self.act_as(dossier, "records")._attach("r.pdf", PDF, "result")
                self.at(dossier, "records", moment).action_issue()
            elif act == "return":
                self.at(dossier, "returner", moment).action_return(
                    "counter", "Citizen 901", "089090000901"
                )
        return dossier.sudo()

    def year(self):
        full = ("forward", "appraise", "approve", "issue", "return")
        return (
            self.life(datetime(2025, 12, 31, 16, 0), full)
            # 00:30 of 1 January in Viet Nam is still 2025 in UTC.
            | self.life(datetime(2025, 12, 31, 17, 30), full)
            | self.life(datetime(2026, 3, 2, 1, 0), full[:4])
            | self.life(datetime(2026, 3, 2, 2, 0), full[:1], copies=3)
            | self.life(datetime(2026, 12, 31, 16, 0), ())
            | self.life(datetime(2026, 12, 31, 17, 30), ())
        )

    def export(self, user="receiver", **values):
        return (
            self.env["onestop.register.export"]
            .with_user(self.users[user])
            .create(
                {
                    "company_id": self.company.id,
                    "date_from": SINCE,
                    "date_to": UNTIL,
                    **values,
                }
            )
        )

    def file(self, export):
        target = io.BytesIO()
        export._write_file(target)
        target.seek(0)
        return target

    def rows(self, export):
        sheet = openpyxl.load_workbook(self.file(export)).active
        found = [
            dict(zip(KEYS, (cell or "" for cell in line), strict=True))
            for line in sheet.iter_rows(min_row=4, max_col=len(KEYS), values_only=True)
        ]
        return [row for row in found if row["code"]]

    # ------------------------------------------------------------
    # Equal to the ledger
    # ------------------------------------------------------------

    def test_the_register_of_a_year_equals_the_ledger(self):
        """Each line is what the events say, and each reception has its line."""
        self.year()
        rows = {row["code"]: row for row in self.rows(self.export())}
        self.env.cr.execute(
            """
            SELECT e.body FROM onestop_dossier_event e
              JOIN onestop_dossier d ON d.id = e.dossier_id
             WHERE d.company_id = %s ORDER BY e.dossier_id, e.sequence
            """,
            [self.company.id],
        )
        told = {}
        for [body] in self.env.cr.fetchall():
            event = json.loads(body)
            line = told.setdefault(event["dossier"], {})
            line["due"] = event["after"].get("due")
            if event["kind"] in ("receive", "issue", "return"):
                line[event["kind"]] = event["occurred"]
            if event["kind"] == "receive":
                line |= {
                    "code": event["after"]["code"],
                    "book": event["after"]["book"],
                    "number": str(event["after"]["number"]),
                }
        in_year = {
            line["code"]: line
            for line in told.values()
            if "receive" in line
            and "2026-01-01" <= self.day(line["receive"])[:10]
            and self.day(line["receive"])[:10] <= "2026-12-31"
        }
        self.assertEqual(len(in_year), 4)
        self.assertEqual(rows.keys(), in_year.keys())
        for code, line in in_year.items():
            with self.subTest(code=code):
                row = rows[code]
                self.assertEqual(line["book"], "K99.02/2026")
                self.assertEqual(row["number"], line["number"])
                self.assertEqual(row["received"], self.shown(line["receive"]))
                self.assertEqual(row["due"], self.shown(line["due"]))
                self.assertEqual(row["returned"], self.shown(line.get("return")))
                self.assertEqual(
                    "Chờ trả kết quả" in row["note"],
                    "issue" in line and "return" not in line,
                )

    def day(self, instant):
        moment = datetime.fromisoformat(instant.removesuffix("Z"))
        return (moment + timedelta(hours=7)).isoformat()

    def shown(self, instant):
        if not instant:
            return ""
        return f"{datetime.fromisoformat(self.day(instant)):%d/%m/%Y %H:%M}"

    def test_every_column_is_filled(self):
        dossier = self.life(
            datetime(2026, 3, 2, 1, 0),
            ("forward", "appraise", "approve", "issue", "return"),
            subject="Of a certain kind",
        )
        [row] = self.rows(self.export())
        self.assertEqual(row["number"], str(dossier.register_number))
        self.assertEqual(row["code"], dossier.code)
        self.assertEqual(row["procedure"], "Procedure 9.000001: Of a certain kind")
        self.assertEqual(row["copies"], "01")
        self.assertEqual(row["owner"], "Citizen 901")
        # A spreadsheet shall not take it for a formula.
        self.assertEqual(row["contact"], "'=1+1 Example Street; 0900000901")
        self.assertEqual(row["agency"], "Test Justice")
        self.assertEqual(row["channel"], "Trực tiếp")
        self.assertEqual(row["receiver"], "Citizen 901")
        self.assertIn(self.users["receiver"].name, row["officer"])

    def test_a_number_that_was_lost_is_named(self):
        first = self.life(datetime(2026, 3, 2, 1, 0), ())
        counter = self.env["onestop.dossier.counter"]
        book = first.register_book.partition("/")[0]
        lost = counter._draw_number(f"{book}/register", date(2026, 1, 1))
        self.life(datetime(2026, 3, 2, 2, 0), ())
        sheet = openpyxl.load_workbook(self.file(self.export())).active
        last = [line[0] for line in sheet.iter_rows(min_row=4, values_only=True)][-1]
        self.assertIn(f"K99.02/2026 số {lost}", last)

    # ------------------------------------------------------------
    # Filters, sizes
    # ------------------------------------------------------------

    def test_by_agency_sector_and_officer(self):
        justice = self.life(datetime(2026, 3, 2, 1, 0), ())
        health = self.life(
            datetime(2026, 3, 3, 1, 0), (), procedure_id=self.other_health.id
        )
        for values, wanted in (
            ({"department_id": self.health.id}, health),
            ({"department_id": self.justice.id}, justice),
            ({"sector_id": self.sector.id}, justice | health),
            ({"receiver_id": self.users["receiver"].id}, justice | health),
            ({"date_from": date(2026, 3, 3)}, health),
        ):
            with self.subTest(values=values):
                codes = [row["code"] for row in self.rows(self.export(**values))]
                self.assertEqual(codes, wanted.mapped("code"))
        with self.assertRaisesRegex(UserError, "No dossier"):
            self.export(receiver_id=self.users["head"].id).action_make()

    def test_agencies_see_their_own(self):
        self.life(datetime(2026, 3, 2, 1, 0), ())
        health = self.life(
            datetime(2026, 3, 3, 1, 0), (), procedure_id=self.other_health.id
        )
        rows = self.rows(self.export("stranger_head"))
        self.assertEqual([row["code"] for row in rows], health.mapped("code"))

    def test_a_printed_book_repeats_its_head(self):
        for hour in range(14):
            self.life(datetime(2026, 3, 2, 1, hour), ())
        export = self.export(
            layout="pdf", date_from=date(2026, 3, 1), date_to=date(2026, 3, 31)
        )
        pages = PdfReader(self.file(export)).pages
        self.assertGreater(len(pages), 1)
        for page in pages:
            self.assertGreater(page.mediabox.width, page.mediabox.height)
            self.assertIn("Cơ quan", page.extract_text())
        text = " ".join(page.extract_text() for page in pages)
        self.assertIn("Mẫu số 07", text)
        self.assertIn("Tổng số: 14 hồ sơ", " ".join(text.split()))

    def test_the_form_of_2018(self):
        self.life(datetime(2020, 3, 2, 1, 0), ())
        period = {"date_from": date(2020, 3, 1), "date_to": date(2020, 3, 31)}
        [page] = PdfReader(self.file(self.export(layout="pdf", **period))).pages
        self.assertIn("Mẫu số 06", page.extract_text())

    def test_a_printed_book_holds_a_month(self):
        self.life(datetime(2026, 3, 2, 1, 0), ())
        with self.assertRaisesRegex(UserError, "at most one month"):
            self.export(layout="pdf").action_make()
        self.patch(register_export, "MAX_PDF_ROWS", 0)
        with self.assertRaisesRegex(UserError, "at most 0 dossiers"):
            self.export(
                layout="pdf", date_from=date(2026, 3, 1), date_to=date(2026, 3, 31)
            ).action_make()

    # ------------------------------------------------------------
    # In the background, and for whom
    # ------------------------------------------------------------

    def test_a_large_one_is_made_in_the_background(self):
        self.life(datetime(2026, 3, 2, 1, 0), ())
        self.patch(register_export, "AT_ONCE", {"xlsx": 0, "pdf": 0})
        export = self.export()
        export.action_make()
        self.assertEqual(export.state, "queued")
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "onestop_dossier.ir_cron_register_export"
            ).method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((export.state, export.failure), ("done", False))
        book = openpyxl.load_workbook(io.BytesIO(export.sudo().attachment_id.raw))
        self.assertEqual(book.active.cell(4, 2).value[:7], "K99.02-")

    def test_it_is_for_whoever_asked(self):
        self.life(datetime(2026, 3, 2, 1, 0), ())
        export = self.export()
        with self.assertRaises(AccessError):
            export.with_user(self.users["returner"]).read(["state"])
        with self.assertRaises(AccessError):
            self.export("appraiser")
        attachment = self.env["ir.attachment"].create({"name": "x", "raw": b"x"})
        for values in ({"attachment_id": attachment.id}, {"state": "done"}):
            with self.subTest(values=values), self.assertRaises(AccessError):
                export.write(values)

    def test_a_callers_defaults_name_no_file(self):
        """No book, and no way to the file of somebody else."""
        foreign = self.env["ir.attachment"].create({"name": "x", "raw": b"x"})
        exports = self.env["onestop.register.export"]
        exports = exports.with_user(self.users["receiver"])
        for context in (
            {"default_attachment_id": foreign.id},
            {"default_state": "done"},
        ):
            with self.subTest(context=context), self.assertRaises(AccessError):
                exports.with_context(**context).create(
                    {
                        "company_id": self.company.id,
                        "date_from": SINCE,
                        "date_to": UNTIL,
                    }
                )

    def test_a_book_in_the_making_is_of_what_was_asked(self):
        self.life(datetime(2026, 3, 2, 1, 0), ())
        export = self.export()
        export.sudo().state = "queued"
        for values in ({"layout": "pdf"}, {"date_to": date(2026, 12, 31)}):
            with self.subTest(values=values), self.assertRaisesRegex(UserError, "made"):
                export.write(values)

    def test_reading_the_addresses_is_logged(self):
        self.life(datetime(2026, 3, 2, 1, 0), ())
        mine = [
            ("person_id", "=", self.citizen.id),
            ("user_id", "=", self.users["receiver"].id),
        ]
        readings = self.env["onestop.person.reading"]
        before = readings.search_count(mine)
        self.file(self.export())
        self.assertEqual(readings.search_count(mine), before + 1)

    def test_statements_do_not_grow_with_the_lines(self):
        def count():
            export = self.export()
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.file(export)
            return self.env.cr.sql_log_count - before

        self.life(datetime(2026, 3, 2, 1, 0), ())
        count()
        few = count()
        for minute in range(10):
            self.life(datetime(2026, 3, 2, 2, minute), ())
        self.assertLessEqual(count(), few)
