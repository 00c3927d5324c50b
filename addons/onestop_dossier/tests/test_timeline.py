# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The clock of a dossier, folded from any events on any calendar."""

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

from ..ledger.timeline import (
    CITIZEN,
    LAW,
    Clock,
    Tick,
    fold,
    limit_data,
    limit_from,
    used_until,
)
from ..ledger.transitions import Effect

AGENCIES = st.sampled_from([1, 2, 3])
STEPS = st.sampled_from(
    [
        Effect.NONE,
        Effect.PAUSE_CITIZEN,
        Effect.PAUSE_LAW,
        Effect.RESUME,
        Effect.RESUME,
        Effect.STOP,
        Effect.REOPEN,
    ]
)


@st.composite
def courses(draw, steps=STEPS, size=8):
    """A calendar, and what happens to a dossier received under it."""
    calendar = draw(calendars())
    limit = draw(limits)
    at = draw(instants)
    start = {"effect": Effect.START, "limit": limit_data(limit), "revision": 1}
    ticks = [Tick(at, draw(AGENCIES), start)]
    for effect in draw(st.lists(steps, max_size=size)):
        at += timedelta(minutes=draw(st.integers(0, 6 * 1440)))
        data = {"effect": effect}
        if effect is Effect.RESUME:
            data["variant"] = draw(st.sampled_from(["restart", "shift"]))
            data["revision"] = 1
        ticks.append(Tick(at, draw(AGENCIES), data))
    return ticks, lambda _revision: calendar


def tick(at, effect=Effect.NONE, agency=1, **data):
    return Tick(at, agency, {"effect": effect, **data})


def received(at, value=5, unit="workday"):
    limit = limit_data(clock.Limit(value, unit))
    return tick(at, Effect.START, limit=limit, revision=1)


@tagged("post_install", "-at_install")
class TestTimelineProperties(BaseCase):
    @reproducible
    @given(courses(), st.integers(0, 9))
    def test_a_fold_can_be_cut_anywhere(self, course, cut):
        ticks, calendar_of = course
        before = fold(ticks[:cut], calendar_of)
        self.assertEqual(
            fold(ticks[cut:], calendar_of, start=before), fold(ticks, calendar_of)
        )

    @reproducible
    @given(limits)
    def test_a_limit_survives_its_event(self, limit):
        self.assertEqual(limit_from(limit_data(limit)), limit)

    @reproducible
    @given(courses())
    def test_all_working_time_is_booked_once(self, course):
        """What everybody used adds up to the working time until the end."""
        ticks, calendar_of = course
        calendar = calendar_of(1)
        total = 0
        for one, two in zip(ticks, ticks[1:], strict=False):
            state = fold(ticks[: ticks.index(two)], calendar_of)
            if not state.finished:
                total += clock.working_seconds(one.at, two.at, calendar)
        used = fold(ticks, calendar_of).used
        # Each event is booked to the second.
        self.assertAlmostEqual(sum(used.values()), total, delta=len(ticks))

    @reproducible
    @given(courses(), st.integers(1, 20 * 1440), st.sampled_from(["cit", "law"]))
    def test_a_pause_never_counts_to_an_agency(self, course, minutes, why):
        """However long the pause, the agencies used the same time."""
        ticks, calendar_of = course
        state = fold(ticks, calendar_of)
        assume(state.running)
        effect = Effect.PAUSE_CITIZEN if why == "cit" else Effect.PAUSE_LAW
        pause = tick(ticks[-1].at, effect)
        later = ticks[-1].at + timedelta(minutes=minutes)
        paused = fold([*ticks, pause], calendar_of)
        used = used_until(paused, later, calendar_of)
        account = CITIZEN if why == "cit" else LAW
        for agency in (1, 2, 3):
            self.assertEqual(used.get(agency), state.used.get(agency))
        waited = clock.working_seconds(pause.at, later, calendar_of(1))
        self.assertEqual(used.get(account, 0) - state.used.get(account, 0), waited)

    @reproducible
    @given(courses(), st.integers(0, 20 * 1440), st.booleans())
    def test_a_pause_never_makes_it_due_earlier(self, course, minutes, again):
        ticks, calendar_of = course
        state = fold(ticks, calendar_of)
        assume(state.running and state.due)
        late = clock.timeliness(ticks[-1].at, state.due, calendar_of(1))
        end = ticks[-1].at + timedelta(minutes=minutes)
        resumed = fold(
            [
                *ticks,
                tick(ticks[-1].at, Effect.PAUSE_CITIZEN),
                tick(
                    end,
                    Effect.RESUME,
                    variant="restart" if again else "shift",
                    revision=1,
                ),
            ],
            calendar_of,
        )
        if again:
            # From zero: never before a reception at that moment would be due.
            wanted = clock.due_at(end, state.limit, calendar_of(1))
            if late is not clock.Timeliness.LATE:
                self.assertEqual(resumed.due, wanted)
        else:
            self.assertGreaterEqual(resumed.due, state.due)

    @reproducible
    @given(courses(), st.integers(0, 20 * 1440), st.booleans())
    def test_late_stays_late_through_a_pause(self, course, minutes, again):
        """Asking for a supplement after the due day gives no new limit."""
        ticks, calendar_of = course
        state = fold(ticks, calendar_of)
        assume(state.running and state.due)
        at = max(ticks[-1].at, state.due) + timedelta(days=2)
        end = at + timedelta(minutes=minutes)
        variant = "restart" if again else "shift"
        resumed = fold(
            [
                *ticks,
                tick(at, Effect.PAUSE_CITIZEN),
                tick(end, Effect.RESUME, variant=variant, revision=1),
            ],
            calendar_of,
        )
        self.assertEqual(resumed.due, state.due)
        self.assertEqual(
            clock.timeliness(end, resumed.due, calendar_of(1)), clock.Timeliness.LATE
        )

    @reproducible
    @given(courses())
    def test_an_apology_changes_nothing_of_the_clock(self, course):
        """Without a due date of its own, an extension moves nothing."""
        ticks, calendar_of = course
        for position in range(1, len(ticks) + 1):
            apology = Tick(
                ticks[position - 1].at, ticks[position - 1].agency, {"effect": "extend"}
            )
            with_apology = [*ticks[:position], apology, *ticks[position:]]
            self.assertEqual(fold(with_apology, calendar_of), fold(ticks, calendar_of))

    @reproducible
    @given(courses())
    def test_before_reception_nothing_runs(self, course):
        ticks, calendar_of = course
        state = fold(ticks[1:], calendar_of)
        self.assertIsNone(state.due)
        self.assertIsNone(state.received)
        self.assertIsNone(state.finished)
        self.assertEqual(dict(state.used), {})


