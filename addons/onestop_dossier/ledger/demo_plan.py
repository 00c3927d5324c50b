# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What happens to each demo dossier, and when: pure functions of a seed and a time."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from odoo.addons.onestop_procedure import clock

DAYS = 90
SEED = 2026
DEPARTMENTS = ("TP", "XD", "YT", "TC")
WEIGHTS = (35, 25, 20, 20)
WORKDAY = clock.SECONDS_PER_WORKDAY
# How many dossiers end in which state: 300 in all, every state among them.
STATES = {
    "returned": 186,
    "ready": 14,
    "approved": 6,
    "rejected": 4,
    "approving": 16,
    "processing": 28,
    "received": 10,
    "supplement": 9,
    "payment": 4,
    "suspended": 3,
    "withdrawing": 3,
    "stopped": 5,
    "refused": 5,
    "submitted": 5,
    "draft": 2,
}
_RECEIVED = ("receive",)
_PROCESSING = (*_RECEIVED, "forward")
_APPROVING = (*_PROCESSING, "draft_file", "appraise")
_APPROVED = (*_APPROVING, "approve")
PATHS = {
    "draft": (),
    "submitted": ("submit",),
    "refused": ("refuse",),
    "received": _RECEIVED,
    "processing": _PROCESSING,
    "supplement": (*_PROCESSING, "supplement"),
    "payment": (*_PROCESSING, "payment"),
    "suspended": (*_PROCESSING, "suspend"),
    "approving": _APPROVING,
    "approved": _APPROVED,
    "rejected": (*_APPROVING, "reject"),
    "ready": (*_APPROVED, "result_file", "issue"),
    "returned": (*_APPROVED, "result_file", "issue", "return"),
    "withdrawing": (*_PROCESSING, "withdraw"),
    "stopped": (*_PROCESSING, "withdraw", "accept_withdrawal"),
}
# Where in the time from reception to the end each act falls.
SHARES = {
    "forward": 0.05,
    "assign": 0.08,
    "supplement": 0.25,
    "resume": 0.45,
    "payment": 0.35,
    "suspend": 0.3,
    "withdraw": 0.5,
    "stop": 0.9,
    "accept_withdrawal": 0.6,
    "apologise": 0.6,
    "draft_file": 0.7,
    "appraise": 0.75,
    "approve": 0.9,
    "reject": 0.9,
    "result_file": 0.98,
    "issue": 1,
}


@dataclass
class DossierPlan:
    """One dossier: who, what, where, and its acts with their moments (naive UTC)."""

    state: str
    department: str
    procedure: int
    person: int
    channel: str = "counter"
    commune: bool = False
    result_channel: str = "counter"
    opened: datetime = None
    acts: list = field(default_factory=list)


def plan_dossiers(calendar, now, limits, persons):
    """The demo dossiers in the order in which they were opened.

    :param calendar: the Centre's working calendar.
    :param now: naive UTC instant; nothing happens later.
    :param limits: department -> time limits of its procedures, in days.
    :param persons: how many persons there are.
    """
    dice = random.Random(SEED)
    now = now.replace(tzinfo=UTC, microsecond=0)
    plans = [
        _plan_one(dice, state, calendar, now, limits, persons)
        for state, count in STATES.items()
        for _each in range(count)
    ]
    return sorted(plans, key=lambda plan: plan.opened)


def _plan_one(dice, state, calendar, now, limits, persons):
    [department] = dice.choices(DEPARTMENTS, WEIGHTS)
    procedure = dice.randrange(len(limits[department]))
    limit = limits[department][procedure] * WORKDAY
    plan = DossierPlan(
        state=state,
        department=department,
        procedure=procedure,
        # The first three can log in; give them something to see.
        person=dice.choice([dice.randrange(persons), dice.randrange(min(persons, 12))]),
        channel=dice.choices(("counter", "online", "post"), (64, 30, 6))[0],
        commune=dice.random() < 0.06,
        result_channel=dice.choices(("counter", "post", "electronic"), (7, 1, 2))[0],
    )
    if state == "submitted":
        plan.channel = "online"
    if state == "draft":
        plan.channel = "counter"
    first = now - timedelta(days=DAYS)
    total = clock.working_seconds(first, now, calendar)
    length, opened = _span(dice, state, limit, total)
    acts = _acts(dice, state, plan)

    def moment(seconds):
        seconds = int(min(seconds, total - 60))
        found = clock.add_working_seconds(first, seconds, calendar)
        return found.astimezone(UTC).replace(tzinfo=None)

    plan.opened = moment(opened)
    received = opened + dice.randrange(300, 1500)
    if plan.channel == "online":
        # Answered within eight working hours (NĐ 45/2020/NĐ-CP, Điều 11).
        received = opened + dice.randrange(1200, 6 * 3600)
    last = plan.opened
    for number, act in enumerate(acts):
        seconds = received + length * SHARES.get(act, 0)
        if act == "submit":
            seconds = opened + 240
        if act == "return":
            seconds = received + length + dice.randrange(1800, 2 * WORKDAY)
        # Each act a little after the one before it, whatever the shares say.
        last = max(moment(seconds + number), last + timedelta(seconds=1))
        plan.acts.append((last, act))
    return plan


def _span(dice, state, limit, total):
    """(working seconds from reception to the end, working second of the opening)."""
    if state in ("draft", "submitted", "received"):
        return limit, total - dice.randrange(1800, WORKDAY)
    if state in ("returned", "refused", "stopped", "ready"):
        share = dice.uniform(0.25, 0.95)
        if dice.random() < 0.09:
            share = dice.uniform(1.05, 1.6)
        length = limit * share
        room = max(total - length - 3 * WORKDAY, WORKDAY)
        recent = room - 4 * WORKDAY if state == "ready" else 0
        return length, dice.uniform(max(recent, 0), room)
    # In work: most within their time, some late.
    share = dice.uniform(1.05, 1.5) if dice.random() < 0.14 else dice.uniform(0.1, 0.9)
    age = min(limit * share, total - WORKDAY) + 1800
    # The acts so far fall into the time gone by.
    furthest = max(SHARES.get(act, 0.05) for act in PATHS[state] or ("forward",))
    return age / max(furthest, 0.05) * 0.85, total - age - WORKDAY / 4


def _acts(dice, state, plan):
    """The acts of the path to a state, with some detours."""
    acts = list(PATHS[state])
    if plan.channel == "online" and state not in ("draft", "submitted"):
        acts.insert(0, "submit")
    if state == "stopped" and dice.random() < 0.4:
        acts[-2:] = ["stop"]
    if state in ("returned", "ready", "approved", "approving"):
        luck = dice.random()
        at = acts.index("draft_file")
        if luck < 0.1:
            acts[at:at] = ["supplement", "resume"]
        elif luck < 0.14:
            acts[at:at] = ["apologise"]
    if "forward" in acts and dice.random() < 0.5:
        acts.insert(acts.index("forward") + 1, "assign")
    if state == "returned" and dice.random() < 0.06:
        acts[acts.index("approve")] = "reject"
    return acts
