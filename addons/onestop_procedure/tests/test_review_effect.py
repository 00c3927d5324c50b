# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import io
from datetime import timedelta

from openpyxl import load_workbook

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .review_common import ReviewCase


@tagged("post_install", "-at_install")
class TestReviewEffect(ReviewCase):
    """The Chair's signature puts new versions in force on the day of the decision."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.open_review()

    def propose(self, *digits, mode="full"):
        for digit in digits:
            self.line(self.review, digit).proposed_mode = mode

    def test_signature_is_a_shell_of_the_identity_check(self):
        method = type(self.review).action_sign
        self.assertTrue(getattr(method, "__has_check_identity", False))

    def test_versions_come_in_force_by_that_decision(self):
        self.propose(1, 2)
        before = self.by_digit[1].version_id
        chair = self.bring_to_chair(self.review)
        chair._do_sign()
        self.env.invalidate_all()
        self.assertEqual(chair.state, "in_force")
        decision = chair.decision_id
        self.assertEqual(
            (decision.kind, decision.number, decision.issuer_id),
            ("onsite_list", "1523/QĐ-UBND", self.province),
        )
        self.assertEqual(decision.state, "in_force")
        for digit in (1, 2):
            procedure = self.by_digit[digit]
            self.assertEqual(procedure.onsite_mode, "full")
            version = procedure.version_id
            self.assertEqual(version.decision_id, decision)
            self.assertEqual(version.valid_from, self.today)
            self.assertFalse(version.case_ids.steps_differ)
            self.assertEqual(version.case_ids.part_ids.mapped("name"), ["Application"])
            steps = version.case_ids.step_ids
            self.assertEqual(steps[1].back_step_id, steps[0])
            self.assertEqual(
                version.act_ids.mapped(lambda act: (act.kind, act.reason)),
                [("amend", "Round 1")],
            )
        self.assertEqual(before.valid_to, self.today - timedelta(days=1))
        self.assertEqual(self.by_digit[3].onsite_mode, "reception")
        self.assertEqual(len(self.by_digit[3].version_ids), 1)

    def test_only_accepted_parts_take_effect(self):
        self.propose(1)
        self.line(self.review, 6, self.health_head).proposed_mode = "full"
        self.bring_to_chair(self.review)._do_sign()
        self.env.invalidate_all()
        self.assertEqual(self.by_digit[1].onsite_mode, "full")
        self.assertEqual(self.by_digit[6].onsite_mode, "reception")

    def test_a_later_day_waits_for_the_job(self):
        self.propose(1)
        day = self.today + timedelta(days=5)
        chair = self.bring_to_chair(self.review, effective_from=day)
        chair._do_sign()
        self.assertEqual(chair.state, "signed")
        self.assertEqual(self.by_digit[1].onsite_mode, "reception")
        self.run_job()
        self.assertEqual(chair.state, "signed")
        # Five days later.
        self.env.cr.execute(
            "UPDATE onestop_review SET effective_from = %s WHERE id = %s",
            [self.today, chair.id],
        )
        self.env.cr.execute(
            "UPDATE onestop_decision SET effective_from = %s WHERE id = %s",
            [self.today, chair.decision_id.id],
        )
        self.run_job()
        self.assertEqual(chair.state, "in_force")
        self.assertEqual(self.by_digit[1].onsite_mode, "full")
        self.run_job()
        self.assertEqual(len(self.by_digit[1].version_ids), 2)

    def run_job(self):
        self.env.invalidate_all()
        cron = self.env.ref("onestop_procedure.ir_cron_review_effect")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_what_cannot_be_made_is_reported_and_the_rest_is_made(self):
        self.propose(1, 2, 3)
        newer = self.by_digit[2].version_ids.copy({"number": 2})
        newer._publish(self.today)
        unsuited = self.by_digit[3].version_ids.copy({"number": 2})
        unsuited.case_ids.step_ids.filtered(lambda s: s.activity == "approve").unlink()
        for case in unsuited.case_ids:
            case.step_ids.duration = case._limit_hours() / len(case.step_ids)
        self.env.flush_all()
        unsuited._publish(self.today - timedelta(days=1))
        chair = self.bring_to_chair(self.review)
        chair._do_sign()
        self.env.invalidate_all()
        lines = {d: self.line(self.review, d, self.director) for d in (1, 2, 3)}
        self.assertTrue(lines[1].new_version_id)
        self.assertFalse(lines[1].problem)
        self.assertIn("same day", lines[2].problem)
        self.assertIn("no step for it", lines[3].problem)
        self.assertEqual(chair.problem_count, 2)
        self.assertEqual(len(self.by_digit[3].version_ids), 2)

    def test_signed_lines_stay(self):
        self.propose(1)
        self.bring_to_chair(self.review)._do_sign()
        with self.assertRaises(UserError):
            self.line(self.review, 2).proposed_mode = "full"

    def test_next_round_counts_the_signed_list(self):
        self.propose(1)
        self.propose(2, mode="none")
        self.bring_to_chair(self.review)._do_sign()
        second = self.open_review(name="Round 2")
        self.assertFalse(self.line(second, 2).is_listed)
        self.assertTrue(self.line(second, 1).is_listed)
        self.assertTrue(self.line(second, 6).is_listed)
        self.assertEqual(second.index_share, 1 / 6)

    def test_sums_of_steps_are_kept(self):
        """A version whose steps do not fill the limit is not half made."""
        self.propose(1, 2)
        version = self.by_digit[1].version_ids
        draft = version.copy(
            {
                "number": 2,
                "case_ids": [
                    Command.create(
                        {
                            "name": "Short",
                            "time_value": 5,
                            "step_ids": [
                                Command.create({"activity": activity, "duration": 1})
                                for activity in (
                                    "receive",
                                    "appraise",
                                    "approve",
                                    "return",
                                )
                            ],
                        }
                    )
                ],
            }
        )
        draft._publish(self.today - timedelta(days=1))
        self.bring_to_chair(self.review)._do_sign()
        self.env.invalidate_all()
        self.assertIn("sum up", self.line(self.review, 1).problem)
        self.assertEqual(len(self.by_digit[1].version_ids), 2)
        self.assertEqual(self.by_digit[2].onsite_mode, "full")

    def test_annex(self):
        self.propose(1)
        self.bring_to_chair(self.review)._do_sign()
        review = self.as_user(self.review, self.director)
        sheet = load_workbook(io.BytesIO(review._annex_xlsx())).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
        first = next(row for row in rows if row[1] == "9.100001")
        self.assertEqual(first[4:8], ["x", "x", "x", "x"])
        self.assertEqual(len([row for row in rows if row[1]]), 7)
        self.assertIn("1523/QĐ-UBND", sheet["A2"].value)
        pdf, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.director)
            ._render_onestop_pdf("onestop_procedure.review_annex_report", review.ids)
        )
        self.assertTrue(base64.b64encode(pdf).startswith(b"JVBER"))
