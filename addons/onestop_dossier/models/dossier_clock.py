# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json
from datetime import UTC, date, time

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.onestop_procedure import clock
from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

from ..ledger import timeline
from ..ledger.canonical import parse_instant
from ..ledger.transitions import Effect

# Which rules govern a dossier received on a day (domain: legal timeline).
RULE_SETS = (
    (date(2025, 7, 1), "nd118_2025"),  # NĐ 118/2025/NĐ-CP
    (date(2021, 12, 6), "nd61_107"),  # NĐ 107/2021/NĐ-CP amends NĐ 61/2018/NĐ-CP
    (date(2018, 6, 21), "nd61_2018"),  # NĐ 61/2018/NĐ-CP
)


def aware(moment):
    """A naive UTC datetime of the database as an aware one."""
    return moment.replace(tzinfo=UTC)


def naive(moment):
    """An aware datetime as the naive UTC that the database keeps."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else False


class OnestopDossier(models.Model):
    """The clock: due date and lateness follow from the events."""

    _inherit = "onestop.dossier"

    time_left = fields.Char(
        compute="_compute_time_left",
        help="Working time left until the due date, or by how much it is exceeded.",
    )

    # ------------------------------------------------------------
    # From events
    # ------------------------------------------------------------

    def _history(self):
        """Bodies of this dossier's events, oldest first, in one query."""
        self.env.cr.execute(
            "SELECT body FROM onestop_dossier_event WHERE dossier_id = %s "
            "ORDER BY sequence",
            [self.id],
        )
        return [json.loads(body) for [body] in self.env.cr.fetchall()]

    @api.model
    def _ticks(self, history):
        return [
            timeline.Tick(
                at=aware(parse_instant(event["occurred"])),
                agency=event["data"].get("clock", {}).get("agency"),
                data=event["data"].get("clock", {}),
            )
            for event in history
        ]

    def _clock_at(self, history):
        """The clock after ``history``."""
        return timeline.fold(self._ticks(history), self._calendar_of)

    @api.model
    def _calendar_of(self, revision_id):
        # sudo: onestop.calendar.revision - public holidays and opening hours
        return self.env["onestop.calendar.revision"].sudo().browse(revision_id)._clock()

    def _clock_values(self, act):
        """Add what the clock needs to the event; what follows for the dossier's row."""
        data = {"effect": str(act.row.effect)}
        data |= self._clock_data(act)
        data["agency"] = self._charge_after(act).id or None
        act.data["clock"] = data
        before = self._clock_at(act.history)
        tick = timeline.Tick(aware(act.now), data["agency"], data)
        after = timeline.fold([tick], self._calendar_of, start=before)
        values = {
            "due_at": naive(after.due),
            "received_at": naive(after.received),
            "finished_at": naive(after.finished),
            "timeliness": False,
        }
        if after.finished and after.due:
            values["timeliness"] = str(
                clock.timeliness(
                    after.finished, after.due, self._calendar_of(after.revision)
                )
            )
        return values

    def _clock_data(self, act):
        """What an effect on the clock has to name in the event."""
        effect = act.row.effect
        if effect is Effect.START:
            return {
                "limit": timeline.limit_data(self._limit()),
                "revision": self._calendar_revision().id,
            }
        if effect is Effect.RESUME:
            # sudo: res.company - a setting of the Centre
            setting = self.company_id.sudo().onestop_supplement_clock
            restart = self.state == "supplement" and setting == "restart"
            return {
                "variant": "restart" if restart else "shift",
                "revision": self._calendar_revision().id,
            }
        if effect is Effect.EXTEND:
            due = act.arguments["new_due"]
            statutory = act.arguments["kind"] == "statutory"
            return {"due": aware(due).isoformat()} if statutory else {}
        return {}

    def _calendar_revision(self):
        """The calendar in force at the Centre.

        :raises UserError: none is published yet.
        """
        # sudo: res.company, onestop.calendar.revision - public opening hours
        revision = self.company_id.sudo()._onestop_calendar()
        if not revision:
            raise UserError(
                self.env._(
                    "No working calendar is published for %(centre)s, so that no due "
                    "date can be computed. Publish it under Settings › Holidays and "
                    "working days.",
                    centre=self.company_id.name,
                )
            )
        return revision

    def _limit(self):
        """The time limit of the dossier's case."""
        case = self.case_id
        hours, minutes = divmod(round(case.cut_off * 60), 60)
        return clock.Limit(
            value=case.time_value,
            unit=case.time_unit,
            cut_off=time(hours, minutes) if case.cut_off else None,
            # sudo: res.company - a setting of the Centre
            appointment=self.company_id.sudo().onestop_appointment,
        )

    @api.model
    def _rule_set_on(self, day):
        """Key of the rules in force on a legal day (Viet Nam)."""
        for start, rules in RULE_SETS:
            if day >= start:
                return rules
        return RULE_SETS[-1][1]

    @api.model
    def _legal_day(self, moment):
        """The legal day (Viet Nam) of a naive UTC instant."""
        legal = self.with_context(tz=LEGAL_ZONE)
        return fields.Datetime.context_timestamp(legal, moment).date()

    # ------------------------------------------------------------
    # For the screens
    # ------------------------------------------------------------

    def _compute_time_left(self):
        now = aware(fields.Datetime.now())
        # One look a Centre, not a row: lists show this column.
        # The dossiers are read as the user; only the hours of the Centre are public.
        # sudo: res.company - public opening hours
        calendars = {
            company.id: company._onestop_clock() for company in self.company_id.sudo()
        }
        for dossier in self:
            calendar = calendars.get(dossier.company_id.id)
            dossier.time_left = dossier._time_left_text(now, calendar)

    def _time_left_text(self, now, calendar):
        if self.state == "supplement":
            return self.env._("waiting for the citizen")
        if self._is_waiting(self.state) or self.state == "withdrawing":
            return self.env._("paused")
        if not self.due_at or self.finished_at:
            return False
        left = clock.remaining(now, aware(self.due_at), calendar)
        days, hours = abs(left.days), abs(left.hours)
        if left.is_late:
            if days:
                return self.env._("%(days)s working days late", days=days)
            if hours:
                return self.env._("%(hours)s working hours late", hours=hours)
            return self.env._("late by less than an hour")
        if days:
            return self.env._("%(days)s working days left", days=days)
        if hours:
            return self.env._("%(hours)s working hours left", hours=hours)
        return self.env._("less than an hour left")
