# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError


class OnestopCalendarEffect(models.TransientModel):
    """Which running dossiers count otherwise with a calendar that came late.

    They keep their due dates until the head of the Centre has them counted again, by
    an act on each dossier (rules in force at reception; design rule 3).
    """

    _name = "onestop.calendar.effect"
    _description = "Effect of a calendar on running dossiers"
    _rec_name = "revision_id"

    revision_id = fields.Many2one(
        "onestop.calendar.revision", required=True, readonly=True, ondelete="cascade"
    )
    reason = fields.Text(
        help="The notice that decreed the days; the citizen reads it, too."
    )
    line_ids = fields.One2many("onestop.calendar.effect.line", "effect_id")
    count = fields.Integer(compute="_compute_counts", string="Dossiers")
    done_count = fields.Integer(compute="_compute_counts", string="Counted Again")

    @api.depends("line_ids.is_done")
    def _compute_counts(self):
        for effect in self:
            effect.count = len(effect.line_ids)
            effect.done_count = len(effect.line_ids.filtered("is_done"))

    @api.model
    def _of(self, revision):
        """Work out the effect of a revision on what the present user reads."""
        effects = self.env["onestop.dossier"]._calendar_effects(revision)
        return self.create(
            {
                "revision_id": revision.id,
                "line_ids": [
                    fields.Command.create(
                        {"dossier_id": dossier.id, "due_at": due, "new_due_at": then}
                    )
                    for dossier, due, then in effects
                ],
            }
        )

    def action_apply(self):
        """Have the chosen dossiers counted again, an act on each.

        What is refused leaves the others done, and keeps the reason in its line.

        :return: the window action that shows the outcome.
        :raises UserError: no reason is given, or the calendar is not in force any more.
        """
        self.ensure_one()
        if not self.reason:
            raise UserError(
                self.env._("Say which notice decreed the days; the citizen reads it.")
            )
        if self.revision_id.company_id._onestop_calendar() != self.revision_id:
            raise UserError(
                self.env._("A later calendar is in force by now. Open its effect.")
            )
        for line in self.line_ids.filtered(lambda ln: ln.chosen and not ln.is_done):
            line._apply(self.reason)
        return self._open()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Running dossiers"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }
