# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


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
