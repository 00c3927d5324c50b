# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.tests import tagged

from ..ledger.transitions import NAMES
from .acts import ActCase

# Design §7: what a transition may cost, all SQL statements counted.
LIMIT = 25
# From which state each act is measured, and by whom.
ACTS = {
    "submit": ("draft", "receiver"),
    "receive": ("submitted", "receiver"),
    "refuse": ("submitted", "receiver"),
    "forward": ("processing", "appraiser"),
    "send_back": ("approving", "head"),
    "assign": ("processing", "appraiser"),
    "release": ("processing", "appraiser"),
    "recall": ("processing", "receiver"),
    "move_paper": ("processing", "appraiser"),
    "request_supplement": ("processing", "appraiser"),
    "request_payment": ("processing", "appraiser"),
    "suspend": ("processing", "appraiser"),
    "resume": ("supplement", "receiver"),
    "extend": ("processing", "head"),
    "approve": ("approving", "head"),
    "reject": ("approving", "head"),
    "issue": ("approved", "records"),
    "record_outside": ("approved", "records"),
    "return": ("ready", "returner"),
    "give_back": ("stopped", "returner"),
    "collect_online": ("ready", "citizen"),
    "send_parcel": ("ready", "returner"),
    "record_undelivered": ("ready", "returner"),
    "revoke_decision": ("ready", "head"),
    "request_withdrawal": ("processing", "citizen"),
    "accept_withdrawal": ("withdrawing", "receiver"),
    "decline_withdrawal": ("withdrawing", "receiver"),
    "stop": ("processing", "head"),
    "collect_fee": ("processing", "cashier"),
    "set_fee": ("processing", "cashier"),
    "cancel_receipt": ("processing", "cashier"),
    "refund_fee": ("processing", "cashier"),
    "expire": ("supplement before reception", "receiver"),
    "pass_on": ("supplement", "receiver"),
    "recalculate": ("processing", "director"),
    "consult": ("processing", "appraiser"),
    "answer_consultation": ("processing", "stranger"),
    "spawn": ("processing", "appraiser"),
    "transfer": ("processing", "head"),
    "correct": ("processing", "receiver"),
    "record_consent": ("processing", "head"),
}
# Statements of the cursor of its own that draws the code.
DRAWN = {"submit": 2, "receive": 2}
# Statements that open another dossier, an act with a ledger of its own.
OPENED = {"spawn": 12}


@tagged("post_install", "-at_install")
class TestQueryCount(ActCase):
    """A transition costs at most 25 statements, a list the same for any length."""

    def test_transitions(self):
        self.assertEqual(set(ACTS), set(NAMES))
        counts = {}
        for act, (state, user) in ACTS.items():
            for _run in ("warm up", "count"):
                counts[act] = self.count(act, state, user)
        over = {act: count for act, count in counts.items() if count > LIMIT}
        self.assertEqual(over, {}, counts)

    def count(self, act, state, user):
        """Statements of one act, from an empty cache of records to the flush."""
        dossier = self.dossier_at(state)
        facts = self.facts(dossier)
        self.arrange(dossier, act)
        record = self.act_as(dossier, user)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        getattr(self, f"try_{act}")(record, facts)
        record.env.flush_all()
        count = self.env.cr.sql_log_count - before
        return count + DRAWN.get(act, 0) - OPENED.get(act, 0)

    def test_lists(self):
        """What a list shows costs no more for forty dossiers than for four."""
        self.read_list("receiver", 1)
        for number in range(40):
            dossier = self.new_dossier(
                person_id=(self.citizen, self.other_citizen)[number % 2].id
            )
            if number % 3:
                self.do_receive(dossier)
            if number % 3 == 2:
                self.do_forward(dossier)
        for user in ("receiver", "appraiser", "head"):
            with self.subTest(user=user):
                self.read_list(user, 40)
                few, many = self.read_list(user, 4), self.read_list(user, 40)
                self.assertLessEqual(many, few)
                self.assertLessEqual(many, 20)

    def read_list(self, user, limit):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["onestop.dossier"].with_user(self.users[user]).web_search_read(
            [("procedure_id", "=", self.procedure.id)],
            {
                "code": {},
                "procedure_id": {"fields": {"display_name": {}}},
                "person_id": {"fields": {"display_name": {}}},
                "user_id": {"fields": {"display_name": {}}},
                "paper_place_id": {"fields": {"display_name": {}}},
                "state": {},
                "received_at": {},
                "due_at": {},
                "time_left": {},
                "is_late": {},
                "portal_state": {},
            },
            limit=limit,
        )
        return self.env.cr.sql_log_count - before
