# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .return_common import OWNER, ReturnCase


@tagged("post_install", "-at_install")
class TestCollect(ReturnCase):
    """Electronic results, early results, results that nobody collects."""

    def told(self):
        """What is told while the block runs: (code, occasion, once)."""
        found = []

        def notify(dossier, occasion, *, once="", **values):
            found.append((dossier.code, occasion, once))

        dossiers = type(self.env["onestop.dossier"])
        self.startPatcher(patch.object(dossiers, "_notify", notify))
        return found

    # ------------------------------------------------------------
    # Electronic
    # ------------------------------------------------------------

    def test_first_download_is_the_receipt(self):
        dossier = self.dossier_in("ready", result_channel="electronic")
        file = self.act_as(dossier, "citizen").action_collect_online()
        dossier = dossier.sudo()
        self.assertEqual(dossier.state, "returned")
        self.assertTrue(dossier.returned_at)
        self.assertEqual(dossier.file_ids.browse(file).kind, "result")
        self.assertEqual(self.data(dossier)["downloaded"]["file"], file)
        self.assertEqual(self.event(dossier).actor_id, self.users["citizen"])
        with self.assertRaises(UserError):
            self.act_as(dossier, "citizen").action_collect_online()

    def test_wanted_on_paper(self):
        dossier = self.dossier_in("ready")
        with self.assertRaisesRegex(UserError, "identity paper"):
            self.act_as(dossier, "citizen").action_collect_online()

    def test_fees_first(self):
        fee = {"name": "Charge", "amount": 20000, "collect_at": "return"}
        procedure = self.make_procedure(
            "9.000002", self.justice, fee_ids=[Command.create(fee)]
        )
        dossier = self.dossier_in(
            "ready", result_channel="electronic", procedure_id=procedure.id
        )
        with self.assertRaisesRegex(UserError, "Charge"):
            self.act_as(dossier, "citizen").action_collect_online()

    def test_at_the_counter_all_the_same(self):
        dossier = self.dossier_in("ready", result_channel="electronic")
        self.act_as(dossier, "returner").action_return("counter", *OWNER)
        self.assertEqual(dossier.sudo().state, "returned")

    def test_access_twin(self):
        dossier = self.dossier_in("ready", result_channel="electronic")
        for user in ("other", "returner", "receiver", "head", "stranger"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.act_as(dossier, user).action_collect_online()

    # ------------------------------------------------------------
    # Told
    # ------------------------------------------------------------

    def test_early_is_told(self):
        told = self.told()
        dossier = self.dossier_in("ready")
        self.assertEqual(dossier.sudo().timeliness, "early")
        self.assertEqual(
            [line[:2] for line in told if line[1] == "result_early"],
            [(dossier.code, "result_early")],
        )

    def test_early_in_print(self):
        dossier = self.dossier_in("ready")
        returner = self.act_as(dossier, "returner")
        self.assertIn("early_notice", [form["key"] for form in returner._form_keys()])
        reports = self.env["ir.actions.report"].with_user(self.users["returner"])
        html = reports._render_onestop_html(
            self.env.ref("onestop_dossier.dossier_early_report"), dossier.id, {}
        )
        self.assertIn(dossier.code, html)
        returner.action_return("counter", *OWNER)
        keys = [form["key"] for form in returner._form_keys()]
        self.assertNotIn("early_notice", keys)

    def test_late_is_not_early(self):
        now = datetime.now(UTC)
        dossier = self.processing(now - timedelta(days=60))
        told = self.told()
        self.finish(now - timedelta(days=1), dossier)
        self.assertEqual(dossier.timeliness, "late")
        self.assertFalse([line for line in told if line[1] == "result_early"])

    def test_reminded_of_what_waits(self):
        now = datetime.now(UTC)
        waiting = self.processing(now - timedelta(days=20))
        self.finish(now - timedelta(days=15), waiting)
        gone = self.processing(now - timedelta(days=20))
        self.finish(now - timedelta(days=15), gone)
        self.act_as(gone, "returner").action_return("counter", *OWNER)
        told = self.told()
        self.dossier_in("ready")
        self.run_cron("onestop_dossier.ir_cron_remind_to_collect")
        mine = [line for line in told if line[1] == "result_waiting"]
        self.assertIn((waiting.code, "result_waiting", "2"), mine)
        self.assertEqual([c for c, _o, _n in mine if c == gone.code], [])
        self.company.onestop_reminder_days = 0
        told.clear()
        self.run_cron("onestop_dossier.ir_cron_remind_to_collect")
        self.assertNotIn(waiting.code, [code for code, _o, _n in told])
