# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    """Settings of the review rounds of a Centre."""

    _inherit = "res.company"

    onestop_regular_threshold = fields.Integer(
        string="Regularly Arising from (Dossiers a Year)",
        default=12,
        help="A procedure with so many dossiers in 12 months regularly arises. "
        "The plan of 2019 names no figure; a round keeps the one it was opened with.",
    )
    onestop_onsite_target = fields.Float(
        string="Target of Four on the Spot (%)",
        default=20.0,
        digits=(5, 1),
        help="Least share of procedures done fully at the Centre (plan of 2019, II.1; "
        "NĐ 61/2018, Điều 31).",
    )
    onestop_review_remind_days = fields.Integer(
        string="Reminder before the Deadline (Days)",
        default=7,
        help="So many days before the deadline of a round, the agencies that have not "
        "handed in are reminded; after the deadline again once a week.",
    )
    onestop_reception_minutes = fields.Float(
        string="Reception of a Dossier (Minutes)",
        default=20.0,
        digits=(5, 1),
        help="Working minutes that a counter needs for a dossier; from it follows how "
        "many common counters the rare procedures need.",
    )

    _onestop_review_settings = models.Constraint(
        "CHECK (onestop_regular_threshold > 0"
        " AND onestop_onsite_target BETWEEN 0 AND 100"
        " AND onestop_review_remind_days BETWEEN 0 AND 365"
        " AND onestop_reception_minutes BETWEEN 1 AND 480)",
        "The threshold is above zero, the target between 0 and 100 %, the reminder "
        "between 0 and 365 days, the reception of a dossier between 1 and 480 minutes.",
    )
