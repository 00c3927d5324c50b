# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import UTC, date, timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.onestop_procedure.tests.clock_common import local

from .common import DossierCase


@tagged("post_install", "-at_install")
class TestCalendarEffect(DossierCase):
    """A public holiday notice entered late moves nothing by itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        publisher = cls.users["head"].copy({"login": "t.publisher"})
        cls.add_role(publisher, cls.centre, "catalogue")
        cls.users["publisher"] = publisher

    def received_at(self, moment, state="processing"):
        dossier = self.new_dossier()
        moment = moment.astimezone(UTC).replace(tzinfo=None)
        seen = self.act_as(dossier, "receiver")._occurred(moment, "import")
        seen.action_receive()
        if state == "processing":
            later = moment + timedelta(hours=1)
            self.act_as(dossier, "receiver")._occurred(later, "import").action_forward()
        return dossier.sudo()

    def publish(self, day):
        self.env["onestop.calendar.day"].create({"date": day, "name": "Decreed late"})
        company = self.company.with_user(self.users["publisher"])
        return company.action_publish_calendar()

    def next_workdays(self):
        """A running dossier of five working days, and a day within its time."""
        today = self.env["onestop.membership"]._today()
        monday = today + timedelta(days=7 - today.weekday())
        while self.env["onestop.calendar.day"].search_count(
            [("date", ">=", monday), ("date", "<=", monday + timedelta(days=12))]
        ):
            monday += timedelta(days=7)
        dossier = self.received_at(local(monday.year, monday.month, monday.day, 9))
        return dossier, monday + timedelta(days=2)

    def effect_as(self, name):
        self.env.flush_all()
        self.env.invalidate_all()
        revision = self.company._onestop_calendar().with_user(self.users[name])
        action = revision.action_open_effect()
        return (
            self.env[action["res_model"]]
            .with_user(self.users[name])
            .browse(action["res_id"])
        )

    def test_nothing_moves_and_the_manager_sees_what_would(self):
        dossier, day = self.next_workdays()
        due = dossier.due_at
        head = dossier.head_sequence
        answer = self.publish(day)
        self.assertEqual((dossier.due_at, dossier.head_sequence), (due, head))
        self.assertIn(
            "1 running dossiers keep their due date", answer["params"]["message"]
        )
        effect = self.effect_as("director")
        self.assertEqual(effect.line_ids.dossier_id, dossier)
        self.assertEqual(effect.line_ids.due_at, due)
        self.assertGreater(effect.line_ids.new_due_at, due)
        self.assertEqual(dossier.due_at, due)
        # The head of the Centre has it on his list of things to do.
        tasks = self.env["mail.activity"].search(
            [("user_id", "=", self.users["director"].id)]
        )
        self.assertTrue(any("count otherwise" in task.summary for task in tasks))
        _count, findings = self.env["onestop.dossier.event"]._verify_ledgers()
        self.assertEqual(findings, [])

    def test_counted_again_by_an_act_each(self):
        dossier, day = self.next_workdays()
        due = dossier.due_at
        self.publish(day)
        effect = self.effect_as("director")
        with self.assertRaises(UserError):  # the citizen reads why
            effect.action_apply()
        effect.reason = "Notice 12/TB"
        expected = effect.line_ids.new_due_at
        effect.action_apply()
        self.assertEqual(dossier.due_at, expected)
        self.assertNotEqual(dossier.due_at, due)
        self.assertEqual(dossier.event_ids.sorted("sequence")[-1].kind, "recalculate")
        self.assertTrue(effect.line_ids.is_done)
        self.assertFalse(self.effect_as("director").line_ids)

    def test_refused_for_others_with_the_reason_in_the_line(self):
        dossier, day = self.next_workdays()
        due = dossier.due_at
        self.publish(day)
        effect = self.effect_as("head")  # of the competent agency
        effect.reason = "Notice 12/TB"
        effect.action_apply()
        self.assertEqual(dossier.due_at, due)
        self.assertTrue(effect.line_ids.problem)
        self.assertFalse(effect.line_ids.is_done)
        self.assertFalse(self.effect_as("stranger_head").line_ids)

    def test_a_day_outside_its_time_changes_nothing(self):
        _dossier, day = self.next_workdays()
        self.publish(day + timedelta(days=60))
        self.assertFalse(self.effect_as("director").line_ids)

    def test_running_dossiers_by_year(self):
        dossier, _day = self.next_workdays()
        self.env.flush_all()
        row = self.env["onestop.calendar.year"].search(
            [
                ("company_id", "=", self.company.id),
                ("year", "=", str((dossier.due_at + timedelta(hours=7)).year)),
            ]
        )
        self.assertEqual(row.due_count, 1)
        self.assertGreaterEqual(row.year, str(date.today().year))
