# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models

from ..clock.dossier_step import STATE_OF_ACTIVITY


class OnestopProcedureStep(models.Model):
    _inherit = "onestop.procedure.step"

    def _first_of(self, state):
        """Of these steps, the first that stands for a state of a dossier."""
        steps = self.sorted(lambda s: (s.sequence, s.id))
        return steps.filtered(lambda s: STATE_OF_ACTIVITY[s.activity] == state)[:1]
