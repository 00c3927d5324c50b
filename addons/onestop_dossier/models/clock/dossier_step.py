# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models

# Which state a step of the internal process stands for.
STATE_OF_ACTIVITY = {
    "receive": "received",
    "appraise": "processing",
    "consult": "processing",
    "approve": "approving",
    "issue": "approved",
    "stamp": "approved",
    "return": "ready",
}
# Steps whose default place is the receiving Centre; the rest is the agency's.
CENTRE_ACTIVITIES = ("receive", "return")
ROLES_OF_STATE = {
    "received": ("receiver",),
    "processing": ("appraiser",),
    "approving": ("head", "deputy", "approver"),
    "approved": ("records", "returner"),
    "rejected": ("records", "returner"),
    "ready": ("returner",),
}


class OnestopDossier(models.Model):
    """Where a dossier is in its internal process."""

    _inherit = "onestop.dossier"

    def _charge(self):
        """The agency that has the dossier now."""
        self.ensure_one()
        return self._charge_of(self.state, self.step_id)

    def _charge_of(self, state, step, competent=None):
        competent = competent or self.department_id or self.procedure_id.department_id
        if step.department_id:
            return step.department_id
        if state in ("draft", "submitted", "received", "ready", "returned"):
            return self.support_department_id
        return competent

    def _charge_after(self, act):
        step = act.values.get("step_id", self.step_id.id)
        competent = self.department_id.browse(act.values.get("department_id") or ())
        return self._charge_of(
            act.target,
            self.env["onestop.procedure.step"].browse(step or ()),
            competent,
        )

    def _roles_of_step(self):
        return ROLES_OF_STATE.get(self.state, ())

    def _next_step(self):
        """The step after the running one; empty when there is none."""
        steps = self.case_id.step_ids.sorted(lambda s: (s.sequence, s.id))
        if not self.step_id:
            return steps[:1]
        after = list(steps)[list(steps).index(self.step_id) + 1 :]
        return after[0] if after else steps.browse()

    def _first_step_for(self, state):
        """The first step of the process that stands for ``state``."""
        return self.case_id.step_ids._first_of(state)

    def _state_of_next_step(self, act):
        """State that forwarding leads to.

        A process without a step for appraisal goes from reception to approval.
        """
        step = self._next_step()
        if STATE_OF_ACTIVITY.get(step.activity) == "processing":
            return "processing"
        return "approving"

    def _after_forward(self):
        """State and step that forwarding leads to."""
        state = self._state_of_next_step(None)
        if state == "approving":
            return state, self._first_step_for(state)
        return state, self._next_step()

    def _agency_after_forward(self):
        """The agency that has the dossier once it is forwarded."""
        return self._charge_of(*self._after_forward())

    def _steps_before(self):
        """The appraisal steps before the running one, in their order."""
        steps = self.case_id.step_ids.sorted(lambda s: (s.sequence, s.id))
        steps = steps.filtered(lambda s: STATE_OF_ACTIVITY[s.activity] == "processing")
        if self.state == "approving":
            return steps
        return steps.filtered(lambda s: s.sequence < self.step_id.sequence)

    def _step_before(self, history):
        """The appraisal step right before the running one."""
        return self._steps_before()[-1:]
