# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopLevel(models.Model):
    """A level of government that handles procedures (cấp thực hiện): a coded list."""

    _name = "onestop.level"
    _description = "Level of government"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "This code is taken.")
