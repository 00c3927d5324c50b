# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    onestop_department_id = fields.Many2one(
        "onestop.department",
        string="Centre",
        ondelete="restrict",
        index="btree_not_null",
        help="The receiving unit that this company stands for. Its code begins the "
        "codes of the dossiers received here.",
    )
