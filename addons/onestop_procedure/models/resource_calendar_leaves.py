# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class ResourceCalendarLeaves(models.Model):
    _inherit = "resource.calendar.leaves"

    onestop_date = fields.Date(
        string="Legal day off",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="Set when this time off follows the published calendar of the Centre.",
    )
