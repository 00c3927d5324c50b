# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import io
import json
from datetime import timedelta
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..models.search import dossier_export, dossier_rows
from .common import DossierCase


@tagged("post_install", "-at_install")
class TestExport(DossierCase):
    """Dossiers of a list as an Excel file, in the rights of who asks."""

    def exported(self, domain, user="receiver"):
        dossiers = self.env["onestop.dossier"].with_user(self.users[user])
        action = dossiers.with_context(active_domain=domain).action_export()
        return self.env["onestop.dossier.export"].search([], limit=1), action

    def run_cron(self):
        self.env.ref("onestop_dossier.ir_cron_dossier_export").method_direct_trigger()
        self.env.invalidate_all()

    def rows(self, export):
        book = load_workbook(io.BytesIO(base64.b64decode(export.file)))
        return [list(row) for row in book.active.iter_rows(values_only=True)]

    def test_what_the_list_shows(self):
        dossier = self.dossier_in("processing", subject="=1+1")
        self.dossier_in("stopped")
        export, action = self.exported([("state", "=", "processing")])
        self.assertEqual(action["type"], "ir.actions.act_url")
        head, *rows = self.rows(export)
        self.assertEqual(len(rows), 1)
        row = dict(zip(head, rows[0], strict=True))
        self.assertEqual(row["Code"], dossier.code)
        self.assertEqual(row["Owner"], self.citizen.name)
        self.assertEqual(row["State"], "In progress")
        # What looks like a formula stays a text.
        self.assertEqual(row["Subject"].lstrip("'"), "=1+1")
        self.assertNotIn(self.citizen.identity_number, json.dumps(rows, default=str))
        local = dossier.received_at.replace(microsecond=0) + timedelta(hours=7)
        self.assertLess(abs(row["Received At"] - local), timedelta(seconds=2))
        self.assertEqual((export.state, export.written), ("done", 1))

    def test_selected_only(self):
        first, second = self.dossier_in("received"), self.dossier_in("received")
        self.act_as(second, "receiver").action_export()
        export = self.env["onestop.dossier.export"].search([], limit=1)
        codes = [row[0] for row in self.rows(export)[1:]]
        self.assertEqual(codes, [second.code])
        self.assertNotIn(first.code, codes)

    def test_a_citizen_exports_nothing(self):
        dossier = self.dossier_in("received")
        citizen = new_test_user(
            self.env, login="t.exporter", groups="base.group_portal"
        )
        dossier.person_id.sudo().partner_id = citizen.partner_id
        with self.assertRaisesRegex(AccessError, "Only staff"):
            dossier.with_user(citizen).action_export()

    def test_a_stranger_exports_nothing(self):
        self.dossier_in("processing")
        with self.assertRaises(UserError):
            self.exported([], "stranger")

    def test_the_file_is_of_who_asked(self):
        self.dossier_in("processing")
        export, _action = self.exported([])
        for user in ("appraiser", "director"):
            with self.assertRaises(AccessError):
                export.with_user(self.users[user]).read(["file"])
        mine = export.with_user(self.users["receiver"])
        self.assertTrue(mine.read(["file"])[0]["file"])
        with self.assertRaises(AccessError):
            mine.write({"domain": "[]"})
        with self.assertRaises(AccessError):
            mine.create({"domain": "[]", "user_id": self.users["director"].id})
        with self.assertRaises(AccessError):
            mine.unlink()

    def test_a_callers_defaults_lend_no_rights(self):
        """Written for who asks, whomever his context names."""
        self.dossier_in("processing")
        dossiers = self.env["onestop.dossier"].with_user(self.users["receiver"])
        dossiers.with_context(
            active_domain=[], default_user_id=self.users["director"].id
        ).action_export()
        export = self.env["onestop.dossier.export"].search([], limit=1)
        self.assertEqual(export.user_id, self.users["receiver"])

    def test_many_are_written_in_the_background(self):
        self.dossier_in("processing")
        self.dossier_in("processing")
        with patch.object(dossier_export, "AT_ONCE", 1):
            export, action = self.exported([("state", "=", "processing")])
        self.assertEqual(action["res_id"], export.id)
        self.assertEqual((export.state, export.file), ("waiting", False))
        with self.enter_registry_test_mode(), patch.object(dossier_rows, "CHUNK", 1):
            self.run_cron()
        self.assertEqual((export.state, export.written), ("done", 2))
        self.assertEqual(len(self.rows(export)), 3)

    def test_a_cancelled_one_is_not_written(self):
        self.dossier_in("processing")
        with patch.object(dossier_export, "AT_ONCE", 0):
            export, _action = self.exported([])
        export.with_user(self.users["receiver"]).action_cancel()
        with self.enter_registry_test_mode():
            self.run_cron()
        self.assertEqual((export.state, export.file), ("cancelled", False))
        with self.assertRaises(UserError):
            export.with_user(self.users["receiver"]).action_download()

    def test_it_stops_when_cancelled_meanwhile(self):
        self.dossier_in("processing")
        dossiers = self.env["onestop.dossier"].with_user(self.users["receiver"])
        with self.enter_registry_test_mode(), patch.object(dossier_rows, "CHUNK", 1):
            content, written = dossiers._write_workbook([], lambda written: False)
        self.assertEqual((content, written), (None, 1))

    def test_a_failure_is_told(self):
        self.dossier_in("processing")
        with patch.object(dossier_export, "AT_ONCE", 0):
            export, _action = self.exported([])
        failing = patch.object(
            type(export), "_write_file", side_effect=ValueError("no space")
        )
        with self.enter_registry_test_mode(), failing, self.assertLogs(level="ERROR"):
            self.run_cron()
        self.assertEqual(export.state, "failed")
        self.assertIn("Try again", export.failure)
