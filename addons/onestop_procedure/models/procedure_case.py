# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare, float_repr, formatLang

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
    part_ids = fields.One2many(
        "onestop.procedure.part", "case_id", string="Documents", copy=True
    )
    fee_ids = fields.One2many(
        "onestop.procedure.fee", "case_id", string="Fees", copy=True
    )
    step_ids = fields.One2many(
        "onestop.procedure.step", "case_id", string="Steps", copy=True
    )

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
    limit_hours = fields.Float(
        string="Limit in Working Hours", compute="_compute_step_hours"
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
            value, unit = case.online_time_value, case.online_time_unit
            case.online_time_text = self._time_text(value, unit) if value else False

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
            hours = case.limit_hours = case._limit_hours()
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

    def _flow(self):
        """The steps as people read them: one dictionary a step.

        :return: ``step``, ``place`` (who and where, in words), ``hours`` and ``until``
            (working hours from reception to the end of the step).
        """
        self.ensure_one()
        until, rows = 0, []
        roles = dict(self.step_ids._fields["role"]._description_selection(self.env))
        for number, step in enumerate(self.step_ids, 1):
            until += step.duration
            competent = self.version_id.procedure_id.department_id
            agency = step.department_id or (
                competent if step.activity not in ("receive", "return") else None
            )
            rows.append(
                {
                    "step": step,
                    "number": number,
                    "agency": agency.name if agency else "",
                    "role": roles.get(step.role, ""),
                    "hours": self._hours_text(step.duration),
                    "until": self._hours_text(until),
                }
            )
        return rows

    @api.model
    def _hours_text(self, hours):
        """Working hours in words, such as "12 hours (1.5 working days)"."""
        if not hours:
            return ""
        text = self.env._("%(hours)s hours", hours=self._number_text(hours))
        if hours <= HOURS_PER_WORKDAY:
            return text
        days = self._number_text(hours / HOURS_PER_WORKDAY)
        return self.env._("%(hours)s (%(days)s working days)", hours=text, days=days)

    @api.model
    def _number_text(self, number):
        """A number as the language writes it, without needless zeros."""
        digits = 0 if number == int(number) else 2
        text = formatLang(self.env, number, digits=digits)
        return text.rstrip("0").rstrip(",.") if digits else text

    def action_spread_steps(self):
        """Spread the time limit over the steps, each in proportion to what it had.

        Steps without any duration get equal shares; the last takes what rounding to
        quarters of an hour leaves.

        :raises UserError: there are no steps, or the limit is not working time.
        """
        for case in self:
            limit, steps = case._limit_hours(), case.step_ids
            if not steps:
                raise UserError(self.env._("Add the steps first."))
            if not limit:
                raise UserError(
                    self.env._(
                        "Only a time limit in working hours or working days can be "
                        "spread over steps."
                    )
                )
            total = sum(steps.mapped("duration"))
            shares = [
                step.duration / total if total else 1 / len(steps) for step in steps
            ]
            left = limit
            for step, share in zip(steps[:-1], shares, strict=False):
                step.duration = min(left, round(limit * share * 4) / 4)
                left -= step.duration
            steps[-1].duration = left
        return True

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
