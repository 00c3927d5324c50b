# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.fields import Command


class OnestopDossier(models.Model):
    """A step names an agency that has ended: whoever took over does it."""

    _inherit = "onestop.dossier"

    def _charge_of(self, state, step, competent=None):
        agency = super()._charge_of(state, step, competent)
        if step.department_id and agency == step.department_id:
            return step._department_now()
        return agency

    def _received(self, act):
        values = super()._received(act)
        # sudo: onestop.procedure.step - the internal process of the dossier
        steps = self.sudo().case_id.step_ids
        ended = steps.filtered(lambda step: step.department_id.successor_id)
        links = [Command.link(step._department_now().id) for step in ended]
        return {**values, "viewer_ids": [*values["viewer_ids"], *links]}
