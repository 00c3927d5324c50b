# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""What the clock of a dossier is fed with, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from odoo.addons.onestop_procedure import clock

# Key under which the citizen's share of the time is kept beside the agencies' ids.
CITIZEN = "citizen"
LAW = "law"


@dataclass(frozen=True)
class Tick:
    """What the clock needs to know of an event.

    :param at: aware instant at which it occurred
    :param agency: id of the agency in charge after it
    :param data: its clock data: ``effect`` and what that needs (``limit``,
        ``revision``, ``variant``, ``due``); a new ``step``; what is asked of the
        citizen (``answer_days``, ``relay``)
    :param kind: the act, such as ``request_supplement``
    """

    at: datetime
    agency: int | None
    data: Mapping
    kind: str = ""


@dataclass(frozen=True)
class StepRun:
    """One run of a step of the internal process, from its opening to its end.

    :param used: working seconds that its agency used, pauses left out
    """

    step: int
    agency: int | None
    began: datetime
    due: datetime | None
    ended: datetime
    used: int


@dataclass(frozen=True)
class Clock:
    """The state of the clock after some events; instants are aware."""

    due: datetime | None = None
    received: datetime | None = None
    finished: datetime | None = None
    paused_since: datetime | None = None
    paused_for: str | None = None
    limit: clock.Limit | None = None
    revision: int | None = None
    agency: int | None = None
    last: datetime | None = None
    used: Mapping = field(default_factory=dict)
    # The whole limit: from when it counts, the pauses since, what the law added.
    counted_from: datetime | None = None
    allowed: int = 0
    waits: tuple = ()
    extended: datetime | None = None
    # The running step; ``step_after`` are the seconds of the steps that follow it.
    step: int | None = None
    step_from: datetime | None = None
    step_due: datetime | None = None
    step_limit: int = 0
    step_after: int = 0
    step_used: int = 0
    steps: tuple[StepRun, ...] = ()
    # What is asked of the citizen.
    asked: int = 0
    repeated: datetime | None = None
    answer_due: datetime | None = None
    relay: datetime | None = None
    # The clock before the dossier was forwarded, while that was the last act.
    before: "Clock | None" = None

    @property
    def running(self) -> bool:
        return bool(self.received and not self.finished and not self.paused_since)

    @property
    def pays(self):
        """Whose account the time goes to now: an agency's id, the citizen, the law."""
        if not self.received or self.finished:
            return None
        return self.paused_for or self.agency
