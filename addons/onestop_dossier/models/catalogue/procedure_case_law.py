# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopProcedureCase(models.Model):
    """What the articles of a procedure say on time, besides its limit."""

    _inherit = "onestop.procedure.case"

    supplement_days = fields.Integer(
        string="Working Days to Supplement",
        help="How long the citizen has to supplement; 0: as the Centre's rules say.",
    )
    extension_days = fields.Integer(
        string="Longest Extension (Working Days)",
        help="How much the law lets the time be extended at most; 0: as the Centre's "
        "rules say.",
    )
    extension_article = fields.Char(
        string="Article on Extension",
        help="The article that allows the time to be extended, and of which law.",
    )
    silence_article = fields.Char(
        string="Article on Silence",
        help="The article by which no answer in time is consent, and of which law. "
        "Empty: silence is no consent.",
    )

    _law_positive = models.Constraint(
        "CHECK (supplement_days >= 0 AND extension_days >= 0)",
        "A time cannot be negative.",
    )
