# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

ROLE_OF_ACTIVITY = {
    "receive": "receiver",
    "appraise": "appraiser",
    "consult": "appraiser",
    "approve": "head",
    "issue": "records",
    "stamp": "records",
    "return": "returner",
}


class OnestopProcedureStep(models.Model):
    """This room knows who handles dossiers."""

    _inherit = "onestop.procedure.step"

    @api.model
    def _step_role(self, activity):
        return ROLE_OF_ACTIVITY.get(activity) or super()._step_role(activity)
