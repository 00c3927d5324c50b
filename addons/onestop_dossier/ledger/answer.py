# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Within how many working hours a dossier filed online is answered.

NĐ 45/2020/NĐ-CP, Điều 11 khoản 4: accepted, or a supplement asked for, within 8
working hours. Pure functions without database access.
"""

from datetime import timedelta

from odoo.addons.onestop_procedure import clock

# Nobody looks back further for what is late: a year without an answer stays late.
FURTHEST = timedelta(days=370)
PRECISION = timedelta(seconds=1)


def answer_due(submitted, hours, calendar):
    """When the answer is due.

    :param submitted: aware datetime of the filing.
    :param hours: working hours allowed.
    """
    return clock.add_working_seconds(submitted, hours * 3600, calendar)


def late_before(now, hours, calendar):
    """The moment before which whatever was filed and not answered is late at ``now``.

    :return: an aware datetime, to the second.
    """
    low, high = now - FURTHEST, now
    while high - low > PRECISION:
        middle = low + (high - low) / 2
        if clock.working_seconds(middle, now, calendar) > hours * 3600:
            low = middle
        else:
            high = middle
    return low
