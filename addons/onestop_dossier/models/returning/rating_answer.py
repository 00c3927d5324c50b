# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopRatingAnswer(models.Model):
    """The answer to one question of a rating: 0, 1 or 2 points."""

    _name = "onestop.rating.answer"
    _description = "Answer of a rating"
    _order = "rating_id, id"

    rating_id = fields.Many2one(
        "rating.rating", required=True, readonly=True, index=True, ondelete="cascade"
    )
    question_id = fields.Many2one(
        "onestop.rating.question",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    points = fields.Integer(required=True, readonly=True, aggregator="avg")

    _once = models.UniqueIndex("(rating_id, question_id)")
    _points_range = models.Constraint(
        "CHECK (points BETWEEN 0 AND 2)", "A question is answered with 0, 1 or 2."
    )
