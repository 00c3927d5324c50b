# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    """Settings of the counter when the network fails."""

    _inherit = "res.company"

    onestop_outage = fields.Boolean(
        string="Go On When the Network Fails",
        default=True,
        help="Each desk holds codes and the catalogue of procedures in its browser, "
        "and goes on receiving when the server cannot be reached.",
    )
    onestop_outage_codes = fields.Integer(
        string="Codes a Desk Holds",
        default=20,
        help="So many codes of the day are reserved for each desk. What is not used "
        "is spoiled at the end of the day; codes may have gaps.",
    )

    _onestop_outage_codes_positive = models.Constraint(
        "CHECK (onestop_outage_codes BETWEEN 1 AND 200)",
        "A desk holds between 1 and 200 codes.",
    )
