# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""When a notice is tried: backoff, and hours in which nobody is woken."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

FIRST = timedelta(minutes=1)
LONGEST = timedelta(hours=1)
# Longer than a batch of tries can take: after it a try counts as broken off.
LEASE = timedelta(minutes=15)


def wait(attempts: int) -> timedelta:
    """How long to wait after so many tries in vain: 1, 2, 4 … at most 60 minutes."""
    return min(FIRST * 2 ** min(max(attempts - 1, 0), 12), LONGEST)


def after_quiet(moment: datetime, start: float, end: float, zone: ZoneInfo) -> datetime:
    """``moment``, or the end of the quiet hours that it falls into.

    :param moment: aware.
    :param start: hour of the day at which the quiet begins, 21.5 for 21:30.
    :param end: hour at which it ends; before ``start``: on the next morning; equal:
        there are no quiet hours.
    """
    if start == end:
        return moment
    local = moment.astimezone(zone)
    hour = local.hour + local.minute / 60 + local.second / 3600
    over_night = start > end
    quiet = hour >= start or hour < end if over_night else start <= hour < end
    if not quiet:
        return moment
    day = local.date() + timedelta(days=1 if over_night and hour >= start else 0)
    minutes = round(end * 60)
    free = datetime(day.year, day.month, day.day, tzinfo=zone)
    return (free + timedelta(minutes=minutes)).astimezone(moment.tzinfo)
