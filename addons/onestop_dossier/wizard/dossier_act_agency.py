# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError


class OnestopDossierAct(models.TransientModel):
    """What acts with other agencies ask for, and an earlier step."""

    _inherit = "onestop.dossier.act"

    department_id = fields.Many2one("onestop.department", string="Agency")
    answer_by = fields.Datetime(string="Answer Until")
    question = fields.Text(help="What you want to know; the other agency reads it.")
    asked = fields.Text(compute="_compute_asked", string="You Were Asked")
    answer = fields.Text(help="The opinion of your agency.")
    procedure_id = fields.Many2one(
        "onestop.procedure",
        string="Linked Procedure",
        domain="[('state', '=', 'published')]",
    )
    exception = fields.Text(
        string="Why an Exception",
        help="A supplement is asked for once, and soon after reception. Asked again "
        "or late it needs a reason; it stays inside.",
    )
    step_ids = fields.Many2many("onestop.procedure.step", compute="_compute_step_ids")
    step_id = fields.Many2one(
        "onestop.procedure.step",
        string="Back To",
        domain="[('id', 'in', step_ids)]",
    )

    @api.depends("dossier_id")
    def _compute_step_ids(self):
        for wizard in self:
            wizard.dossier_id.check_access("read")
            # sudo: onestop.dossier - the process of a dossier that the user reads
            wizard.step_ids = wizard.dossier_id.sudo()._steps_before()

    @api.depends("dossier_id")
    def _compute_asked(self):
        for wizard in self:
            waiting = wizard.dossier_id.consultation_ids.filtered(
                lambda c: (
                    not c.answered_at and self.env.user in c.department_id.user_ids
                )
            )
            wizard.asked = "\n".join(filter(None, waiting.mapped("question")))

    def _call_consult(self, dossier):
        if not (self.department_id and self.answer_by):
            raise UserError(self.env._("Choose the agency, and until when it answers."))
        dossier.action_consult(
            self.department_id.id,
            self.question,
            fields.Datetime.to_string(self.answer_by),
        )

    def _call_answer_consultation(self, dossier):
        return dossier.action_answer_consultation(self.answer)

    def _call_spawn(self, dossier):
        if not self.procedure_id:
            raise UserError(self.env._("Choose the procedure."))
        dossier.action_spawn(self.procedure_id.id)

    def _call_transfer(self, dossier):
        if not self.department_id:
            raise UserError(self.env._("Choose the agency that is competent."))
        return dossier.action_transfer(self.department_id.id, self.reason)

    def _call_recalculate(self, dossier):
        return dossier.action_recalculate(self.reason)

    def _call_record_consent(self, dossier):
        return dossier.action_record_consent()
