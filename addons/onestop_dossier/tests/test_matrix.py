# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import csv
from datetime import timedelta
from pathlib import Path

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ..ledger.transitions import NAMES, STATES
from .common import PATHS, PDF, DossierCase

# Who may do what, written by hand from the contract (design §4), not from the table
# of transitions that it tests. What does not stand there is refused.
WHO_MAY = Path(__file__).parent / "data" / "who_may.csv"

EARLY = {
    "supplement before reception": "request_supplement",
    "payment before reception": "request_payment",
}
# Whom a dossier in a state can be given to.
HOLDERS = {"processing": "appraiser", "approving": "head"}


class _Tried(Exception):
    """Ends a try: whatever it did is rolled back."""


@tagged("post_install", "-at_install")
class TestMatrix(DossierCase):
    """Every state, every act, every role: allowed exactly where it is written."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls.make_procedure(
            "9.000002",
            cls.justice,
            fee_ids=[Command.create({"name": "Charge", "amount": 20000})],
        )
        for name, groups in (
            ("nobody", "base.group_user"),
            ("admin", "base.group_system"),
        ):
            cls.users[name] = new_test_user(
                cls.env,
                login=f"t.{name}",
                groups=groups,
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )

    def test_who_may(self):
        with open(WHO_MAY, newline="") as file:
            may = {
                (row["act"], row["state"]): set(row["who"].split())
                for row in csv.DictReader(file)
            }
        self.assertEqual({act for act, _state in may}, set(NAMES))
        self.assertLessEqual({n for who in may.values() for n in who}, set(self.users))
        wrong = []
        for state in (*STATES, *EARLY):
            dossier = self.dossier_at(state)
            self.env.flush_all()
            facts = self.facts(dossier)
            for act in NAMES:
                expected = may.get((act, state), set())
                for user in self.users:
                    done = self.attempt(dossier, act, user, facts)
                    if done != (user in expected):
                        wrong.append((state, act, user, done))
        self.assertEqual(wrong, [], "(state, act, user, could do it)")

    def dossier_at(self, state):
        values = {"procedure_id": self.procedure.id}
        if state in EARLY:
            dossier = self.dossier_in("submitted", **values)
            receiver = self.act_as(dossier, "receiver")
            getattr(receiver, f"action_{EARLY[state]}")("Not clear")
            return dossier
        if "return" in PATHS[state]:
            dossier = self.dossier_in("ready", **values)
            self.act_as(dossier, "cashier").action_collect_fee(dossier.fee_ids.id)
            self.do_return(dossier)
            return dossier
        return self.dossier_in(state, **values)

    def facts(self, dossier):
        """What the acts need to know, asked once."""
        dossier = dossier.sudo()
        return {
            "digest": dossier.approval_digest,
            "due": (dossier.due_at or dossier.create_date) + timedelta(days=30),
            "fee": dossier.fee_ids.id,
            "holder": self.users[HOLDERS.get(dossier.state, "receiver")].id,
            "row": self.row(dossier),
        }

    def row(self, dossier):
        self.env.cr.execute(
            "SELECT state, due_at, outcome, step_id, user_id, head_sequence, "
            "(SELECT count(*) FROM onestop_dossier_event WHERE dossier_id = d.id) "
            "FROM onestop_dossier d WHERE id = %s",
            [dossier.id],
        )
        return self.env.cr.fetchone()

    def attempt(self, dossier, act, user, facts):
        """Whether ``user`` can do ``act``; what he did is undone."""
        record = self.act_as(dossier, user)
        done = False
        try:
            with self.env.cr.savepoint(flush=False):
                self.arrange(dossier, act)
                before = self.row(dossier)
                try:
                    getattr(self, f"try_{act}")(record, facts)
                    done = True
                except UserError:
                    pass
                record.env.flush_all()
                after = self.row(dossier)
                # A refusal leaves the dossier as it was; an act adds one event.
                added = after[-1] - before[-1], after[-2] - before[-2]
                self.assertEqual(added, (1, 1) if done else (0, 0), (act, user))
                self.assertTrue(done or before == after, (act, user))
                raise _Tried
        except _Tried:
            pass
        self.env.invalidate_all(flush=False)
        return done

    def arrange(self, dossier, act):
        """What has to be there for an act, besides the role."""
        dossier = dossier.sudo()
        if act == "issue" and dossier.state in ("approved", "rejected"):
            self.act_as(dossier, "records")._attach("result.pdf", PDF, "result")
        if act == "return" and dossier.state == "ready":
            self.act_as(dossier, "cashier").action_collect_fee(dossier.fee_ids.id)

    # ------------------------------------------------------------
    # How each act is tried
    # ------------------------------------------------------------

    def try_submit(self, dossier, facts):
        dossier.action_submit()

    def try_receive(self, dossier, facts):
        dossier.action_receive()

    def try_refuse(self, dossier, facts):
        dossier.action_refuse("Reason")

    def try_forward(self, dossier, facts):
        dossier.action_forward("In order")

    def try_send_back(self, dossier, facts):
        dossier.action_send_back("Reason")

    def try_assign(self, dossier, facts):
        dossier.action_assign(facts["holder"])

    def try_request_supplement(self, dossier, facts):
        dossier.action_request_supplement("Reason", ["A copy"])

    def try_request_payment(self, dossier, facts):
        dossier.action_request_payment("Reason")

    def try_suspend(self, dossier, facts):
        dossier.action_suspend("Reason", "Article 1")

    def try_resume(self, dossier, facts):
        dossier.action_resume()

    def try_extend(self, dossier, facts):
        dossier._do_extend("statutory", facts["due"], "Reason")

    def try_approve(self, dossier, facts):
        dossier._do_approve(seen=facts["digest"])

    def try_reject(self, dossier, facts):
        dossier._do_reject("Reason", seen=facts["digest"])

    def try_issue(self, dossier, facts):
        dossier.action_issue()

    def try_record_outside(self, dossier, facts):
        content = base64.b64encode(PDF).decode()
        dossier.action_record_outside("1/QD", "2026-01-05", "The head", content)

    def try_return(self, dossier, facts):
        dossier.action_return("counter", "Citizen")

    def try_revoke_decision(self, dossier, facts):
        dossier._do_revoke_decision("Reason")

    def try_request_withdrawal(self, dossier, facts):
        dossier.action_request_withdrawal("Reason")

    def try_accept_withdrawal(self, dossier, facts):
        dossier.action_accept_withdrawal()

    def try_decline_withdrawal(self, dossier, facts):
        dossier.action_decline_withdrawal("Reason")

    def try_stop(self, dossier, facts):
        dossier._do_stop("Reason", "Article 1")

    def try_collect_fee(self, dossier, facts):
        dossier.action_collect_fee(facts["fee"])
