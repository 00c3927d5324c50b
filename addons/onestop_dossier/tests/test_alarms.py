# Part of One-Stop. See LICENSE file for full copyright and licensing details.

"""Steps, alarms and recounting: properties of the clock on any calendar."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from odoo.addons.onestop_procedure import clock
from odoo.addons.onestop_procedure.tests.clock_common import (
    calendars,
    instants,
    limits,
    local,
    official_calendar,
    reproducible,
)

from ..ledger.alarms import LEVELS, account, alarms, breach_at
from ..ledger.timeline import CITIZEN, LAW, Tick, fold, limit_data, used_until
from ..ledger.transitions import Effect

ACTS = st.sampled_from(
    [
        ("forward", Effect.NONE),
        ("request_supplement", Effect.PAUSE_CITIZEN),
        ("request_payment", Effect.PAUSE_CITIZEN),
        ("suspend", Effect.PAUSE_LAW),
        ("resume", Effect.RESUME),
        ("resume", Effect.RESUME),
        ("extend", Effect.EXTEND),
        ("recalculate", Effect.RECOUNT),
        ("pass_on", Effect.NONE),
        ("issue", Effect.STOP),
        ("revoke_decision", Effect.REOPEN),
    ]
)


@st.composite
def courses(draw, size=8):
    """Two calendars, and what happens to a dossier from its reception on."""
    found = [draw(calendars()), draw(calendars())]
    at = draw(instants)
    start = {
        "effect": Effect.START,
        "limit": limit_data(draw(limits)),
        "revision": 0,
        "step": {"id": 1, "seconds": draw(st.integers(0, 90000)), "after": 3600},
    }
    ticks = [Tick(at, 1, start, "receive")]
    for number, (kind, effect) in enumerate(draw(st.lists(ACTS, max_size=size)), 2):
        at += timedelta(minutes=draw(st.integers(0, 6 * 1440)))
        data = {"effect": effect}
        if effect is Effect.RESUME:
            data["variant"] = draw(st.sampled_from(["restart", "shift"]))
            data["revision"] = draw(st.sampled_from([0, 1]))
        if effect is Effect.EXTEND:
            later = at + timedelta(days=draw(st.integers(1, 30)))
            data["due"] = later.isoformat()
        if effect is Effect.RECOUNT:
            data["revision"] = draw(st.sampled_from([0, 1]))
        if kind == "request_supplement":
            data["relay"] = True
        if kind == "pass_on":
            data |= {"answer_days": draw(st.integers(0, 20)), "revision": 0}
        if kind == "forward":
            seconds = draw(st.integers(0, 90000))
            data["step"] = {"id": number, "seconds": seconds, "after": 0}
        ticks.append(Tick(at, draw(st.sampled_from([1, 2, 3])), data, kind))
    return ticks, lambda revision: found[revision]


@tagged("post_install", "-at_install")
class TestAlarmProperties(BaseCase):
    @reproducible
    @given(courses(), st.integers(0, 9))
    def test_a_fold_can_be_cut_anywhere(self, course, cut):
        """Design §5, rule 3: replayed from any event on, the clock says the same."""
        ticks, calendar_of = course
        before = fold(ticks[:cut], calendar_of)
        self.assertEqual(
            fold(ticks[cut:], calendar_of, start=before), fold(ticks, calendar_of)
        )

    @reproducible
    @given(courses())
    def test_the_clock_never_runs_back(self, course):
        """Nothing but an extension by law and a recount moves the due date back."""
        ticks, calendar_of = course
        state = None
        for tick in ticks:
            before, state = state, fold([tick], calendar_of, start=state)
            moved_by = tick.data["effect"]
            if (
                before
                and before.due
                and moved_by
                not in (
                    Effect.EXTEND,
                    Effect.RECOUNT,
                    Effect.RESUME,
                )
            ):
                self.assertEqual(before.due, state.due)

    @reproducible
    @given(courses())
    def test_steps_are_booked_within_what_agencies_used(self, course):
        ticks, calendar_of = course
        state = fold(ticks, calendar_of)
        on_steps = sum(run.used for run in state.steps) + state.step_used
        agencies = sum(
            seconds for who, seconds in state.used.items() if who not in (CITIZEN, LAW)
        )
        self.assertLessEqual(on_steps, agencies)

    @reproducible
    @given(courses())
    def test_alarms_come_in_their_order(self, course):
        ticks, calendar_of = course
        state = fold(ticks, calendar_of)
        found = alarms(state, calendar_of)
        self.assertEqual(bool(found), bool(state.running and state.due))
        self.assertEqual(sorted(a.at for a in found), [a.at for a in found])
        for kind in ("whole", "step"):
            instants_of = [a.at for a in found if a.kind == kind]
            if instants_of:
                self.assertEqual(len(instants_of), len(LEVELS))
        # At the latest with the due date it is certain that it was not kept.
        for alarm in found:
            if alarm.kind == "breach":
                self.assertLessEqual(alarm.at, max(state.due, state.last))

    @reproducible
    @given(courses(), st.integers(0, 30 * 1440))
    def test_the_account_leaves_nothing_out(self, course, minutes):
        ticks, calendar_of = course
        state = fold(ticks, calendar_of)
        now = state.last + timedelta(minutes=minutes)
        said = account(state, now, calendar_of)
        total = said["citizen"] + said["law"] + sum(said["agencies"].values())
        self.assertEqual(total, sum(used_until(state, now, calendar_of).values()))

    @reproducible
    @given(courses())
    def test_counted_again_with_nothing_new_it_stays(self, course):
        """A recount with the same limit and calendar moves nothing."""
        ticks, calendar_of = course
        state = fold(ticks, calendar_of)
        assume(state.due and not state.finished)
        # Several calendars in one course: shifts were made with another one.
        assume(all(t.data.get("revision", 0) == 0 for t in ticks))
        assume(not state.extended)
        again = Tick(state.last, state.agency, {"effect": Effect.RECOUNT})
        after = fold([again], calendar_of, start=state)
        self.assertEqual(after.due, state.due)

    @reproducible
    @given(courses())
    def test_what_is_late_stays_late(self, course):
        """No recount and no supplement makes a late dossier timely."""
        ticks, calendar_of = course
        state = fold(ticks, calendar_of)
        assume(state.running and state.due)
        # Any day of these calendars is at most a few days from a working one.
        at = max(state.last, state.due) + timedelta(days=30)
        for data in (
            {"effect": Effect.RECOUNT, "limit": limit_data(clock.Limit(99, "day"))},
            {"effect": Effect.PAUSE_CITIZEN},
        ):
            after = fold([Tick(at, 1, data)], calendar_of, start=state)
            resumed = {"effect": Effect.RESUME, "variant": "restart"}
            after = fold(
                [Tick(at + timedelta(days=3), 1, resumed)], calendar_of, start=after
            )
            self.assertEqual(after.due, state.due)


@tagged("post_install", "-at_install")
class TestAlarmExamples(BaseCase):
    """By hand, on the official calendar of 2026."""

    def state(self, seconds=4 * 3600, after=8 * 3600):
        calendar = official_calendar()
        data = {
            "effect": Effect.START,
            "limit": limit_data(clock.Limit(5, "workday")),
            "revision": 0,
            "step": {"id": 7, "seconds": seconds, "after": after},
        }
        tick = Tick(local(2026, 1, 12, 9), 1, data, "receive")
        return fold([tick], lambda _r: calendar), lambda _r: calendar

    def test_breach_is_certain_before_the_due_date(self):
        """The steps after it need a day: it is certain a day before the end."""
        state, calendar_of = self.state()
        self.assertEqual(state.due, local(2026, 1, 19, 17))
        self.assertEqual(breach_at(state, calendar_of), local(2026, 1, 16, 17))

    def test_breach_without_durations_is_the_due_date(self):
        state, calendar_of = self.state(0, 0)
        self.assertEqual(breach_at(state, calendar_of), state.due)

    def test_breach_at_once_when_nothing_fits(self):
        state, calendar_of = self.state(30 * 3600, 30 * 3600)
        self.assertEqual(breach_at(state, calendar_of), state.last)

    def test_alarms_of_a_step(self):
        state, calendar_of = self.state()
        found = {a.level: a.at for a in alarms(state, calendar_of) if a.kind == "step"}
        self.assertEqual(
            found,
            {
                50: local(2026, 1, 12, 11),
                80: local(2026, 1, 12, 14, 12),
                100: local(2026, 1, 12, 15),
            },
        )

    def test_the_step_over_its_time_is_named(self):
        state, calendar_of = self.state()
        said = account(state, local(2026, 1, 13, 9), calendar_of, {5: 60})
        self.assertEqual((said["step"], said["agency"]), (7, 1))
        self.assertEqual(said["steps"][0]["over"], 4 * 3600)
        self.assertEqual(said["partners"], {"5": 60})

    def test_an_older_event_has_no_step(self):
        """Dossiers from before steps had clocks go on without them."""
        state, calendar_of = self.state()
        old = replace(state, step=None, step_due=None, step_limit=0, step_after=0)
        kinds = {alarm.kind for alarm in alarms(old, calendar_of)}
        self.assertEqual(kinds, {"whole", "breach"})
