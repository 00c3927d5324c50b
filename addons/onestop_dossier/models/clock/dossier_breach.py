# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models

from odoo.addons.onestop_procedure import clock

from ...ledger import alarms
from .dossier_clock import aware, naive

WORKDAY = clock.SECONDS_PER_WORKDAY
# Working days proposed for the new appointment, where the steps name no time.
PROPOSED_DAYS = 3


class OnestopDossier(models.Model):
    """A promise that will not be kept: who used the time, and the apology for it.

    The apology (form 04) is drafted by itself when the breach is certain, and signed
    by the head of the agency that is late. The breach stays in the statistics.
    """

    _inherit = "onestop.dossier"

    def _draft_apologies(self, clocks, now):
        """Draft the apology of each dossier that has none yet.

        :param clocks: id -> :class:`~..ledger.clock_state.Clock`.
        :param now: naive UTC.
        """
        drafts = self.env["onestop.dossier.draft"]
        # sudo: onestop.dossier.draft - whether one was drafted
        had = drafts.sudo().search(
            [("dossier_id", "in", self.ids), ("kind", "=", "apology")]
        )
        waited = self._partners(now)
        vals_list = []
        for dossier in (self - had.dossier_id).filtered(lambda d: not d.appointment_at):
            state = clocks[dossier.id]
            used = alarms.account(
                state, aware(now), self._calendar_of, waited.get(dossier.id)
            )
            vals_list.append(
                {
                    "dossier_id": dossier.id,
                    "kind": "apology",
                    "department_id": dossier._charge().id,
                    "step_id": used["step"],
                    "used": used,
                    "old_due": dossier.due_at,
                    "new_due": dossier._proposed_due(state, now),
                    "reason": dossier._in_form_language()._apology_reason(used),
                }
            )
        drafts._prepare_drafts(vals_list)

    def _proposed_due(self, state, now):
        """A new appointment that the steps that are left can keep."""
        calendar = self._calendar_of(state.revision)
        left = max(state.step_limit - state.step_used, 0) + state.step_after
        days = -(-left // WORKDAY) or PROPOSED_DAYS
        start = max(aware(now), state.due)
        limit = clock.Limit(days, clock.Unit.WORKDAY)
        return naive(clock.due_at(start, limit, calendar))

    def _apology_reason(self, used):
        step = self.env["onestop.procedure.step"].browse(used["step"] or ())
        late = self.env["onestop.department"].browse(used["agency"] or ())
        return self.env._(
            "The step “%(step)s” at %(agency)s took longer than foreseen.",
            step=step.display_name or self.env._("Handling"),
            agency=(late or self._charge()).name,
        )

    def _used_lines(self, used):
        """Who used how much, in words, for the screen.

        :param used: what :func:`~..ledger.alarms.account` returned.
        :return: list of dictionaries ``name``, ``time``, ``late``.
        """
        departments = self.env["onestop.department"]
        steps = self.env["onestop.procedure.step"]
        lines = [
            {
                "name": self.env._(
                    "%(step)s (%(agency)s)",
                    step=steps.browse(run["step"]).display_name,
                    agency=departments.browse(run["agency"] or ()).name or "–",
                ),
                "time": self._working_time(run["used"]),
                "late": bool(run["over"]),
            }
            for run in used.get("steps", ())
        ]
        names = {
            "agencies": self.env._("In all, %(agency)s"),
            "partners": self.env._("Waiting for the opinion of %(agency)s"),
        }
        for key, name in names.items():
            for agency, seconds in used.get(key, {}).items():
                agency = departments.browse(int(agency)) if agency != "None" else None
                lines.append(
                    {
                        "name": name % {"agency": agency.name if agency else "–"},
                        "time": self._working_time(seconds),
                        "late": False,
                    }
                )
        for key, name in (
            ("citizen", self.env._("The citizen")),
            ("law", self.env._("Suspended by law")),
        ):
            if used.get(key):
                time = self._working_time(used[key])
                lines.append({"name": name, "time": time, "late": False})
        return lines

    def _working_time(self, seconds):
        days, rest = divmod(seconds, WORKDAY)
        hours, rest = divmod(rest, 3600)
        return self.env._(
            "%(days)s working days %(hours)s h %(minutes)s min",
            days=days,
            hours=hours,
            minutes=rest // 60,
        )
