# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare, float_repr

from ..catalogue.process import HOURS_PER_WORKDAY


class OnestopProcedureCase(models.Model):
    """A case (trường hợp) of a procedure, with its own parts, time, fees, steps."""

    _name = "onestop.procedure.case"
    _description = "Case of a procedure"
    _inherit = ["onestop.procedure.content"]
    _order = "version_id.id, sequence, id"

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
    online_time_value = fields.Integer(
        string="Time Limit Online",
        help="When it differs from that at the counter; empty for the same.",
    )
    online_time_unit = fields.Selection(
        selection=lambda self: self._fields["time_unit"]._description_selection(
            self.env
        ),
    )
    remote_extra = fields.Integer(
        string="More for Remote Areas",
        help="Working days added for areas with difficult conditions, as land "
        "procedures have it; 0 for none.",
    )
    no_appointment = fields.Boolean(
        string="No Day of Return",
        help="The slip names no day on which the result is returned.",
    )
    sequence_text = fields.Text(
        string="Order of Carrying out",
        help="What happens one after the other, as the national database says it.",
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
    _online_time_positive = models.Constraint(
        "CHECK (online_time_value >= 0 AND (online_time_value = 0) = "
        "(online_time_unit IS NULL OR online_time_unit = 'none'))",
        "Give the time limit online as a whole number above zero with its unit, or "
        "leave both empty.",
    )
    _remote_extra_positive = models.Constraint(
        "CHECK (remote_extra >= 0)", "The days added for remote areas are not negative."
    )
    _cut_off_hour = models.Constraint(
        "CHECK (cut_off >= 0 AND cut_off < 24)",
        "The cut-off is an hour of the day.",
    )

    time_text = fields.Char(string="Time Allowed", compute="_compute_time_text")
    online_time_text = fields.Char(
        string="Time Allowed Online", compute="_compute_online_time_text"
    )
    step_hours = fields.Float(
        string="Hours of all Steps",
        compute="_compute_step_hours",
        help="Working hours of all steps together; they sum up to the time limit.",
    )
    steps_differ = fields.Boolean(compute="_compute_step_hours")

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("time_value", "time_unit")
    def _compute_time_text(self):
        for case in self:
            case.time_text = self._time_text(case.time_value, case.time_unit)

    @api.depends("online_time_value", "online_time_unit")
    def _compute_online_time_text(self):
        for case in self:
            case.online_time_text = case.online_time_value and self._time_text(
                case.online_time_value, case.online_time_unit
            )

    @api.model
    def _time_text(self, value, unit):
        """A time limit in words."""
        texts = {
            "hour": self.env._("%(count)s working hours"),
            "workday": self.env._("%(count)s working days"),
            "day": self.env._("%(count)s calendar days"),
            "month": self.env._("%(count)s months"),
            "none": self.env._("Time limit not known"),
        }
        return texts.get(unit, "") % {"count": value}

    @api.depends("time_value", "time_unit", "step_ids.duration")
    def _compute_step_hours(self):
        for case in self:
            case.step_hours = sum(case.step_ids.mapped("duration"))
            hours = case._limit_hours()
            case.steps_differ = bool(
                hours
                and case.step_hours
                and float_compare(case.step_hours, hours, precision_digits=2)
            )

    def _limit_hours(self):
        """The time limit in working hours; 0 when it is not working time."""
        per_unit = {"hour": 1, "workday": HOURS_PER_WORKDAY}
        return per_unit.get(self.time_unit, 0) * self.time_value

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def copy(self, default=None):
        """Copy with the links between steps, which name the copied steps."""
        copies = super().copy(default)
        for case, twin in zip(self, copies, strict=True):
            twin._copy_links(case)
        return copies

    def _copy_links(self, case):
        """Link the steps of this copy as those of ``case`` are linked."""
        twins = dict(zip(case.step_ids, self.step_ids, strict=True))
        for step, twin in twins.items():
            if step.back_step_id:
                twin.back_step_id = twins[step.back_step_id]

    # ------------------------------------------------------------
    # Business methods
    # ------------------------------------------------------------

    def _check_process(self):
        """The steps of an internal process fill the time limit, no more, no less.

        :raises UserError: naming the first case where they do not.
        """
        for case in self.filtered("steps_differ"):
            raise UserError(
                self.env._(
                    "Case “%(case)s”: the steps take %(steps)s working hours, but the "
                    "time limit is %(limit)s. Make them equal.",
                    case=case.name,
                    steps=float_repr(case.step_hours, 2),
                    limit=case._limit_hours(),
                )
            )