@tagged("post_install", "-at_install")
class TestTimeline(BaseCase):
    """Examples, on the calendar of the Centre."""

    def fold(self, *ticks, start=None):
        return fold(ticks, lambda _revision: official_calendar(), start=start)

    def test_nothing(self):
        self.assertEqual(self.fold(), Clock())

    def test_due_as_the_legal_clock_says(self):
        at = local(2026, 1, 5, 9)
        limit = clock.Limit(5, "workday")
        self.assertEqual(
            self.fold(received(at)).due, clock.due_at(at, limit, official_calendar())
        )

    def test_no_limit_no_due(self):
        state = self.fold(received(local(2026, 1, 5, 9), 0, "none"))
        self.assertIsNone(state.due)
        self.assertTrue(state.running)

    def test_restart_and_shift(self):
        """Received Monday, asked Wednesday 10:00, supplemented Friday 10:00."""
        course = [
            received(local(2026, 1, 12, 9)),
            tick(local(2026, 1, 14, 10), Effect.PAUSE_CITIZEN),
        ]
        self.assertEqual(self.fold(*course).due, local(2026, 1, 19, 17))
        friday = local(2026, 1, 16, 10)
        restart = tick(friday, Effect.RESUME, variant="restart", revision=1)
        self.assertEqual(self.fold(*course, restart).due, local(2026, 1, 23, 17))
        shift = tick(friday, Effect.RESUME, variant="shift", revision=1)
        self.assertEqual(self.fold(*course, shift).due, local(2026, 1, 21, 17))

    def test_reopened(self):
        """A revoked decision goes on against the same due date."""
        finished = self.fold(
            received(local(2026, 1, 12, 9)),
            tick(local(2026, 1, 13, 9), Effect.STOP),
        )
        self.assertEqual(finished.used, {1: 8 * 3600})
        reopened = self.fold(
            tick(local(2026, 1, 20, 9), Effect.REOPEN, agency=2), start=finished
        )
        self.assertIsNone(reopened.finished)
        self.assertEqual(reopened.due, finished.due)
        # The days that lay finished are nobody's.
        self.assertEqual(reopened.used, {1: 8 * 3600})
        later = used_until(
            reopened, local(2026, 1, 20, 10), lambda _revision: official_calendar()
        )
        self.assertEqual(later, {1: 8 * 3600, 2: 3600})

    def test_an_extension_by_law_moves_the_due_date(self):
        due = local(2026, 2, 2, 17)
        state = self.fold(
            received(local(2026, 1, 12, 9)),
            tick(local(2026, 1, 14, 9), Effect.EXTEND, due=due.isoformat()),
        )
        self.assertEqual(state.due, due)

    def test_a_finished_dossier_is_not_paused(self):
        """A payment asked for at return does not move what is finished."""
        course = [
            received(local(2026, 1, 12, 9)),
            tick(local(2026, 1, 13, 9), Effect.STOP),
        ]
        finished = self.fold(*course)
        paused = self.fold(
            tick(local(2026, 1, 14, 9), Effect.PAUSE_CITIZEN),
            tick(local(2026, 1, 21, 9), Effect.RESUME, variant="shift", revision=1),
            start=finished,
        )
        self.assertEqual(
            (paused.due, paused.finished, paused.used),
            (finished.due, finished.finished, finished.used),
        )
