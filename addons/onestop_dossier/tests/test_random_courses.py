# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json
import random
from contextlib import suppress

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..ledger.columns import AFTER, SEALED
from ..ledger.transitions import NAMES, rows_from
from .acts import ActCase

# Courses of this length, each another one, the same on every machine.
COURSES, LENGTH, SEED = 8, 12, 118


@tagged("post_install", "-at_install")
class TestRandomCourses(ActCase):
    """Design §5: any sequence of legal acts keeps the rules that never break.

    The chain is whole, the row is what its events say, and replay gives the same due
    date; a refused act changes nothing.
    """

    def test_any_course_keeps_the_rules(self):
        dice = random.Random(SEED)
        done = set()
        for _course in range(COURSES):
            dossier = self.new_dossier(procedure_id=self.procedure.id)
            for _act in range(LENGTH):
                acts = sorted({row.name for row in rows_from(dossier.sudo().state)})
                # Ends come late, or every course would be short.
                short = [a for a in acts if a not in ("refuse", "stop", "expire")]
                if not acts:
                    break
                played = self.play(dossier, dice.choice(short or acts), dice)
                done.add(played)
                if played == "record_consent":  # it lies in the future
                    break
            self.check(dossier)
        _count, findings = self.env["onestop.dossier.event"]._verify_ledgers()
        self.assertEqual(findings, [])
        # The dice reach most of the table.
        self.assertGreater(len(done & set(NAMES)), len(NAMES) // 2, done)

    def play(self, dossier, act, dice):
        """Try an act as any of its possible actors; at most one event comes of it."""
        users = list(self.users)
        dice.shuffle(users)
        facts = self.facts(dossier)
        with suppress(UserError):
            self.arrange(dossier, act)
        for name in users:
            before = dossier.sudo().head_sequence
            record = self.act_as(dossier, name)
            try:
                with self.env.cr.savepoint():
                    getattr(self, f"try_{act}")(record, facts | self.facts(dossier))
            except UserError:
                self.env.invalidate_all()
                self.assertEqual(dossier.sudo().head_sequence, before)
                continue
            self.assertEqual(dossier.sudo().head_sequence, before + 1)
            return act
        return None

    def check(self, dossier):
        """The row is what its last event says."""
        self.env.flush_all()
        columns = ", ".join(AFTER)
        self.env.cr.execute(
            f"SELECT {columns} FROM onestop_dossier WHERE id = %s", [dossier.id]
        )
        [row] = self.env.cr.dictfetchall()
        last = json.loads(dossier.sudo().event_ids.sorted("sequence")[-1].body)
        for column, name in AFTER.items():
            if column in SEALED and name not in last["after"]:
                continue
            value = row[column]
            if column.endswith("_at"):
                value = value and value.isoformat(timespec="microseconds") + "Z"
            self.assertEqual(value, last["after"][name], column)
