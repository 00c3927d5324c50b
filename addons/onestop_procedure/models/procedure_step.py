# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class OnestopProcedureStep(models.Model):
    """A step of the internal process: who does what, where, in which time."""

    _name = "onestop.procedure.step"
    _description = "Step of the internal process"
    _inherit = ["onestop.procedure.content"]
    _order = "case_id.id, sequence, id"

    case_id = fields.Many2one(
        "onestop.procedure.case", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    activity = fields.Selection(
        [
            ("receive", "Reception"),
            ("appraise", "Appraisal"),
            ("consult", "Consultation"),
            ("approve", "Approval"),
            ("issue", "Issue"),
            ("stamp", "Stamping"),
            ("return", "Return of the result"),
        ],
        required=True,
    )
    name = fields.Char()
    department_id = fields.Many2one(
        "onestop.department",
        string="Agency",
        index="btree_not_null",
        ondelete="restrict",
        help="Empty: the receiving Centre for reception and return, the competent "
        "agency for the rest.",
    )
    role = fields.Selection(
        selection=lambda self: (
            self.env["onestop.membership"]
            ._fields["role"]
            ._description_selection(self.env)
        ),
    )
    duration = fields.Float(help="In working hours (8 hours are one working day).")
    onsite = fields.Boolean(string="At the Centre")
    product = fields.Char(help="What the step leaves behind: a sheet, a draft, a seal.")
    template_name = fields.Char(
        string="Template", help="Form or template that the product is made with."
    )
    signer_capacity = fields.Selection(
        [
            ("head", "Head"),
            ("tm", "TM. (on behalf of the collective)"),
            ("kt", "KT. (deputy for the head)"),
            ("tuq", "TUQ. (delegated)"),
            ("tl", "TL. (by order)"),
            ("q", "Q. (acting head)"),
        ],
        help="In which capacity the product is signed (NĐ 30/2020/NĐ-CP, Điều 13); "
        "empty when nothing is signed.",
    )
    payment_first = fields.Boolean(
        string="Fees First",
        help="The fees due are paid before this step opens.",
    )
    back_step_id = fields.Many2one(
        "onestop.procedure.step",
        string="Sent back to",
        index="btree_not_null",
        ondelete="set null",
        copy=False,
        help="Earlier step of this case that a dossier goes back to when this step "
        "does not accept it; empty for the step before.",
    )

    _duration_positive = models.Constraint(
        "CHECK (duration >= 0)", "The duration of a step cannot be negative."
    )

    @api.constrains("back_step_id", "case_id", "sequence")
    def _check_back_step(self):
        for step in self.case_id.step_ids.filtered("back_step_id"):
            back = step.back_step_id
            if back.case_id != step.case_id or (
                (back.sequence, back.id) >= (step.sequence, step.id)
            ):
                raise ValidationError(
                    self.env._(
                        "“%(step)s” can only be sent back to an earlier step of the "
                        "same case.",
                        step=step.display_name,
                    )
                )

    def _compute_display_name(self):
        labels = dict(self._fields["activity"]._description_selection(self.env))
        for step in self:
            step.display_name = step.name or labels.get(step.activity, "")
