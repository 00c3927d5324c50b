# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json
from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ...ledger import alarms
from .dossier_clock import naive

BATCH = 200
# Who hears of it, by the share of the time used; each level its own and those before.
ESCALATION = {
    50: ("holder",),
    80: ("holder", "deputy"),
    100: ("holder", "deputy", "head", "centre"),
}


class OnestopDossier(models.Model):
    """Warnings at 50, 80 and 100 % of the time of a step and of the whole.

    ``warn_at`` says when to look again: each act sets it, so that the cron reads only
    what has something to warn of.
    """

    _inherit = "onestop.dossier"

    @api.model
    def _cron_warn(self):
        """Warn, escalate, and draft apologies where a breach is certain."""
        # sudo: onestop.dossier - all Centres; nothing but warnings follows
        dossiers = self.sudo()
        while True:
            due = dossiers.search(
                [("warn_at", "<=", fields.Datetime.now())],
                limit=BATCH,
                order="warn_at, id",
            )
            due._warn(fields.Datetime.now())
            if not self.env["ir.cron"]._commit_progress(len(due)) or not due:
                break
        self._report_silent()
        self.env["onestop.dossier.alert"]._close_tasks()

    def _warn(self, now):
        """Raise what is to be warned of at ``now``, and say when to look again."""
        clocks = self._clocks()
        audience = self._audience()
        wanted, ahead, broken = [], {}, self.browse()
        for dossier in self:
            found = alarms.alarms(clocks[dossier.id], self._calendar_of)
            reached = [alarm for alarm in found if naive(alarm.at) <= now]
            later = [alarm for alarm in found if naive(alarm.at) > now]
            ahead[dossier.id] = naive(later[0].at) if later else None
            wanted += dossier._alerts(reached, audience, now)
            if any(alarm.kind == "breach" for alarm in reached):
                broken |= dossier
        self.env["onestop.dossier.alert"]._raise(wanted)
        broken._draft_apologies(clocks, now)
        broken._draft_consents(now)
        self._set_warn_at(ahead)

    def _alerts(self, reached, audience, now):
        """Alerts of this dossier with who hears of them: the highest level only."""
        highest = {alarm.kind: alarm.level for alarm in reached}
        found = []
        for alarm in reached:
            users = audience[self.id, alarm.level]
            if alarm.level < highest[alarm.kind] or alarm.kind == "breach":
                users = self.env["res.users"]
            values = {
                "dossier_id": self.id,
                "kind": alarm.kind,
                "level": alarm.level,
                "about": self.step_id.id if alarm.kind == "step" else 0,
                "raised_at": now,
            }
            found.append((values, users))
        return found

    def _clocks(self):
        """The clocks of these dossiers, from their events in one query."""
        self.env.cr.execute(
            "SELECT dossier_id, body FROM onestop_dossier_event "
            "WHERE dossier_id = ANY(%s) ORDER BY dossier_id, sequence",
            [self.ids],
        )
        histories = defaultdict(list)
        for dossier_id, body in self.env.cr.fetchall():
            histories[dossier_id].append(json.loads(body))
        return {d.id: self._clock_at(histories[d.id]) for d in self}

    def _audience(self):
        """Who hears of each level: {(dossier id, level): users}."""
        charge = {dossier.id: dossier._charge() for dossier in self}
        departments = self.support_department_id.union(*charge.values())
        memberships = self.env["onestop.membership"]
        leaders = defaultdict(self.env["res.users"].browse)
        for one in memberships.search(
            Domain("department_id", "in", departments.ids)
            & Domain("role", "in", ("head", "deputy"))
            & memberships._domain_current()
        ):
            leaders[one.department_id.id, one.role] |= one.user_id
        return {
            (dossier.id, level): dossier._hear(level, charge[dossier.id], leaders)
            for dossier in self
            for level in alarms.LEVELS
        }

    def _hear(self, level, charge, leaders):
        setting = self.company_id.onestop_warnings
        if setting == "none":
            return self.env["res.users"]
        found = self.user_id
        if setting == "holder":
            return found
        for who in ESCALATION[level]:
            if who in ("deputy", "head"):
                found |= leaders[charge.id, who]
            elif who == "centre":
                found |= leaders[self.support_department_id.id, "head"]
        # Nobody holds it yet: whoever leads the agency has to give it to somebody.
        return found or leaders[charge.id, "deputy"] | leaders[charge.id, "head"]

    @api.model
    def _set_warn_at(self, ahead):
        """Write when to look again, in one statement: no act, hence no event."""
        self.env.cr.execute(
            """
            UPDATE onestop_dossier SET warn_at = next.at
              FROM unnest(%s::int[], %s::timestamp[]) AS next(id, at)
             WHERE onestop_dossier.id = next.id
            """,
            [list(ahead), list(ahead.values())],
        )
        self.browse(ahead).invalidate_recordset(["warn_at"], flush=False)
