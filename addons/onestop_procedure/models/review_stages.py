# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from ..catalogue.process import ONSITE_MODES

# The four stages of the plan, as the steps of a process name them.
STAGES = ("receive", "appraise", "approve", "return")


class OnestopReviewStages(models.AbstractModel):
    """What is proposed for each of the four stages: place, reason, law, day."""

    _name = "onestop.review.stages"
    _description = "Stages of a proposal"

    onsite_receive = fields.Boolean(string="Reception at the Centre")
    reason_receive = fields.Char(string="Reception: Reason")
    basis_receive = fields.Char(string="Reception: Legal Basis")
    target_receive = fields.Date(string="Reception: Target Date")
    onsite_appraise = fields.Boolean(string="Appraisal at the Centre")
    reason_appraise = fields.Char(string="Appraisal: Reason")
    basis_appraise = fields.Char(string="Appraisal: Legal Basis")
    target_appraise = fields.Date(string="Appraisal: Target Date")
    onsite_approve = fields.Boolean(string="Approval at the Centre")
    reason_approve = fields.Char(string="Approval: Reason")
    basis_approve = fields.Char(string="Approval: Legal Basis")
    target_approve = fields.Date(string="Approval: Target Date")
    onsite_return = fields.Boolean(string="Return at the Centre")
    reason_return = fields.Char(string="Return: Reason")
    basis_return = fields.Char(string="Return: Legal Basis")
    target_return = fields.Date(string="Return: Target Date")

    present_stages = fields.Char(
        readonly=True,
        help="Stages at the Centre when the round was opened, separated by commas.",
        export_string_translation=False,
    )
    present_mode = fields.Selection(
        selection=lambda self: self._modes(), string="Now", readonly=True
    )
    proposed_mode = fields.Selection(
        selection=lambda self: self._modes(),
        compute="_compute_proposed_mode",
        inverse="_inverse_proposed_mode",
        store=True,
        precompute=True,
        string="Proposed",
        help="Follows from the stages at the Centre; choosing it sets the stages.",
    )
    is_changed = fields.Boolean(
        compute="_compute_is_changed",
        store=True,
        precompute=True,
        string="Changed",
        help="Another stage is at the Centre than now.",
    )

    @api.model
    def _modes(self):
        field = self.env["onestop.procedure"]._fields["onsite_mode"]
        return field._description_selection(self.env)

    @api.depends(*(f"onsite_{stage}" for stage in STAGES))
    def _compute_proposed_mode(self):
        procedures = self.env["onestop.procedure"]
        for line in self:
            stages = line._proposed_stages()
            line.proposed_mode = procedures._onsite_mode(dict.fromkeys(stages, True))

    # Apart from the mode: who writes the mode would keep this from being computed.
    @api.depends(*(f"onsite_{stage}" for stage in STAGES), "present_stages")
    def _compute_is_changed(self):
        for line in self:
            stages = ",".join(line._proposed_stages())
            line.is_changed = stages != (line.present_stages or "")

    def _inverse_proposed_mode(self):
        for line in self:
            line.update(self._stages_of(line.proposed_mode))

    @api.onchange("proposed_mode")
    def _onchange_proposed_mode(self):
        stages = dict.fromkeys(self._proposed_stages(), True)
        if self.proposed_mode and self.proposed_mode != self.env[
            "onestop.procedure"
        ]._onsite_mode(stages):
            self.update(self._stages_of(self.proposed_mode))

    @api.model
    def _stages_of(self, mode):
        return {f"onsite_{s}": s in ONSITE_MODES[mode] for s in STAGES}

    def _proposed_stages(self):
        return [stage for stage in STAGES if self[f"onsite_{stage}"]]

    def _missing_stages(self):
        """How many stages are not at the Centre yet, by the proposal."""
        return len(STAGES) - len(self._proposed_stages())
