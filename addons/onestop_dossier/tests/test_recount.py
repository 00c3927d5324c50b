# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.onestop_procedure.tests.clock_common import local

from .past import PastCase

REASON = "Notice 12"


@tagged("post_install", "-at_install")
class TestRecount(PastCase):
    """A holiday made known late moves running dossiers by an event alone (rule 3)."""

    def decree(self, day):
        self.env["onestop.calendar.day"].create(
            {"date": day, "kind": "holiday", "name": "Decreed late"}
        )
        self.company._publish_calendar()

    def recount(self, moment, dossier, user="director"):
        self.at(moment, dossier, user).action_recalculate(REASON)

    def test_counted_again_from_reception(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        self.decree("2026-01-15")
        self.assertDue(dossier, local(2026, 1, 19, 17))
        self.recount(local(2026, 1, 13, 9), dossier)
        self.assertDue(dossier, local(2026, 1, 20, 17))
        _count, findings = self.env["onestop.dossier.event"]._verify_ledgers()
        self.assertEqual(findings, [])
        with self.assertRaises(UserError):  # the calendar has not changed since
            self.recount(local(2026, 1, 13, 10), dossier)

    def test_what_was_waited_and_extended_stays(self):
        self.company.onestop_supplement_clock = "shift"
        dossier = self.processing(local(2026, 1, 12, 9))
        self.at(local(2026, 1, 13, 9), dossier, "appraiser").action_request_supplement(
            REASON
        )
        self.at(local(2026, 1, 14, 9), dossier, "receiver").action_resume()
        self.assertDue(dossier, local(2026, 1, 20, 17))
        self.decree("2026-01-16")
        self.recount(local(2026, 1, 14, 10), dossier)
        self.assertDue(dossier, local(2026, 1, 21, 17))

    def test_a_late_dossier_stays_late(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        due = dossier.due_at
        self.decree("2026-01-16")
        self.recount(local(2026, 1, 21, 9), dossier)
        self.assertEqual(dossier.due_at, due)

    def test_many_at_once(self):
        dossiers = self.processing(local(2026, 1, 12, 9)) | self.processing(
            local(2026, 1, 12, 10)
        )
        self.decree("2026-01-15")
        self.recount(local(2026, 1, 13, 9), dossiers[0])
        self.at(local(2026, 1, 13, 9), dossiers[1], "director").action_recalculate(
            REASON
        )
        for dossier in dossiers:
            self.assertDue(dossier, local(2026, 1, 20, 17))

    def test_only_the_centres_leaders(self):
        dossier = self.processing(local(2026, 1, 12, 9))
        self.decree("2026-01-15")
        for user in ("receiver", "appraiser", "head", "citizen"):
            with self.subTest(user=user), self.assertRaises(AccessError):
                self.recount(local(2026, 1, 13, 9), dossier, user)

    def test_told_day_by_day(self):
        """“Why is this due on Thursday?” with all that moved it."""
        dossier = self.processing(local(2026, 1, 12, 9))
        self.at(local(2026, 1, 13, 9), dossier, "appraiser").action_request_payment(
            REASON
        )
        self.at(local(2026, 1, 14, 9), dossier, "cashier").action_resume()
        self.decree("2026-01-15")
        self.recount(local(2026, 1, 14, 10), dossier)
        self.at(local(2026, 1, 14, 11), dossier, "head")._do_extend(
            "apology", "2026-02-02 10:00:00", REASON
        )
        self.at(local(2026, 1, 14, 12), dossier, "head")._do_extend(
            "statutory", "2026-01-30 10:00:00", REASON, "Article 7"
        )
        text = dossier.with_user(self.users["receiver"]).due_explanation
        for part in (
            "Received; the procedure allows 5 working days",
            "The clock stands still for the citizen",
            "the due date moves by the time waited",
            "The calendar has changed",
            "Apology with a new appointment",
            "Extended by a signed decision",
        ):
            self.assertIn(part, text)
