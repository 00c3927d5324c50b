# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json

from odoo import api, fields, models
from odoo.tools import format_date, format_datetime

from odoo.addons.onestop_procedure import clock

from ...ledger import timeline
from ...ledger.canonical import parse_instant
from ...ledger.transitions import Effect

ICONS = {
    "create": "fa-file-o",
    "submit": "fa-paper-plane-o",
    "receive": "fa-inbox",
    "refuse": "fa-ban",
    "forward": "fa-arrow-right",
    "send_back": "fa-arrow-left",
    "assign": "fa-user-o",
    "release": "fa-user-times",
    "recall": "fa-reply",
    "move_paper": "fa-folder-o",
    "request_supplement": "fa-pause",
    "request_payment": "fa-pause",
    "suspend": "fa-pause",
    "resume": "fa-play",
    "extend": "fa-calendar-plus-o",
    "approve": "fa-check",
    "reject": "fa-times",
    "issue": "fa-certificate",
    "record_outside": "fa-certificate",
    "return": "fa-handshake-o",
    "give_back": "fa-reply-all",
    "collect_online": "fa-download",
    "send_parcel": "fa-envelope-o",
    "record_undelivered": "fa-undo",
    "revoke_decision": "fa-undo",
    "stop": "fa-stop",
    "collect_fee": "fa-money",
    "set_fee": "fa-calculator",
    "cancel_receipt": "fa-ban",
    "refund_fee": "fa-reply",
    "expire": "fa-hourglass-end",
    "pass_on": "fa-share",
    "recalculate": "fa-calendar",
    "consult": "fa-question",
    "answer_consultation": "fa-comment-o",
    "spawn": "fa-sitemap",
    "transfer": "fa-random",
    "correct": "fa-pencil",
    "record_consent": "fa-check-square-o",
}
PAUSING = (Effect.PAUSE_CITIZEN, Effect.PAUSE_LAW)


