# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import UTC, timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.onestop_procedure.tests.clock_common import local

from .past import PastCase

REASON = "Reason"
STEPS = (("receive", 4), ("appraise", 20), ("approve", 12), ("issue", 4), ("return", 0))


@tagged("post_install", "-at_install")
class TestBreach(PastCase):
    """Warnings, escalation, and what follows when a promise breaks (gap C9)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Five working days of eight hours, all of them given to the steps.
        cls.timed = cls.make_procedure(
            "9.000040",
            cls.justice,
            step_ids=[
                Command.create({"sequence": n, "activity": name, "duration": hours})
                for n, (name, hours) in enumerate(STEPS)
            ],
        )

    def timed_dossier(self, moment):
        return self.processing(moment, procedure_id=self.timed.id)

    def warn(self, dossier, moment):
        dossier._warn(self.past(moment))

    def alerts(self, dossier):
        return {
            (alert.kind, alert.level)
            for alert in self.env["onestop.dossier.alert"].search(
                [("dossier_id", "=", dossier.id)]
            )
        }

    def tasks(self, dossier):
        alerts = self.env["onestop.dossier.alert"].search(
            [("dossier_id", "=", dossier.id)]
        )
        return [
            (activity.user_id.login, alert.level)
            for alert in alerts
            for activity in alert.activity_ids
        ]

    # ------------------------------------------------------------
    # Steps with their own clocks
    # ------------------------------------------------------------

    def test_each_step_has_its_own_clock(self):
        """Domain reference 9.4: each step has its own limit."""
        dossier = self.received(local(2026, 1, 12, 9), procedure_id=self.timed.id)
        due = dossier.step_due_at.replace(tzinfo=UTC)
        self.assertEqual(due, local(2026, 1, 12, 15))  # 4 hours, lunch between
        self.at(local(2026, 1, 12, 10), dossier, "receiver").action_forward()
        due = dossier.step_due_at.replace(tzinfo=UTC)
        self.assertEqual(due, local(2026, 1, 14, 16))  # 20 hours
        self.assertTrue(dossier.is_step_late)
        # A pause gives the step as long as was left of it.
        self.at(local(2026, 1, 13, 10), dossier, "appraiser").action_suspend(
            REASON, "Article 1"
        )
        self.at(local(2026, 1, 15, 10), dossier, "appraiser").action_resume()
        due = dossier.step_due_at.replace(tzinfo=UTC)
        self.assertEqual(due, local(2026, 1, 16, 16))

    def test_send_back_to_any_step_before(self):
        procedure = self.make_procedure(
            "9.000041",
            self.justice,
            ("receive", "appraise", "appraise", "appraise", "approve", "return"),
        )
        dossier = self.processing(local(2026, 1, 12, 9), procedure_id=procedure.id)
        steps = procedure.version_id.case_ids.step_ids
        for _step in range(3):
            self.at(local(2026, 1, 12, 10), dossier, "appraiser").action_forward("Ok")
        self.assertEqual(dossier.state, "approving")
        head = self.at(local(2026, 1, 12, 11), dossier, "head")
        with self.assertRaises(Exception):  # noqa: B017 - the step of reception
            head.action_send_back(REASON, steps[0].id)
        head.action_send_back(REASON, steps[1].id)
        self.assertEqual((dossier.state, dossier.step_id), ("processing", steps[1]))

    # ------------------------------------------------------------
    # Warnings
    # ------------------------------------------------------------

    def test_warnings_come_once_and_climb(self):
        """50, 80 and 100 %: holder, then deputies, then heads and the Centre."""
        dossier = self.timed_dossier(local(2026, 1, 12, 9))
        self.at(local(2026, 1, 12, 9), dossier, "appraiser").action_assign(
            self.users["appraiser"].id
        )
        self.warn(dossier, local(2026, 1, 12, 10))
        self.assertFalse(self.alerts(dossier))
        self.assertTrue(dossier.warn_at)
        self.warn(dossier, local(2026, 1, 13, 14))
        self.assertEqual(self.alerts(dossier), {("step", 50)})
        self.assertEqual(self.tasks(dossier), [("t.appraiser", 50)])
        self.warn(dossier, local(2026, 1, 13, 14))
        self.assertEqual(len(self.tasks(dossier)), 1)
        self.warn(dossier, local(2026, 1, 20, 9))
        self.assertEqual(
            self.alerts(dossier),
            {(kind, level) for kind in ("whole", "step") for level in (50, 80, 100)}
            | {("breach", 100)},
        )
        told = {login for login, level in self.tasks(dossier) if level == 100}
        self.assertEqual(told, {"t.appraiser", "t.deputy", "t.head", "t.director"})
        self.assertFalse(dossier.warn_at)

    def test_nobody_is_warned_where_the_centre_says_so(self):
        self.company.onestop_warnings = "none"
        dossier = self.timed_dossier(local(2026, 1, 12, 9))
        self.warn(dossier, local(2026, 1, 20, 9))
        self.assertEqual(self.tasks(dossier), [])

    def test_a_clock_that_stands_still_warns_nobody(self):
        dossier = self.timed_dossier(local(2026, 1, 12, 9))
        self.at(local(2026, 1, 12, 10), dossier, "appraiser").action_suspend(
            REASON, "Article 1"
        )
        self.assertFalse(dossier.warn_at)
        self.warn(dossier, local(2026, 3, 20, 9))
        self.assertFalse(self.alerts(dossier))

    def test_tasks_go_when_the_dossier_is_finished(self):
        dossier = self.timed_dossier(local(2026, 1, 12, 9))
        self.warn(dossier, local(2026, 1, 20, 9))
        self.assertTrue(self.tasks(dossier))
        self.finish(local(2026, 1, 20, 10), dossier)
        self.run_cron("onestop_dossier.ir_cron_dossier_warn")
        self.assertFalse(self.tasks(dossier))

    def test_the_cron_costs_the_same_for_any_number(self):
        def run(number):
            dossiers = self.env["onestop.dossier"].browse()
            for _each in range(number):
                dossiers |= self.timed_dossier(local(2026, 1, 12, 9))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            dossiers._warn(self.past(local(2026, 1, 20, 9)))
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        run(1)
        few, many = run(2), run(12)
        self.assertLessEqual(many, few + 2)

    def test_the_cron_takes_what_is_due(self):
        dossier = self.timed_dossier(local(2026, 1, 12, 9))
        fresh = self.dossier_in("processing", procedure_id=self.timed.id)
        self.run_cron("onestop_dossier.ir_cron_dossier_warn")
        self.assertTrue(self.alerts(dossier))
        self.assertFalse(self.alerts(fresh))
        self.assertGreater(fresh.warn_at, fields.Datetime.now())

    # ------------------------------------------------------------
    # The apology drafts itself
    # ------------------------------------------------------------

    def test_an_apology_is_drafted_when_the_breach_is_certain(self):
        """The steps that are left no longer fit, before the due date has passed."""
        dossier = self.timed_dossier(local(2026, 1, 12, 9))
        self.assertDue(dossier, local(2026, 1, 19, 17))
        # Approval and issue need 16 hours: two days before the end it is certain.
        self.warn(dossier, local(2026, 1, 15, 16))
        self.assertFalse(dossier.draft_ids)
        self.warn(dossier, local(2026, 1, 16, 8))
        draft = dossier.draft_ids
        self.assertEqual((draft.kind, draft.state), ("apology", "drafted"))
        self.assertEqual(draft.department_id, self.justice)
        self.assertEqual(draft.step_id.activity, "appraise")
        self.assertEqual(draft.old_due, dossier.due_at)
        self.assertGreater(draft.new_due, dossier.due_at)
        # Who used how much, in working seconds.
        self.assertGreater(draft.used["agencies"][str(self.justice.id)], 20 * 3600)
        self.assertIn("over its time", draft.used_lines)
        # Once, and signed by the head: never by itself.
        self.warn(dossier, local(2026, 1, 19, 8))
        self.assertEqual(len(dossier.draft_ids), 1)
        self.assertFalse(dossier.appointment_at)
        head = self.at(local(2026, 1, 16, 9), dossier, "head")
        head._do_extend("apology", draft.new_due, draft.reason)
        self.assertEqual(draft.state, "signed")
        self.assertEqual(dossier.appointment_at, draft.new_due)
        self.assertDue(dossier, local(2026, 1, 19, 17))

    def test_the_citizens_time_is_not_the_agencys(self):
        dossier = self.timed_dossier(local(2026, 1, 12, 9))
        self.at(local(2026, 1, 13, 9), dossier, "appraiser").action_request_payment(
            REASON
        )
        self.at(local(2026, 1, 15, 9), dossier, "cashier").action_resume()
        self.warn(dossier, local(2026, 1, 26, 9))
        used = dossier.draft_ids.used
        self.assertEqual(used["citizen"], 2 * 8 * 3600)

    def test_a_partner_that_is_waited_for_is_named(self):
        dossier = self.timed_dossier(local(2026, 1, 12, 9))
        self.at(local(2026, 1, 12, 9), dossier, "appraiser").action_consult(
            self.health.id, "Question", "2026-01-14 09:00:00"
        )
        self.at(local(2026, 1, 13, 9), dossier, "stranger").action_answer_consultation(
            "None"
        )
        self.warn(dossier, local(2026, 1, 20, 9))
        partners = dossier.draft_ids.used["partners"]
        self.assertEqual(partners, {str(self.health.id): 8 * 3600})

    def test_papers_are_read_by_agencies_involved_alone(self):
        dossier = self.timed_dossier(local(2026, 1, 12, 9))
        self.warn(dossier, local(2026, 1, 20, 9))
        drafts = self.env["onestop.dossier.draft"]
        alerts = self.env["onestop.dossier.alert"]
        mine = [("dossier_id", "=", dossier.id)]
        for name, sees in (("head", True), ("receiver", True), ("stranger", False)):
            user = self.users[name]
            self.assertEqual(bool(drafts.with_user(user).search(mine)), sees)
            self.assertEqual(bool(alerts.with_user(user).search(mine)), sees)

    def test_the_time_of_one_day(self):
        hour = timedelta(hours=1).seconds
        text = self.env["onestop.dossier"]._working_time(9 * hour + 120)
        self.assertEqual(text, "1 working days 1 h 2 min")
