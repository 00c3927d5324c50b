# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import UTC, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.onestop_procedure import clock
from odoo.addons.onestop_procedure.tests.clock_common import local

from .past import PastCase

REASON = "Reason"


@tagged("post_install", "-at_install")
class TestDossierClock(PastCase):
    """What the events say of the clock, the dossier's row says as well."""

    # ------------------------------------------------------------
    # Reception and pauses
    # ------------------------------------------------------------

    def test_due_at_reception_is_that_of_the_clock(self):
        moments = (
            local(2026, 1, 12, 9),  # within hours
            local(2026, 1, 12, 12),  # lunch break
            local(2026, 1, 12, 18),  # after closing
            local(2026, 1, 17, 9),  # Saturday
        )
        calendar = self.company._onestop_clock()
        for moment in moments:
            for value, unit in ((5, "workday"), (4, "hour"), (3, "day"), (1, "month")):
                with self.subTest(moment=moment, value=value, unit=unit):
                    procedure = self.make_procedure(
                        f"9.{moment.day}{moment.hour}{value}{unit}",
                        self.justice,
                        time_value=value,
                        time_unit=unit,
                    )
                    dossier = self.received(moment, procedure_id=procedure.id)
                    limit = clock.Limit(value, unit)
                    self.assertDue(dossier, clock.due_at(moment, limit, calendar))

    def test_no_limit_known(self):
        procedure = self.make_procedure(
            "9.000010", self.justice, time_value=0, time_unit="none"
        )
        dossier = self.processing(local(2026, 1, 12, 9), procedure_id=procedure.id)
        self.assertFalse(dossier.due_at)
        self.finish(local(2026, 3, 12, 9), dossier)
        self.assertFalse(dossier.timeliness)

    def test_supplement_by_the_centres_setting(self):
        for setting, due in (
            ("restart", local(2026, 1, 23, 17)),
            ("shift", local(2026, 1, 21, 17)),
        ):
            with self.subTest(setting=setting):
                self.company.onestop_supplement_clock = setting
                dossier = self.processing(local(2026, 1, 12, 9))
                self.assertDue(dossier, local(2026, 1, 19, 17))
                self.at(
                    local(2026, 1, 14, 10), dossier, "appraiser"
                ).action_request_supplement(REASON)
                self.at(local(2026, 1, 16, 10), dossier, "receiver").action_resume()
                self.assertDue(dossier, due)

    def test_other_pauses_shift(self):
        """Only a supplement starts again: payment and suspension move the date."""
        for pause, who in (("payment", "cashier"), ("suspend", "appraiser")):
            with self.subTest(pause=pause):
                dossier = self.processing(local(2026, 1, 12, 9))
                asked = self.at(local(2026, 1, 14, 10), dossier, "appraiser")
                if pause == "payment":
                    asked.action_request_payment(REASON)
                else:
                    asked.action_suspend(REASON, "Article 1")
                self.at(local(2026, 1, 16, 10), dossier, who).action_resume()
                self.assertDue(dossier, local(2026, 1, 21, 17))

    def test_a_supplement_before_reception_has_no_clock(self):
        dossier = self.new_dossier()
        self.do_submit(dossier)
        self.act_as(dossier, "receiver").action_request_supplement(REASON)
        self.assertFalse(dossier.due_at)
        self.act_as(dossier, "receiver").action_resume()
        self.assertEqual(dossier.state, "submitted")
        # Nor does it use up the one request of the handling.
        self.do_receive(dossier)
        self.act_as(dossier, "receiver").action_request_supplement(REASON)
        self.act_as(dossier, "receiver").action_resume()
        with self.assertRaises(UserError):
            self.act_as(dossier, "receiver").action_request_supplement(REASON)

    def test_waiting_inside_a_withdrawal(self):
        """Declined, the dossier waits again, and then goes back where it was."""
        dossier = self.dossier_in("supplement")
        self.act_as(dossier, "citizen").action_request_withdrawal(REASON)
        self.assertEqual(dossier.state, "withdrawing")
        self.act_as(dossier, "receiver").action_decline_withdrawal(REASON)
        self.assertEqual(dossier.state, "supplement")
        self.act_as(dossier, "receiver").action_resume()
        self.assertEqual(dossier.state, "processing")

    # ------------------------------------------------------------
    # Extension, apology, lateness
    # ------------------------------------------------------------

    def test_extension_by_law(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        due = local(2026, 1, 26, 17)
        self.at(local(2026, 1, 14, 9), dossier, "head")._do_extend(
            "statutory",
            due.astimezone(UTC).replace(tzinfo=None),
            REASON,
            "Article 1",
        )
        self.assertDue(dossier, due)
        self.assertFalse(dossier.appointment_at)
        self.finish(local(2026, 1, 26, 16), dossier)
        self.assertEqual(dossier.timeliness, "on_time")

    def test_no_extension_by_law_when_it_is_late(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        late = self.at(local(2026, 1, 20, 9), dossier, "head")
        with self.assertRaises(UserError):
            late._do_extend("statutory", "2026-02-02 10:00:00", REASON, "Article 1")

    def test_an_apology_changes_neither_due_date_nor_lateness(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        due = dossier.due_at
        for moment in (local(2026, 1, 20, 9),):
            self.at(moment, dossier, "head")._do_extend(
                "apology", "2026-02-02 10:00:00", REASON
            )
        self.assertEqual(dossier.due_at, due)
        self.assertTrue(dossier.appointment_at)
        with self.assertRaises(UserError):  # once
            self.at(local(2026, 1, 21, 9), dossier, "head")._do_extend(
                "apology", "2026-02-09 10:00:00", REASON
            )
        # Before the new appointment, after the due date: late.
        self.finish(local(2026, 1, 22, 9), dossier)
        self.assertEqual(dossier.timeliness, "late")

    def test_new_dates_that_are_none(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        head = self.at(local(2026, 1, 13, 9), dossier, "head")
        for due in (None, "", "soon", 7, [], "2020-01-01 00:00:00", "2026-99-99"):
            for kind in ("statutory", "apology"):
                with self.subTest(due=due, kind=kind), self.assertRaises(UserError):
                    head._do_extend(kind, due, REASON)
        with self.assertRaises(UserError):
            head._do_extend("favour", "2026-02-02 10:00:00", REASON)

    def test_timeliness(self):
        for moment, expected in (
            (local(2026, 1, 16, 9), "early"),
            (local(2026, 1, 19, 16), "on_time"),
            (local(2026, 1, 20, 8), "late"),
        ):
            with self.subTest(moment=moment):
                dossier = self.processing(local(2026, 1, 12, 9))
                self.finish(moment, dossier)
                self.assertEqual(dossier.timeliness, expected)

    def test_a_late_dossier_stays_late_when_its_decision_is_made_anew(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        due = dossier.due_at
        self.finish(local(2026, 1, 20, 8), dossier)
        self.at(local(2026, 1, 21, 8), dossier, "head")._do_revoke_decision(REASON)
        self.assertFalse(dossier.timeliness)
        self.assertFalse(dossier.finished_at)
        self.finish(local(2026, 1, 22, 8), dossier)
        self.assertEqual((dossier.timeliness, dossier.due_at), ("late", due))

    def test_is_late_and_its_search_agree(self):
        """The filter of the list finds what the column says."""
        for moment in (local(2026, 1, 12, 9), local(2036, 1, 14, 9)):
            dossiers = [self.processing(moment), self.processing(moment)]
            self.at(
                moment + timedelta(hours=1), dossiers[0], "appraiser"
            ).action_request_payment(REASON)
        mine = [("procedure_id", "=", self.procedure.id)]
        model = self.env["onestop.dossier"]
        everything = model.search(mine)
        self.assertEqual(
            model.search([*mine, ("is_late", "=", True)]),
            everything.filtered("is_late"),
        )
        self.assertEqual(
            model.search([*mine, ("is_late", "=", False)]),
            everything.filtered(lambda d: not d.is_late),
        )
        self.assertEqual(len(everything.filtered("is_late")), 1)

    # ------------------------------------------------------------
    # Rules in force at reception
    # ------------------------------------------------------------

    def test_a_later_calendar_moves_no_running_dossier(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        due = dossier.due_at
        self.env["onestop.calendar.day"].create(
            {"date": "2026-01-15", "kind": "holiday", "name": "Decreed late"}
        )
        self.company._publish_calendar()
        self.assertEqual(dossier.due_at, due)
        self.at(local(2026, 1, 13, 9), dossier, "appraiser").action_forward("In order")
        self.assertEqual(dossier.due_at, due)
        # One received now counts with it.
        other = self.received(local(2026, 1, 12, 9))
        self.assertDue(other, local(2026, 1, 20, 17))
        _count, findings = self.env["onestop.dossier.event"]._verify_ledgers()
        self.assertEqual(findings, [])

    def test_a_dossier_keeps_its_version_and_rules(self):
        dossier = self.received(local(2021, 3, 1, 9))
        version = dossier.version_id
        self.assertEqual(dossier.rule_set, "nd61_2018")
        version.action_new_version()
        draft = self.procedure.version_ids - version
        draft.action_publish(valid_from="2021-06-01")
        self.assertEqual(self.procedure.version_id, draft)
        self.at(local(2022, 3, 1, 9), dossier, "receiver").action_forward()
        self.assertEqual((dossier.version_id, dossier.rule_set), (version, "nd61_2018"))
        self.assertIn(dossier.step_id, version.case_ids.step_ids)

    def test_a_draft_of_an_old_version_is_not_received(self):
        """It was drafted before the new version came into force."""
        dossier = self.new_dossier()
        self.procedure.version_id.action_new_version()
        draft = self.procedure.version_ids.filtered(lambda v: v.state == "draft")
        draft.action_publish(valid_from="2021-06-01")
        with self.assertRaises(UserError):
            self.do_receive(dossier)
        dossier.case_id = draft.case_ids
        dossier.part_ids.write({"received": True, "finding": "ok"})
        self.do_receive(dossier)
        self.assertEqual(dossier.version_id, draft)

    def test_rule_sets(self):
        for moment, rules in (
            (local(2021, 12, 5, 23), "nd61_2018"),
            (local(2021, 12, 6, 1), "nd61_107"),
            (local(2025, 6, 30, 23), "nd61_107"),
            (local(2025, 7, 1, 1), "nd118_2025"),  # 30/6 in UTC
        ):
            with self.subTest(moment=moment):
                self.assertEqual(self.received(moment).rule_set, rules)
