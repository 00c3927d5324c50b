# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError


class OnestopCalendarEffectLine(models.TransientModel):
    """A running dossier that counts otherwise with a calendar that came late."""

    _name = "onestop.calendar.effect.line"
    _description = "Dossier that counts otherwise"

    effect_id = fields.Many2one(
        "onestop.calendar.effect", required=True, ondelete="cascade"
    )
    dossier_id = fields.Many2one("onestop.dossier", readonly=True, ondelete="cascade")
    due_at = fields.Datetime(string="Due Now", readonly=True)
    new_due_at = fields.Datetime(string="Due Then", readonly=True)
    chosen = fields.Boolean(default=True, string="Count Again")
    is_done = fields.Boolean(string="Done", readonly=True)
    problem = fields.Char(readonly=True)

    def _apply(self, reason):
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self.dossier_id.action_recalculate(reason)
        except UserError as error:
            self.problem = str(error)
        else:
            self.write({"is_done": True, "problem": False})
