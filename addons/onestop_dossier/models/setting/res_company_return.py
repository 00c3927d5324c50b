# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    """Settings of the return of results."""

    _inherit = "res.company"

    onestop_identity_at_return = fields.Boolean(
        string="Identity Paper at Return",
        default=True,
        help="A result is handed over only against an identity paper, whose number is "
        "recorded (NĐ 61/2018/NĐ-CP, Điều 20).",
    )
    onestop_reminder_days = fields.Integer(
        string="Days Until a Reminder to Collect",
        default=7,
        help="When a result was not collected for so many days, its owner is reminded; "
        "again after as many days, three times at most. 0: no reminders.",
    )
    onestop_parcel_days = fields.Integer(
        string="Days Until Proof of Delivery",
        default=10,
        help="A consignment without proof of delivery after so many days is on the "
        "list of those to ask the carrier about.",
    )
    onestop_carrier = fields.Char(
        string="Carrier",
        default="Bưu điện",
        help="Who takes results by post, as on the post list (QĐ 45/2016/QĐ-TTg).",
    )
    onestop_rating_scale = fields.Selection(
        [("three", "Three answers"), ("five", "Five answers")],
        string="Scale of Ratings",
        required=True,
        default="three",
        help="Very satisfied, satisfied, not satisfied; or with two more in between.",
    )
    onestop_rating_days = fields.Integer(
        string="Days to Change a Rating",
        default=7,
        help="After so many days a rating stays as it is.",
    )

    _onestop_return_days = models.Constraint(
        "CHECK (onestop_reminder_days >= 0 AND onestop_parcel_days > 0 "
        "AND onestop_rating_days >= 0)",
        "Days are counted in whole numbers.",
    )
