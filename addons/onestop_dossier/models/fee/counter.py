# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopCounter(models.Model):
    """A counter of a one-stop unit: where people are served and money is taken."""

    _name = "onestop.counter"
    _description = "Counter of a one-stop unit"
    _order = "department_id, sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    department_id = fields.Many2one(
        "onestop.department",
        string="One-Stop Unit",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('user_ids', 'in', [uid])]",
    )
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(department_id, name)", "This unit has a counter of this name already."
    )
