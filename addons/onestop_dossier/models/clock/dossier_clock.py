# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json
from datetime import UTC, time

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.onestop_procedure import clock
from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

from ...ledger import alarms, rules, timeline
from ...ledger.canonical import parse_instant
from ...ledger.transitions import Effect


def aware(moment):
    """A naive UTC datetime of the database as an aware one."""
    return moment.replace(tzinfo=UTC)


def naive(moment):
    """An aware datetime as the naive UTC that the database keeps."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment else False


class OnestopDossier(models.Model):
    """The clock: due date and lateness follow from the events."""

    _inherit = "onestop.dossier"

    step_due_at = fields.Datetime(
        string="Step Due",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="Until when the running step is to be done, by its own time.",
    )
    citizen_due_at = fields.Datetime(
        string="Citizen Answers Until",
        readonly=True,
        copy=False,
        help="Until when the citizen has time to supplement or to pay.",
    )
    relay_at = fields.Datetime(
        string="To Be Passed On Since",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="A handler asks for a supplement; the counter has to tell the citizen.",
    )
    repeated_at = fields.Datetime(
        string="Second Supplement Asked",
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="From a second request on, the service index (QĐ 766/QĐ-TTg) counts the "
        "dossier as overdue; its legal due date is another matter.",
    )
    warn_at = fields.Datetime(
        readonly=True,
        copy=False,
        groups="base.group_user",
        help="When the next warning is due, if nothing happens before.",
    )
    is_step_late = fields.Boolean(
        compute="_compute_is_step_late", groups="base.group_user"
    )
    hand_over_due_at = fields.Datetime(
        string="Paper Handed Over Until",
        compute="_compute_hand_over_due_at",
        groups="base.group_user",
        help="The same working day, or the opening of the next one (NĐ 61/2018/NĐ-CP, "
        "Điều 18).",
    )
    _warn_idx = models.Index("(warn_at) WHERE warn_at IS NOT NULL")
    _citizen_idx = models.Index("(citizen_due_at) WHERE citizen_due_at IS NOT NULL")

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
                kind=event["kind"],
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
        if "step_id" in act.values:
            data["step"] = self._step_data(
                act.values["step_id"], act.values.get("case_id")
            )
        data["agency"] = self._charge_after(act).id or None
        act.data["clock"] = data
        before = self._clock_at(act.history)
        tick = timeline.Tick(aware(act.now), data["agency"], data, act.name)
        after = timeline.fold([tick], self._calendar_of, start=before)
        values = {
            "due_at": naive(after.due),
            "received_at": naive(after.received),
            "finished_at": naive(after.finished),
            "step_due_at": naive(after.step_due),
            "citizen_due_at": naive(after.answer_due),
            "relay_at": naive(after.relay),
            "repeated_at": naive(after.repeated),
            "timeliness": False,
        }
        ahead = alarms.alarms(after, self._calendar_of)
        values["warn_at"] = naive(ahead[0].at) if ahead else False
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
            act.data["rules"] = rules.rules_data(self._rules(act.history, act))
            return {
                "limit": timeline.limit_data(self._limit()),
                "revision": self._calendar_revision().id,
            }
        if effect is Effect.RESUME:
            setting = self._rules(act.history).supplement_clock
            restart = self.state == "supplement" and setting == "restart"
            return {
                "variant": "restart" if restart else "shift",
                "revision": self._calendar_revision().id,
            }
        if effect is Effect.EXTEND:
            due = act.arguments["new_due"]
            statutory = act.arguments["kind"] == "statutory"
            return {"due": aware(due).isoformat()} if statutory else {}
        if effect is Effect.RECOUNT:
            return self._recount_data(act)
        if effect is Effect.PAUSE_CITIZEN or act.name == "pass_on":
            return self._answer_data(act)
        return {}

    def _rules(self, history, act=None):
        """The rules of this dossier: those frozen at reception, or those of now.

        :param act: the reception under way, whose rule set is not on the row yet.
        """
        for event in history:
            if event["kind"] == "receive" and "rules" in event["data"]:
                return rules.rules_from(event["data"]["rules"])
        key = act.values.get("rule_set") if act else self.rule_set
        # sudo: res.company - settings of the Centre
        settings = self.company_id.sudo()._onestop_rules()
        return rules.rules_of(
            key or rules.key_on(self._legal_day(self._moment())), settings
        )

    def _step_data(self, step_id, case_id=None):
        """A step, its time and that of the steps after it, for the event."""
        case = self.case_id.browse(case_id) if case_id else self.case_id
        steps = case.step_ids.sorted(lambda s: (s.sequence, s.id))
        step = steps.browse(step_id or ())
        if not step:
            return None
        later = list(steps)[list(steps).index(step) + 1 :] if step in steps else []
        after = sum(s.duration for s in later if s.activity != "return")
        return {
            "id": step.id,
            "seconds": round(step.duration * 3600),
            "after": round(after * 3600),
        }

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

    def _limit(self, case=None, area=None):
        """The time limit of the dossier's case, or of the one that it gets.

        That for filing online where the procedure has one; more working days where it
        gives them to areas with difficult conditions.

        :param area: the area as it is corrected to; default that of the dossier.
        """
        area = self.area if area is None else area
        case = case or self.case_id
        hours, minutes = divmod(round(case.cut_off * 60), 60)
        online = self.channel == "online" and case.online_time_value
        return clock.Limit(
            value=case.online_time_value if online else case.time_value,
            unit=case.online_time_unit if online else case.time_unit,
            extra_days=case.remote_extra if area == "remote" else 0,
            cut_off=time(hours, minutes) if case.cut_off else None,
            # sudo: res.company - a setting of the Centre
            appointment=self.company_id.sudo().onestop_appointment,
        )

    @api.model
    def _rule_set_on(self, day):
        """Key of the rules in force on a legal day (Viet Nam)."""
        return rules.key_on(day)

    @api.model
    def _legal_day(self, moment):
        """The legal day (Viet Nam) of a naive UTC instant."""
        legal = self.with_context(tz=LEGAL_ZONE)
        return fields.Datetime.context_timestamp(legal, moment).date()

    # ------------------------------------------------------------
    # For the screens
    # ------------------------------------------------------------

    @api.depends("received_at", "state", "channel")
    def _compute_hand_over_due_at(self):
        for dossier in self:
            due = False
            if dossier.state == "received" and dossier.channel != "online":
                # sudo: onestop.dossier, res.company - rules and opening hours
                plain = dossier.sudo()
                calendar = plain.company_id._onestop_clock()
                asked = aware(dossier.received_at)
                law = plain._rules(plain._history())
                due = naive(rules.hand_over_by(asked, law, calendar))
            dossier.hand_over_due_at = due

    @api.depends("step_due_at", "state", "finished_at")
    def _compute_is_step_late(self):
        now = fields.Datetime.now()
        for dossier in self:
            dossier.is_step_late = bool(
                dossier.step_due_at
                and dossier.step_due_at < now
                and not dossier.finished_at
                and not dossier._is_waiting(dossier.state)
            )

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
