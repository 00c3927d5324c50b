# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import math
from datetime import timedelta

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.onestop_procedure import clock
from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

from ..clock.dossier_clock import aware, naive

# Finished dossiers are similar when they are of these days and of the same case.
PROMISE_DAYS = 90
# Nine of ten, as a share of one.
PROMISE_SHARE = 0.9
# What was received earlier counts from here: no calendar is kept for ever.
FURTHEST_DAYS = 3 * 366


class OnestopProcedureCase(models.Model):
    """What the counter says of a case: when it is due, how long it usually takes."""

    _inherit = "onestop.procedure.case"

    def _due_if_received(self, company, moment, area=False, channel="counter"):
        """Limit and due date of a dossier of this case received at ``moment``.

        :param moment: naive UTC.
        :param area: as the dossier's field, which may give more days.
        :param channel: how it was filed; the limit online may be another.
        :return: (the :class:`clock.Limit`, due date as naive UTC or False).
        """
        self.ensure_one()
        dossier = self.env["onestop.dossier"].new(
            {
                "case_id": self.id,
                "company_id": company.id,
                "area": area,
                "channel": channel,
            }
        )
        limit = dossier._limit()
        calendar = dossier._calendar_of(dossier._calendar_revision().id)
        return limit, naive(clock.due_at(aware(moment), limit, calendar))

    def _promise(self, company, moment):
        """How long nine of ten similar dossiers took, apart from the legal time limit.

        From reception to result in working days, whatever the clock stood still for:
        what a citizen waits. Only what was finished in the 90 days before ``moment``,
        so that a slip printed again says the same.

        :param company: the Centre whose calendar counts, and whose setting says how
            many dossiers are enough.
        :param moment: naive UTC.
        :return: {"days": working days, "sample": number of dossiers, "period": 90},
            or None when there are too few.
        """
        self.ensure_one()
        # sudo: res.company - public opening hours, a setting
        centre = company.sudo()
        numbers = self._numbered_days(centre, moment)
        # sudo: onestop.procedure.case - public content of the procedure
        case = self.sudo()
        self.env["onestop.dossier"].flush_model(
            ["case_id", "finished_at", "outcome", "procedure_id", "received_at"]
        )
        [[sample, days]] = self.env.execute_query(
            SQL(
                """
                WITH calendar AS (
                    SELECT * FROM unnest(%(days)s::date[], %(numbers)s::int[])
                        AS numbered(day, number)
                )
                SELECT count(*),
                       percentile_cont(%(share)s) WITHIN GROUP (
                           ORDER BY finished.number - received.number)
                  FROM onestop_dossier dossier
                  JOIN onestop_procedure_case similar_case
                    ON similar_case.id = dossier.case_id
                   AND similar_case.name = %(name)s
                  JOIN calendar received ON received.day = greatest(%(first)s,
                       (dossier.received_at AT TIME ZONE 'UTC'
                        AT TIME ZONE %(zone)s)::date)
                  JOIN calendar finished ON finished.day =
                       (dossier.finished_at AT TIME ZONE 'UTC'
                        AT TIME ZONE %(zone)s)::date
                 WHERE dossier.procedure_id = %(procedure)s
                   AND dossier.finished_at > %(since)s
                   AND dossier.finished_at <= %(moment)s
                   AND dossier.outcome IN ('granted', 'rejected')
                   AND dossier.is_trial IS NOT TRUE
                """,
                days=list(numbers),
                numbers=list(numbers.values()),
                share=PROMISE_SHARE,
                name=case.name,
                first=next(iter(numbers)),
                procedure=case.version_id.procedure_id.id,
                since=moment - timedelta(days=PROMISE_DAYS),
                moment=moment,
                zone=LEGAL_ZONE,
            )
        )
        if sample < centre.onestop_promise_sample:
            return None
        return {"days": math.ceil(days), "sample": sample, "period": PROMISE_DAYS}

    def _numbered_days(self, centre, moment):
        """Each day with the number of working days up to it."""
        calendar = centre._onestop_clock()
        last = self.env["onestop.dossier"]._legal_day(moment)
        day, number, numbers = last - timedelta(days=FURTHEST_DAYS), 0, {}
        while day <= last:
            number += bool(calendar.intervals(day))
            numbers[fields.Date.to_string(day)] = number
            day += timedelta(days=1)
        return numbers
