# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopSubject(models.Model):
    """Who may carry a procedure out (đối tượng thực hiện): the national coded list."""

    _name = "onestop.subject"
    _description = "Subject of procedures"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_unique = models.UniqueIndex("(code)", "This code is taken.")
