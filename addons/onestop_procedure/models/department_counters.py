# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopDepartment(models.Model):
    """Places of an agency at the Centre, from which pooling is computed."""

    _inherit = "onestop.department"

    centre_counters = fields.Integer(
        string="Counters at the Centre",
        tracking=True,
        help="Counters that the agency keeps at the Centre now.",
    )
    centre_staff = fields.Integer(
        string="Staff at the Centre",
        tracking=True,
        help="People of the agency who receive at the Centre now.",
    )

    _centre_places = models.Constraint(
        "CHECK (COALESCE(centre_counters, 0) >= 0 AND COALESCE(centre_staff, 0) >= 0)",
        "Counters and staff at the Centre cannot be negative.",
    )
