# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    """Settings of the Centre about money."""

    _inherit = "res.company"

    onestop_fees_first = fields.Boolean(
        string="Fees Before Hand-Over",
        help="Fees due at reception are paid before the dossier leaves the counter. "
        "Off by default: no rule of the one-stop decrees makes reception depend on "
        "payment, and who files online or by post pays by transfer afterwards; a step "
        "that has to wait for money says so in the internal process.",
    )
