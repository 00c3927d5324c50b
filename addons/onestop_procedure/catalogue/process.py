# Part of One-Stop. See LICENSE file for full copyright and licensing details.
from dataclasses import dataclass

HOURS_PER_WORKDAY = 8
# Reception and return take an eighth of the time each, at most half a working day:
# a paper dossier goes to the agency on the day it came in (NĐ 61/2018, Điều 18).
HAND_OVER_SHARE = 8
HAND_OVER_HOURS = 4
APPROVAL_SHARE = 4

# Class of the plan (II.1) -> activities done at the Centre.
ONSITE_MODES = {
    "full": ("receive", "appraise", "approve", "return"),
    "no_approval": ("receive", "appraise", "return"),
    "no_appraisal": ("receive", "approve", "return"),
    "reception": ("receive", "return"),
    "none": (),
}


@dataclass(frozen=True)
class StepPlan:
    """A step to be: what is done, at the Centre or not, in which working hours."""

    activity: str
    onsite: bool
    hours: float


def default_process(time_value, time_unit, onsite_mode):
    """The internal process of a case until its agency writes its own.

    :param time_value: the time limit, in ``time_unit``.
    :param time_unit: "hour", "workday", "day", "month" or "none"; only the first
        two are working time and can be divided among steps.
    :param onsite_mode: one of `ONSITE_MODES`.
    :return: four steps; the hours of a limit in working time sum up to it exactly.
    """
    total = {"hour": 1, "workday": HOURS_PER_WORKDAY}.get(time_unit, 0) * time_value
    hand_over = min(total / HAND_OVER_SHARE, HAND_OVER_HOURS)
    approve = (total - 2 * hand_over) / APPROVAL_SHARE
    hours = {
        "receive": hand_over,
        "appraise": total - 2 * hand_over - approve,
        "approve": approve,
        "return": hand_over,
    }
    onsite = ONSITE_MODES[onsite_mode]
    return [StepPlan(name, name in onsite, value) for name, value in hours.items()]
