# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import csv
from contextlib import suppress
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..ledger.transitions import NAMES, STATES
from .acts import EARLY, ActCase

# Who may do what, written by hand from the contract (design §4), not from the table
# of transitions that it tests. What does not stand there is refused.
WHO_MAY = Path(__file__).parent / "data" / "who_may.csv"


class _Tried(Exception):
    """Ends a try: whatever it did is rolled back."""


@tagged("post_install", "-at_install")
class TestMatrix(ActCase):
    """Every state, every act, every role: allowed exactly where it is written."""

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
        with suppress(_Tried), self.env.cr.savepoint(flush=False):
            self.arrange(dossier, act)
            before = self.row(dossier)
            with suppress(UserError):
                getattr(self, f"try_{act}")(record, facts)
                done = True
            record.env.flush_all()
            after = self.row(dossier)
            # A refusal leaves the dossier as it was; an act adds one event.
            added = after[-1] - before[-1], after[-2] - before[-2]
            self.assertEqual(added, (1, 1) if done else (0, 0), (act, user))
            self.assertTrue(done or before == after, (act, user))
            raise _Tried
        self.env.invalidate_all(flush=False)
        return done
