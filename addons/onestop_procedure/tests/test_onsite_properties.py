# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What must hold for any standing of the procedures and any target."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.onestop_procedure.onsite import (
    Counters,
    Standing,
    frequency_class,
    index_share,
    plan_share,
    pool_counters,
    shortest_list,
)
from odoo.addons.onestop_procedure.onsite.pooling import BUSY
from odoo.addons.onestop_procedure.onsite.shortest import preference

from .clock_common import reproducible

WAYS = (("plan",), ("index",), ("plan", "index"))
COUNT = {"plan": plan_share, "index": index_share}


@st.composite
def standings(draw, most=6):
    """Procedures of an agency; a full one is in the list, as it is at the Centre."""
    found = []
    for key in range(draw(st.integers(0, most))):
        full = draw(st.booleans())
        found.append(
            Standing(
                key=key,
                regular=draw(st.booleans()),
                listed=full or draw(st.booleans()),
                full=full,
                arrivals=draw(st.integers(0, 5)),
                missing=0 if full else draw(st.integers(1, 3)),
                obstacles=draw(st.integers(0, 2)),
                law=draw(st.booleans()),
            )
        )
    return found


targets = st.integers(0, 100).map(lambda percent: Fraction(percent, 100))
ways = st.sampled_from(WAYS)


def reaches(found, target, counted, chosen):
    return all(COUNT[way](found, chosen).reaches(target) for way in counted)


@tagged("post_install", "-at_install")
class TestOnsiteProperties(BaseCase):
    @reproducible
    @given(standings(), targets, ways)
    def test_shortest_list_is_enough_and_minimal(self, found, target, counted):
        """No list of fewer procedures reaches the target: all of them are tried."""
        chosen = shortest_list(found, target, counted)
        keys = [s.key for s in found if not s.full]
        if chosen is None:
            best = [
                s.key
                for s in found
                if (s.regular and "plan" in counted)
                or (s.listed and "index" in counted)
            ]
            self.assertFalse(reaches(found, target, counted, frozenset(best)))
            return
        self.assertTrue(reaches(found, target, counted, frozenset(chosen)))
        if chosen:
            for fewer in combinations(keys, len(chosen) - 1):
                self.assertFalse(reaches(found, target, counted, frozenset(fewer)))

    @reproducible
    @given(standings(most=5), targets, ways)
    def test_of_equally_short_lists_the_preferred_one(self, found, target, counted):
        chosen = shortest_list(found, target, counted)
        if not chosen:
            return
        useful = sorted(
            (
                s
                for s in found
                if not s.full
                and (
                    (s.regular and "plan" in counted)
                    or (s.listed and "index" in counted)
                )
            ),
            key=preference,
        )
        for other in combinations(useful, len(chosen)):
            keys = [s.key for s in other]
            if reaches(found, target, counted, frozenset(keys)):
                self.assertEqual(chosen, keys)
                break

    @reproducible
    @given(standings(), st.sets(st.integers(0, 7)))
    def test_simulation_agrees_with_recomputation(self, found, chosen):
        """Counting "as if" gives what counting gives when it was really done."""
        done = [
            Standing(
                **{
                    **s.__dict__,
                    **({"full": True, "listed": True} if s.key in chosen else {}),
                }
            )
            for s in found
        ]
        for count in COUNT.values():
            self.assertEqual(count(found, chosen), count(done))

    @reproducible
    @given(standings(), st.sets(st.integers(0, 7)))
    def test_bringing_procedures_never_lowers_a_share(self, found, chosen):
        for count in COUNT.values():
            before, after = count(found), count(found, chosen)
            self.assertGreaterEqual(
                after.part * before.whole, before.part * after.whole
            )

    @reproducible
    @given(st.integers(0, 50), st.integers(1, 30))
    def test_frequency_classes(self, arrivals, threshold):
        found = frequency_class(arrivals, threshold)
        self.assertEqual(found == "none", arrivals == 0)
        self.assertEqual(found == "frequent", arrivals >= threshold)

    @reproducible
    @given(
        st.lists(
            st.builds(
                Counters,
                counters=st.integers(0, 5),
                staff=st.integers(0, 9),
                kept=st.integers(0, 4),
                kept_arrivals=st.integers(0, 9000),
                pooled_arrivals=st.integers(0, 9000),
            )
        ),
        st.floats(1, 120),
    )
    def test_pooling(self, agencies, minutes):
        """No agency gets more than it has; the common counters carry their load."""
        for agency in agencies:
            self.assertLessEqual(agency.counters_after, agency.counters)
            self.assertLessEqual(agency.staff_after, agency.staff)
            self.assertFalse(agency.counters_after and not agency.kept)
        pooling = pool_counters(agencies, minutes)
        self.assertLessEqual(pooling.busy, BUSY + 1e-9)
        self.assertGreaterEqual(pooling.wait, 0)
        now = sum(agency.counters for agency in agencies)
        after = sum(agency.counters_after for agency in agencies)
        self.assertEqual(now - after, pooling.counters_freed + pooling.common_counters)
