# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models

from ..view_many2many import ViewMany2many


class ResUsers(models.Model):
    _inherit = "res.users"

    onestop_membership_ids = fields.One2many(
        "onestop.membership", "user_id", string="Roles in Agencies"
    )
    onestop_department_ids = ViewMany2many(
        "onestop.department",
        relation="onestop_department_user",
        column1="user_id",
        column2="department_id",
        string="Agencies",
        readonly=True,
        copy=False,
    )
