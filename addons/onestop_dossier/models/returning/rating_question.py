# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError


class OnestopRatingQuestion(models.Model):
    """A question of the satisfaction survey besides the overall one.

    The survey takes the nine indices of NĐ 61/2018/NĐ-CP, Điều 31, each answered with
    0, 1 or 2 points; a Centre may ask fewer.
    """

    _name = "onestop.rating.question"
    _description = "Question of the satisfaction survey"
    _order = "sequence, id"

    name = fields.Char(string="Question", required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    @api.model_create_multi
    def create(self, vals_list):
        self._check_leads()
        return super().create(vals_list)

    def write(self, vals):
        self._check_leads()
        return super().write(vals)

    @api.model
    def _check_leads(self):
        """An agency that is rated does not word what is asked of it."""
        if self.env.su:
            return
        # sudo: res.company - whether this very user leads a Centre
        centres = (
            self.env["res.company"]
            .sudo()
            .search([("onestop_department_id", "!=", False)])
        )
        units = centres.onestop_department_id
        if self.env.user not in units.keeper_ids:
            raise AccessError(
                self.env._("Only who leads a Centre changes what citizens are asked.")
            )
