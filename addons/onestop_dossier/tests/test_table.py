# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import inspect

from odoo.tests import TransactionCase, tagged

from ..ledger.transitions import (
    BACK,
    CLOSED,
    LEFT,
    LEGAL_ACTS,
    NAMES,
    PAUSES,
    SAME,
    STATES,
    TRANSITIONS,
    Effect,
    rows_from,
)


@tagged("post_install", "-at_install")
class TestTable(TransactionCase):
    """The table of transitions makes sense, and the methods are those it names."""

    def setUp(self):
        super().setUp()
        self.dossiers = self.env["onestop.dossier"]

    def test_states_are_those_of_the_field(self):
        self.assertEqual(STATES, tuple(dict(self.dossiers._fields["state"].selection)))

    def test_every_open_state_has_a_way_out(self):
        for state in set(STATES) - set(CLOSED):
            targets = {row.target for row in rows_from(state)} - {SAME, state}
            self.assertTrue(targets, state)

    def test_closed_states_have_no_way_out(self):
        for state in CLOSED:
            self.assertLessEqual({row.target for row in rows_from(state)}, {SAME})

    def test_every_state_is_reached_from_draft(self):
        reached, before = {"draft"}, None
        while reached != before:
            before = set(reached)
            reached |= {r.target for r in TRANSITIONS if r.source in before}
        self.assertEqual(reached - {SAME, LEFT, BACK}, set(STATES))

    def test_every_state_can_end(self):
        """From each state some way leads to a closed one."""
        ending, before = set(CLOSED), None
        while ending != before:
            before = set(ending)
            ending |= {r.source for r in TRANSITIONS if r.target in before}
            # A pause leads back to the state it left.
            ending |= {
                r.source
                for r in TRANSITIONS
                if r.target == LEFT
                and any(
                    b.target == r.source and b.source in before for b in TRANSITIONS
                )
            }
        self.assertEqual(ending, set(STATES))

    def test_guards_are_methods(self):
        for row in TRANSITIONS:
            for guard in row.guards:
                method = getattr(self.dossiers, f"_guard_{guard}", None)
                self.assertTrue(callable(method), f"{row.name}: {guard}")

    def test_every_row_names_who(self):
        for row in TRANSITIONS:
            self.assertTrue(row.who, row)
            self.assertIn(row.source, STATES)
            self.assertIn(row.target, (*STATES, SAME, LEFT, BACK))

    def test_every_act_is_a_public_method_with_a_docstring(self):
        for name in NAMES:
            method = getattr(type(self.dossiers), f"action_{name}")
            self.assertTrue(inspect.getdoc(method), name)

    def test_pauses_stop_the_clock_and_resume_starts_it(self):
        for row in TRANSITIONS:
            if row.target in PAUSES:
                self.assertIn(row.effect, (Effect.PAUSE_CITIZEN, Effect.PAUSE_LAW))
            if row.source in PAUSES and row.target == LEFT:
                self.assertEqual(row.effect, Effect.RESUME)

    # ------------------------------------------------------------
    # Legal acts
    # ------------------------------------------------------------

    def test_legal_acts_are_these(self):
        self.assertEqual(
            set(LEGAL_ACTS), {"approve", "reject", "stop", "revoke_decision", "extend"}
        )

    def test_legal_acts_ask_for_the_identity(self):
        """The outermost method is the shell: an override would act undecorated."""
        for name in NAMES:
            method = getattr(type(self.dossiers), f"action_{name}")
            checked = getattr(method, "__has_check_identity", False)
            self.assertEqual(checked, name in LEGAL_ACTS, name)

    def test_legal_acts_have_a_private_twin(self):
        for name in LEGAL_ACTS:
            self.assertTrue(callable(getattr(self.dossiers, f"_do_{name}")), name)

    def test_legal_acts_ask_for_the_authority(self):
        for row in TRANSITIONS:
            self.assertEqual(row.legal, "authority" in row.guards, row)
