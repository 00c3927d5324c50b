# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import UTC, date

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from odoo.addons.onestop_procedure.tests.clock_common import local

from ..ledger.rules import Rules, key_on, rules_data, rules_from, rules_of
from .past import PastCase

REASON = "Reason"


@tagged("post_install", "-at_install")
class TestRuleTable(BaseCase):
    """Rule sets by date, as plain data (domain reference, 0.3)."""

    def test_by_day(self):
        for day, key in (
            (date(2017, 1, 1), "nd61_2018"),
            (date(2018, 6, 21), "nd61_2018"),
            (date(2021, 12, 5), "nd61_2018"),
            (date(2021, 12, 6), "nd61_107"),
            (date(2025, 6, 30), "nd61_107"),
            (date(2025, 7, 1), "nd118_2025"),
            (date(2030, 1, 1), "nd118_2025"),
        ):
            with self.subTest(day=day):
                self.assertEqual(key_on(day), key)

    def test_what_a_centre_sets_wins(self):
        rules = rules_of("nd118_2025", {"supplements": 2, "payment_days": 0})
        self.assertEqual(rules.supplements, 2)
        self.assertEqual(rules.payment_days, Rules().payment_days)

    def test_rules_survive_their_event(self):
        rules = Rules(supplement_clock="shift", supplement_days=7)
        self.assertEqual(rules_from(rules_data(rules)), rules)

    def test_a_point_added_later_has_its_default(self):
        data = rules_data(Rules(supplements=3))
        del data["hand_over"]
        self.assertEqual(rules_from(data | {"gone": 1}), Rules(supplements=3))


@tagged("post_install", "-at_install")
class TestFrozenRules(PastCase):
    """Rule 7: a running dossier keeps the rules of its reception."""

    def test_a_later_setting_touches_no_running_dossier(self):
        self.company.onestop_supplement_clock = "shift"
        dossier = self.processing(local(2026, 1, 12, 9))
        self.company.onestop_supplement_clock = "restart"
        self.company.onestop_supplement_limit = 3
        self.at(local(2026, 1, 14, 10), dossier, "appraiser").action_request_supplement(
            REASON
        )
        self.at(local(2026, 1, 16, 10), dossier, "receiver").action_resume()
        self.assertDue(dossier, local(2026, 1, 21, 17))
        with self.assertRaises(UserError):
            self.at(
                local(2026, 1, 16, 11), dossier, "appraiser"
            ).action_request_supplement(REASON)

    def test_nothing_set_is_as_the_rules_say(self):
        """NĐ 61/2018, Điều 19: the limit starts again from the complete dossier."""
        self.assertFalse(self.company.onestop_supplement_clock)
        dossier = self.processing(local(2026, 1, 12, 9))
        self.at(local(2026, 1, 14, 10), dossier, "appraiser").action_request_supplement(
            REASON
        )
        self.at(local(2026, 1, 16, 10), dossier, "receiver").action_resume()
        self.assertDue(dossier, local(2026, 1, 23, 17))

    def test_paper_is_handed_over_the_same_day_or_the_next_morning(self):
        """NĐ 61/2018, Điều 18: received after 15:00, at the start of the next day."""
        for moment, due in (
            (local(2026, 1, 12, 9), local(2026, 1, 12, 17)),
            (local(2026, 1, 12, 15), local(2026, 1, 12, 17)),
            (local(2026, 1, 16, 15, 1), local(2026, 1, 19, 7)),
            (local(2026, 1, 17, 9), local(2026, 1, 19, 17)),
        ):
            with self.subTest(moment=moment):
                dossier = self.received(moment)
                self.assertEqual(dossier.hand_over_due_at.replace(tzinfo=UTC), due)
        online = self.new_dossier(channel="online")
        self.assertFalse(online.hand_over_due_at)
