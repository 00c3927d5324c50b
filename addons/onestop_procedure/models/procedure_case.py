# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopProcedureCase(models.Model):
    """A case (trường hợp) of a procedure, with its own parts, time, fees, steps."""

    _name = "onestop.procedure.case"
    _description = "Case of a procedure"
    _inherit = ["onestop.procedure.content"]
    _order = "version_id, sequence, id"

    version_id = fields.Many2one(
        "onestop.procedure.version", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    time_value = fields.Integer(string="Time Limit")
    time_unit = fields.Selection(
        [
            ("hour", "Working hours"),
            ("workday", "Working days"),
            ("day", "Calendar days"),
            ("month", "Months"),
            ("none", "No limit known"),
        ],
        required=True,
        default="workday",
    )
    cut_off = fields.Float(
        help="Hour of the day after which reception counts as of the next working "
        "day; 0 for none.",
    )
    part_ids = fields.One2many("onestop.procedure.part", "case_id", copy=True)
    fee_ids = fields.One2many("onestop.procedure.fee", "case_id", copy=True)
    step_ids = fields.One2many("onestop.procedure.step", "case_id", copy=True)

    _time_positive = models.Constraint(
        "CHECK ((time_unit = 'none') = (time_value = 0) AND time_value >= 0)",
        "Give the time limit as a whole number above zero, or choose “No limit known”.",
    )
    _cut_off_hour = models.Constraint(
        "CHECK (cut_off >= 0 AND cut_off < 24)",
        "The cut-off is an hour of the day.",
    )
