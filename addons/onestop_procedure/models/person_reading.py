# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopPersonReading(models.Model):
    """Read log of identity data: who read whose, and when.

    Append-only: no access right to write or delete is given to anyone, and a
    trigger refuses both (Luật BVDLCN 91/2025/QH15).
    """

    _name = "onestop.person.reading"
    _description = "Reading of identity data"
    _log_access = False
    _order = "id desc"

    person_id = fields.Many2one(
        "onestop.person", required=True, index=True, ondelete="restrict", readonly=True
    )
    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", readonly=True
    )
    read_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    field_names = fields.Char(string="Data Read", required=True, readonly=True)

    def init(self):
        self.env["onestop.database.guard"]._append_only(self._table)
