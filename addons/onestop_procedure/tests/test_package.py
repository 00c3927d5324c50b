# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import io
import json
import zipfile

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.onestop_procedure.catalogue.package import (
    VERSION,
    read_package,
    write_package,
)

from .common import ProcedureCase


@tagged("post_install", "-at_install")
class TestPackage(ProcedureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls.make_procedure(
            "9.200001", onsite=("receive", "appraise", "approve", "return")
        )
        version = cls.procedure.version_ids
        law = cls.env["onestop.decision"]._get_or_create_laws(["99/2025/NĐ-CP"])
        version.write(
            {
                "conditions": "None but one",
                "legal_basis_ids": [(4, law["99/2025/NĐ-CP"].id)],
                "executing_ids": [(4, cls.health.id)],
                "subject_ids": [
                    (4, cls.env.ref("onestop_procedure.subject_citizen").id)
                ],
                "method_ids": [(0, 0, {"channel": "online", "note": "24 hours a day"})],
            }
        )
        version.case_ids.part_ids.write(
            {
                "form_name": "Form 01",
                "form_file": base64.b64encode(b"a form"),
                "form_filename": "form.docx",
            }
        )
        steps = version.case_ids.step_ids
        steps[2].back_step_id = steps[0]
        version.action_publish("2025-07-01")
        version.copy({"number": 2})
        cls.procedure.version_ids.filtered(
            lambda v: v.state == "draft"
        ).conditions = "Drafted"

    def exported(self, procedures=None):
        file = io.BytesIO()
        procedures = procedures or self.procedure
        self.env["onestop.package"].with_user(self.head)._write_package(
            procedures.with_user(self.head), file
        )
        return file.getvalue()

    def make_import(self, content, user=None):
        importer = self.env["onestop.package.import"].with_user(user or self.manager)
        return importer.create({"file": base64.b64encode(content)})

    def contents(self, procedure):
        package = self.env["onestop.package"]
        return [
            package._tell(version) for version in procedure.version_ids.sorted("number")
        ]

    def gone(self):
        """As in another database: the procedure, its law and sector are not there."""
        self.procedure.flush_recordset()
        self.procedure.code = "9.299999"
        self.sector.name = "Another name"

    # ------------------------------------------------------------
    # There and back
    # ------------------------------------------------------------

    def test_content_is_the_same_in_the_other_database(self):
        before, content = self.contents(self.procedure), self.exported()
        self.gone()
        importer = self.make_import(content)
        importer.action_preview()
        self.assertEqual(
            (importer.new_count, importer.draft_count, importer.problem_count),
            (1, 2, 0),
        )
        self.assertFalse(self.found("9.200001"))
        importer.action_import()
        made = self.found("9.200001")
        self.assertEqual(made.state, "draft")
        self.assertEqual(set(made.version_ids.mapped("state")), {"draft"})
        self.assertEqual(self.contents(made), before)
        self.assertEqual(made.sector_id.name, "Test of notaries")
        version = made.version_ids.sorted("number")[0]
        self.assertEqual(
            base64.b64decode(version.case_ids.part_ids.form_file), b"a form"
        )
        steps = version.case_ids.step_ids
        self.assertEqual(steps[2].back_step_id, steps[0])

    def test_what_is_the_same_stays_published(self):
        importer = self.make_import(self.exported())
        importer.action_preview()
        self.assertEqual(importer.unchanged_count, 1)
        importer.action_import()
        self.assertEqual(len(self.procedure.version_ids), 2)
        self.assertEqual(self.procedure.state, "published")

    def test_again_makes_nothing_twice(self):
        content = self.exported()
        self.gone()
        self.make_import(content).action_import()
        again = self.make_import(content)
        again.action_import()
        self.assertEqual((again.unchanged_count, again.draft_count), (1, 0))
        self.assertEqual(len(self.found("9.200001").version_ids), 2)

    def test_agency_is_found_by_code_or_abbreviation(self):
        self.justice.code = "K99.55"
        content = self.exported()
        self.gone()
        self.justice.short = "T-OTHER"
        self.make_import(content).action_import()
        self.assertEqual(self.found("9.200001").department_id, self.justice)

    def test_unknown_agency_keeps_everything_out(self):
        other = self.make_procedure("9.200002", department_id=self.health.id)
        content = self.exported(self.procedure | other)
        self.gone()
        other.code = "9.299998"
        self.justice.write({"short": "T-OTHER", "code": False})
        importer = self.make_import(content)
        importer.action_preview()
        self.assertEqual(importer.problem_count, 1)
        self.assertIn("T-JUSTICE", importer.line_ids[0].name)
        with self.assertRaises(UserError):
            importer.action_import()
        self.assertFalse(self.found("9.200001") | self.found("9.200002"))

    def test_queries_do_not_grow_with_the_number_of_procedures(self):
        def queries(procedures):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            content = self.exported(procedures)
            self.make_import(content).action_preview()
            return self.env.cr.sql_log_count - before

        few = queries(self.procedure)
        many = self.procedure
        for number in range(10, 30):
            many |= self.make_procedure(f"9.2100{number}")
        self.assertLessEqual(queries(many), few + 10)

    def test_settings_of_printed_forms_are_taken_over_by_administrators(self):
        report = self.env.ref("onestop_procedure.decision_annex_report")
        report.name = "Annex of the province"
        content = self.exported()
        report.name = "Annex"
        importer = self.make_import(content)
        importer.action_import()
        self.assertEqual((importer.report_count, report.name), (1, "Annex"))
        self.make_import(content, user=self.admin).action_import()
        self.assertEqual(report.name, "Annex of the province")

    # ------------------------------------------------------------
    # Refused
    # ------------------------------------------------------------

    def rewritten(self, content, name, change):
        """The package with one entry changed."""
        file = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(content)) as old,
            zipfile.ZipFile(file, "w") as new,
        ):
            for entry in old.namelist():
                text = old.read(entry)
                new.writestr(entry, change(text) if entry == name else text)
        return file.getvalue()

    def assertRefused(self, content, words):
        before = self.env["onestop.procedure"].search_count([])
        for act in ("action_preview", "action_import"):
            with self.assertRaisesRegex(UserError, words):
                getattr(self.make_import(content), act)()
        self.assertEqual(self.env["onestop.procedure"].search_count([]), before)

    def test_tampered_package_is_refused(self):
        content = self.exported()
        self.assertRefused(
            self.rewritten(content, "data.json", lambda t: t.replace(b"9.2", b"9.3")),
            "not what it was",
        )
        file = io.BytesIO(content)
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr("files/stranger", b"x")
        self.assertRefused(file.getvalue(), "not what it was")

    def test_newer_package_is_refused(self):
        def newer(text):
            return json.dumps({**json.loads(text), "version": VERSION + 1}).encode()

        self.assertRefused(
            self.rewritten(self.exported(), "manifest.json", newer), "Update the system"
        )

    def test_other_files_are_refused(self):
        for content in (b"PK\x03\x04 nothing", b"code,name", self.exported()[:200]):
            self.assertRefused(content, "not a configuration")

    def test_data_of_another_form_are_refused(self):
        for data in ([], {}, {"procedures": [{"code": 1}]}, {"procedures": "x"}):
            file = io.BytesIO()
            write_package(file, data, {}, "2026-01-01T00:00:00")
            self.assertRefused(file.getvalue(), "form that is not known")

    def test_files_stand_under_their_fingerprint(self):
        data, files = read_package(self.exported())
        self.assertEqual(list(files.values()), [b"a form"])
        part = data["procedures"][0]["published"][0]["case_ids"][0]["part_ids"][0]
        self.assertIn(part["form_file"], files)

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    def test_only_who_keeps_the_whole_catalogue_imports(self):
        content = self.exported()
        for user in (self.head, self.deputy, self.staff, self.citizen):
            with self.assertRaises(AccessError):
                self.make_import(content, user=user)
        self.make_import(content, user=self.admin).action_import()