class OnestopDossier(models.Model):
    """The dossier's story in words: what was done, and why it is due on that day."""

    _inherit = "onestop.dossier"

    story = fields.Html(
        compute="_compute_story",
        string="Acts So Far",
        sanitize=False,
        groups="base.group_user",
    )
    due_explanation = fields.Html(
        compute="_compute_due_explanation", sanitize=False, groups="base.group_user"
    )

    # ------------------------------------------------------------
    # What was done
    # ------------------------------------------------------------

    @api.depends("event_ids", "text_ids.body")
    @api.depends_context("lang", "tz")
    def _compute_story(self):
        for dossier in self:
            lines = dossier._story_lines() if dossier._origin else []
            dossier.story = self.env["ir.qweb"]._render(
                "onestop_dossier.dossier_story", {"lines": lines}
            )

    def _story_lines(self):
        """The acts, last first, as plain values for the template."""
        kinds = dict(self.env["onestop.dossier.event"]._selection_kind())
        text_kinds = dict(
            self.env["onestop.dossier.text"]
            ._fields["kind"]
            ._description_selection(self.env)
        )
        sources = dict(
            self.env["onestop.dossier.event"]
            ._fields["source"]
            ._description_selection(self.env)
        )
        lines = []
        for event in self.event_ids.sorted("sequence", reverse=True):
            data = json.loads(event.body)["data"]
            effect = data.get("clock", {}).get("effect")
            lines.append(
                {
                    "icon": ICONS.get(event.kind, "fa-circle-o"),
                    "label": kinds.get(event.kind, event.kind),
                    "at": format_datetime(
                        self.env, event.occurred_at, dt_format="dd/MM/y HH:mm"
                    ),
                    "agency": event.department_id.name,
                    # sudo: res.users - only the name of who acted
                    "actor": event.actor_id.sudo().name,
                    "paused": effect in PAUSING,
                    "source": sources[event.source] if event.source != "live" else "",
                    "texts": [
                        (text_kinds[text.kind], text.body or self.env._("(erased)"))
                        for text in event.text_ids
                    ]
                    + self._story_of_paper(data),
                }
            )
        return self._story_of_opening(lines)

    # ------------------------------------------------------------
    # Why this day
    # ------------------------------------------------------------

    @api.depends("event_ids", "due_at")
    @api.depends_context("lang", "tz")
    def _compute_due_explanation(self):
        for dossier in self:
            dossier.due_explanation = self.env["ir.qweb"]._render(
                "onestop_dossier.dossier_due_explanation",
                {"chapters": dossier._due_chapters() if dossier._origin else []},
            )

    def _due_chapters(self):
        """How the due date came about: what set or moved it, and what did not.

        One chapter an event that moved it; pauses and apologies are told as well, so
        that nobody wonders what became of them.
        """
        chapters, due, state = [], None, None
        history = self._history()
        for tick, event in zip(self._ticks(history), history, strict=True):
            state = timeline.fold([tick], self._calendar_of, start=state)
            before, due = due, event["after"]["due"]
            effect = tick.data.get("effect")
            if before == due:
                chapters += self._chapter_unmoved(event, effect, due)
                continue
            restarted = (
                effect == Effect.RESUME and tick.data.get("variant") == "restart"
            )
            days = []
            recounted = effect == Effect.RECOUNT and not state.waits
            if effect == Effect.START or restarted or recounted:
                calendar = self._calendar_of(state.revision)
                days = self._day_lines(state.counted_from, state.limit, calendar)
            chapters.append(
                {
                    "title": self._chapter_title(event, effect, restarted),
                    "at": self._local(event["occurred"]),
                    "before": self._local(before),
                    "due": self._local(due),
                    "days": days,
                }
            )
        return chapters

    def _chapter_title(self, event, effect, restarted):
        if effect == Effect.START:
            limit = timeline.limit_from(event["data"]["clock"]["limit"])
            return self.env._(
                "Received; the procedure allows %(limit)s.",
                limit=self._limit_text(limit),
            )
        if restarted:
            return self.env._("Supplemented: the time starts again.")
        if effect == Effect.RESUME:
            return self.env._("Resumed: the due date moves by the time waited.")
        if event["kind"] == "correct":
            return self.env._("Entries corrected: counted again from reception.")
        if effect == Effect.RECOUNT:
            return self.env._("The calendar has changed: counted again.")
        return self.env._("Extended by a signed decision.")

    def _chapter_unmoved(self, event, effect, due):
        """The chapter of an event on the clock that left the due date as it was."""
        if not due:
            return []
        title = {
            Effect.PAUSE_CITIZEN: self.env._("The clock stands still for the citizen."),
            Effect.PAUSE_LAW: self.env._("The clock stands still by law."),
            Effect.RESUME: self.env._("Resumed; the due date stays."),
            Effect.EXTEND: self.env._(
                "Apology with a new appointment; the legal due date stays."
            ),
            Effect.RECOUNT: self.env._("Counted again; the due date stays."),
        }.get(effect)
        if not title or (event["kind"] == "correct" and effect != Effect.RECOUNT):
            return []
        at = self._local(event["occurred"])
        # Nothing moved: no date before, and the one that stays is told above.
        return [{"title": title, "at": at, "before": "", "due": "", "days": []}]

    @api.model
    def _limit_text(self, limit):
        """A limit in words, such as “5 working days”."""
        value = limit.value
        return {
            "hour": self.env._("%(value)s working hours", value=value),
            "workday": self.env._("%(value)s working days", value=value),
            "day": self.env._("%(value)s calendar days", value=value),
            "month": self.env._("%(value)s months", value=value),
            "none": self.env._("no limit"),
        }[str(limit.unit)]

    def _local(self, text):
        moment = parse_instant(text)
        return moment and format_datetime(
            self.env, moment, dt_format="EEEE d/M/y HH:mm"
        )

    @api.model
    def _day_lines(self, start, limit, calendar):
        reasons = {
            "working": self.env._("working day"),
            "swap_work": self.env._("working day by swap"),
            "calendar_day": self.env._("calendar day"),
            "same_day": self.env._("the day of reception itself"),
            "reception": self.env._("day of reception, not counted"),
            "after_hours": self.env._("after hours"),
            "cut_off": self.env._("after the cut-off of this procedure"),
            "weekend": self.env._("weekend"),
            "holiday": self.env._("public holiday"),
            "makeup": self.env._("day off in lieu"),
            "swap_off": self.env._("day off by swap"),
        }
        return [
            {
                "day": format_date(self.env, line.date, date_format="EEEE d/M/y"),
                "counted": line.counted,
                "reason": reasons[str(line.reason)],
                "name": line.name,
                "provisional": line.provisional,
                "is_due": line.is_due,
            }
            for line in clock.explain(start, limit, calendar)
        ]
