# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError


class OnestopDossier(models.Model):
    """Acts of handling: forward, send back, assign."""

    _inherit = "onestop.dossier"

    def action_forward(self, note=None, user_id=None, place_id=None):
        """Complete the running step and open the next one.

        :param note: what the step found; required after an appraisal.
        :param user_id: id of the user who gets it; default the agency's pool.
        :param place_id: id of the place where the physical file lies from now on;
            default where it lay.
        :return: True.
        :raises UserError: the appraisal says nothing, the user has no role there, or
            the place belongs to no agency of this dossier.
        """
        self._do_forward(note, user_id, place_id)
        return True

    def action_send_back(self, reason, step_id=None):
        """Send the dossier back to an earlier appraisal.

        :param reason: what is to be done again.
        :param step_id: id of the step; default the one right before.
        :return: True.
        :raises UserError: there is no earlier step, or this is none.
        """
        self._do_send_back(reason, step_id)
        return True

    def action_assign(self, user_id, place_id=None):
        """Give the dossier to a user with a role for the running step.

        :param user_id: id of the user.
        :param place_id: id of the place where the physical file lies from now on;
            default where it lay.
        :return: True.
        :raises UserError: the user has no role for this step, or the place belongs to
            no agency of this dossier.
        """
        self._do_assign(user_id, place_id)
        return True

    # ------------------------------------------------------------
    # What the acts do
    # ------------------------------------------------------------

    def _do_forward(self, note=None, user_id=None, place_id=None):
        def values(act):
            forwarded = self._forwarded(user_id)
            # sudo: onestop.dossier - to see whose desk is next; the guards have passed
            dossier = self.sudo()
            receiving = dossier._agency_after_forward()
            return forwarded | dossier._paper_values(act, place_id, receiving)

        return self._apply("forward", texts={"note": note}, values=values)

    def _forwarded(self, user_id):
        """The step that comes next, and who gets it."""
        # sudo: onestop.dossier - to read the process; the guards have passed
        dossier = self.sudo()
        state, step = dossier._after_forward()
        self._check_next_holder(dossier, state, step, user_id)
        return {"step_id": step.id, "user_id": user_id or False}

    def _check_next_holder(self, dossier, state, step, user_id):
        if not user_id:
            return
        following = dossier.new(
            {
                "state": state,
                "step_id": step.id,
                "department_id": dossier.department_id.id,
                "support_department_id": dossier.support_department_id.id,
                "procedure_id": dossier.procedure_id.id,
            }
        )
        following._check_holder(self._user_of(user_id))

    def _user_of(self, user_id):
        # Programs send anything; a boolean is an int to Python.
        if isinstance(user_id, bool) or not isinstance(user_id, int):
            raise UserError(self.env._("Choose who gets the dossier."))
        return self.env["res.users"].browse(user_id)

    def _do_send_back(self, reason, step_id=None):
        self.ensure_one()
        self.check_access("read")
        # sudo: onestop.dossier - to read the process; _apply checks who acts
        dossier = self.sudo()
        step = dossier._step_before(None)
        if step_id:
            step = dossier._steps_before().filtered(lambda s: s.id == step_id)
            if not step:
                raise UserError(self.env._("Choose a step before the running one."))
        return self._apply(
            "send_back",
            texts={"reason": reason},
            values={"step_id": step.id, "user_id": False},
        )

    def _do_assign(self, user_id, place_id=None):
        holder = self._user_of(user_id)

        def values(act):
            # sudo: onestop.dossier - which agencies have to do with it
            paper = self.sudo()._paper_values(act, place_id)
            return {"user_id": holder.id} | paper

        return self._apply("assign", values=values, holder=holder)
