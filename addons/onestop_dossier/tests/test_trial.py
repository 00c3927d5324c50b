# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io
from unittest.mock import patch

from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .test_ledger_sql import LedgerCase

REPORT = "onestop_dossier.report_dossier_slip"
WATERMARK = "HỒ SƠ THỬ – KHÔNG CÓ GIÁ TRỊ"


@tagged("post_install", "-at_install")
class TestTrial(LedgerCase):
    """A draft is tried by the real acts, without code, number or trace in a list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.author = new_test_user(
            cls.env,
            login="t.author",
            groups="base.group_user",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.add_role(cls.author, cls.justice, "catalogue")
        cls.users["author"] = cls.author
        cls.draft = cls.procedure.version_ids.copy({"number": 2})

    def try_as(self, user):
        """The trial that a user opened, as himself."""
        action = self.draft.with_user(self.users[user]).action_try()
        return (
            self.env["onestop.dossier"]
            .browse(action["res_id"])
            .with_user(self.users[user])
        )

    def test_no_trial_is_found_by_searching(self):
        trial = self.try_as("author")
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT FROM onestop_dossier_search WHERE dossier_id = %s", [trial.id]
        )
        self.assertFalse(self.env.cr.fetchall())

    def walk(self, trial):
        trial.action_receive()
        trial.action_forward()
        trial.action_forward("All conditions are met")
        trial._do_approve(seen=trial.approval_digest)
        trial.action_issue()
        trial.action_return("counter", "Nobody")

    # ------------------------------------------------------------
    # Who, and how
    # ------------------------------------------------------------

    def test_an_author_walks_the_whole_process(self):
        counters = self.env["onestop.dossier.counter"].search_count([])
        trial = self.try_as("author")
        self.walk(trial)
        self.assertEqual(trial.state, "returned")
        self.assertFalse(trial.code)
        self.assertFalse(trial.sudo().slip_secret)
        self.assertEqual(trial.version_id, self.draft)
        self.assertTrue(trial.due_at)
        self.assertEqual(self.env["onestop.dossier.counter"].search_count([]), counters)

    def test_the_head_too(self):
        self.assertEqual(self.try_as("head").state, "draft")

    def test_nobody_else_tries(self):
        for user in ("receiver", "appraiser", "stranger_head", "records"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.try_as(user)

    def test_nobody_else_acts_on_a_trial(self):
        trial = self.try_as("author")
        for user in ("receiver", "appraiser", "stranger_head"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.act_as(trial, user).action_receive()

    def test_a_published_version_is_not_tried(self):
        published = self.procedure.version_id.with_user(self.author)
        with self.assertRaises(UserError):
            published.action_try()

    def test_a_trial_makes_no_real_dossier_easier(self):
        """An author has no role for real dossiers."""
        dossier = self.new_dossier()
        with self.assertRaises(AccessError):
            self.act_as(dossier, "author").action_receive()

    # ------------------------------------------------------------
    # Out of sight
    # ------------------------------------------------------------

    def test_no_list_search_or_count_shows_it(self):
        dossiers = self.env["onestop.dossier"]
        before = dossiers.search_count([])
        trial = self.try_as("author")
        self.walk(trial)
        for records in (dossiers, dossiers.sudo(), dossiers.with_user(self.author)):
            records = records.with_context(active_test=False)
            self.assertNotIn(trial, records.search([]))
            self.assertFalse(records.search([("id", "=", trial.id)]))
            self.assertNotIn(
                trial.procedure_id.id,
                [
                    p.id
                    for p, _n in records._read_group(
                        [("id", "=", trial.id)], ["procedure_id"], ["__count"]
                    )
                ],
            )
        self.assertEqual(dossiers.search_count([]), before)
        self.assertNotIn(trial, trial.person_id.sudo().dossier_ids)

    def test_its_author_finds_it_and_its_history(self):
        trial = self.try_as("author")
        trial.action_receive()
        self.env.invalidate_all()
        found = self.draft.with_user(self.author).action_open_trials()["domain"]
        mine = self.env["onestop.dossier"].with_user(self.author).search(found)
        self.assertEqual(mine, trial)
        self.assertEqual(mine.event_ids.mapped("kind"), ["create", "receive"])
        self.assertEqual(self.draft.with_user(self.author).trial_count, 1)
        self.assertTrue(mine.part_ids)

    def test_no_room_reacts_to_it(self):
        trial = self.try_as("author")
        model = self.env.registry["onestop.dossier"]
        with patch.object(model, "_after_act") as reaction:
            trial.action_receive()
        reaction.assert_not_called()

    def test_the_slip_says_what_it_is(self):
        trial = self.try_as("author")
        trial.action_receive()
        self.assertGreaterEqual(self.slip(trial).count(WATERMARK), 2)
        real = self.dossier_in("received")
        self.assertNotIn("HỒ SƠ THỬ", self.slip(real))

    def slip(self, dossier):
        """The words of both copies."""
        reports = self.env["ir.actions.report"].sudo()
        content, _kind = reports._render_onestop_pdf(REPORT, dossier.ids)
        pages = PdfReader(io.BytesIO(content)).pages
        return " ".join(page.extract_text() for page in pages)

    # ------------------------------------------------------------
    # The ledger
    # ------------------------------------------------------------

    def test_its_chain_is_sound(self):
        trial = self.try_as("author")
        self.walk(trial)
        self.check_at_commit()
        events = self.env["onestop.dossier.event"]
        _count, findings = events._verify_chains_of(trial.ids)
        self.assertEqual(findings, [])

    def test_verify_names_a_row_made_a_trial(self):
        dossier = self.dossier_in("draft").sudo()
        self.check_at_commit()
        self.sql("ALTER TABLE onestop_dossier DISABLE TRIGGER onestop_trial_sealed")
        self.sql("UPDATE onestop_dossier SET is_trial = TRUE WHERE id = %s", dossier.id)
        events = self.env["onestop.dossier.event"]
        _count, [finding] = events._verify_chains_of(dossier.ids)
        self.assertIn("trial", finding["reason"])

    def test_it_is_sealed_at_the_opening(self):
        dossier, trial = self.dossier_in("draft"), self.try_as("author")
        self.env.flush_all()
        for record, value in ((dossier, True), (trial, False), (trial, None)):
            with self.refused("trial"):
                self.sql(
                    "UPDATE onestop_dossier SET is_trial = %s WHERE id = %s",
                    value,
                    record.id,
                )
        with self.assertRaises(AccessError):
            self.new_dossier(is_trial=True)
        with self.assertRaises(AccessError):
            self.act_as(dossier, "receiver").write({"is_trial": True})

    def test_only_a_trial_has_no_code(self):
        trial, dossier = self.try_as("author"), self.dossier_in("received")
        self.env.flush_all()
        with self.refused():
            self.sql("UPDATE onestop_dossier SET code = 'X' WHERE id = %s", trial.id)
        with self.refused():
            self.sql("UPDATE onestop_dossier SET code = NULL WHERE id = %s", dossier.id)

    # ------------------------------------------------------------
    # The end
    # ------------------------------------------------------------

    def test_it_ends_with_the_publication(self):
        trial = self.try_as("author")
        trial.action_receive()
        self.draft.action_publish(valid_from="2030-01-01")
        with self.assertRaisesRegex(UserError, "published"):
            trial.action_forward()
        self.env["onestop.dossier"]._gc_trials()
        self.assertFalse(trial.exists())

    def test_authors_clean_up(self):
        trial = self.try_as("author")
        self.walk(trial)
        with self.assertRaises(AccessError):
            self.draft.with_user(self.users["stranger_head"]).action_discard_trials()
        self.draft.with_user(self.author).action_discard_trials()
        self.assertFalse(trial.exists())
        self.sql(
            "SELECT count(*) FROM onestop_dossier_event WHERE dossier_id = %s", trial.id
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def test_money_of_a_trial_goes_with_it(self):
        """Collected without a number or a day to close, and cleaned up."""
        self.draft.case_ids.fee_ids = [
            Command.create({"name": "Charge", "amount": 20000})
        ]
        trial = self.try_as("author")
        trial.action_receive()
        receipt = trial._do_collect_fees(trial.sudo().fee_ids, "cash").sudo()
        self.assertFalse(receipt.number or receipt.book_id or receipt.closing_id)
        trial.action_refund_fee(receipt.id, "Less", amount=1000)
        refund = trial.sudo().refund_ids
        self.draft.with_user(self.author).action_discard_trials()
        self.assertFalse(trial.exists() or receipt.exists() or refund.exists())

    def test_nothing_real_is_deleted(self):
        dossier = self.dossier_in("approving").sudo()
        self.env.flush_all()
        dossier._discard()
        self.assertTrue(dossier.exists())
        for table in ("onestop_dossier_event", "onestop_dossier_text"):
            with self.subTest(table=table), self.refused("append-only"):
                self.sql(f"DELETE FROM {table} WHERE dossier_id = %s", dossier.id)
        with self.refused():
            self.sql("DELETE FROM onestop_dossier WHERE id = %s", dossier.id)
