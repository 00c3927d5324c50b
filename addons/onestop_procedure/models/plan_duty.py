# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain

from ..rhythm import periods


class OnestopPlanDuty(models.Model):
    """A duty of a plan that comes again: every week, quarter, year or “regularly”."""

    _name = "onestop.plan.duty"
    _description = "Recurring duty of a plan"
    _order = "plan_id, section, id"

    plan_id = fields.Many2one(
        "onestop.plan", required=True, index=True, ondelete="cascade"
    )
    name = fields.Text(string="What", required=True)
    section = fields.Char(help="Where it stands in the plan, such as II.6.")
    requirement_ids = fields.Many2many(
        "onestop.plan.requirement",
        string="Requirements",
        domain="[('plan_id', '=', plan_id)]",
    )
    rhythm = fields.Selection(
        [
            ("week", "Every week"),
            ("month", "Every month"),
            ("quarter", "Every quarter"),
            ("year", "Every year"),
            ("regular", "Regularly"),
        ],
        required=True,
        default="regular",
    )
    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
        ],
        string="Due On",
        required=True,
        default="4",
        help="For a duty of every week.",
    )
    each_agency = fields.Boolean(
        help="Every agency that has a line in the plan owes it."
    )
    department_ids = fields.Many2many(
        "onestop.department", string="Responsible Agencies"
    )
    coordinator_ids = fields.Many2many(
        "onestop.department",
        relation="onestop_plan_duty_coordinator",
        string="Coordinating Agencies",
    )
    start_on = fields.Date(
        string="From",
        required=True,
        default=lambda self: self.env["onestop.membership"]._today(),
        help="The first period that is asked for contains this day.",
    )
    end_on = fields.Date(string="Until")
    occurrence_ids = fields.One2many("onestop.plan.occurrence", "duty_id")
    occurrence_count = fields.Integer(compute="_compute_counts", string="Occurrences")
    late_count = fields.Integer(compute="_compute_counts", string="Late")

    _span = models.Constraint(
        "CHECK (end_on IS NULL OR start_on <= end_on)",
        "A duty cannot end before it begins.",
    )

    @api.depends("name")
    def _compute_display_name(self):
        for duty in self:
            text = (duty.name or "").partition("\n")[0]
            duty.display_name = text if len(text) < 80 else f"{text[:79]}…"

    def _compute_counts(self):
        occurrences = self.env["onestop.plan.occurrence"]
        of_these = Domain("duty_id", "in", self.ids)
        every = dict(occurrences._read_group(of_these, ["duty_id"], ["__count"]))
        late = dict(
            occurrences._read_group(
                of_these & Domain("is_late", "=", True), ["duty_id"], ["__count"]
            )
        )
        for duty in self:
            duty.occurrence_count = every.get(duty, 0)
            duty.late_count = late.get(duty, 0)

    # ------------------------------------------------------------
    # Occurrences
    # ------------------------------------------------------------

    @api.model
    def _cron_generate(self):
        """Open the occurrences whose period has begun, in every plan in force."""
        # sudo: onestop.plan.duty - duties of all agencies
        duties = self.sudo().search([("plan_id.state", "=", "in_force")])
        duties._generate(self.env["onestop.membership"]._today())

    def _generate(self, today):
        """Open what is missing up to a day; running it twice changes nothing.

        :return: the occurrences made.
        """
        wanted = []
        for duty in self:
            departments = duty._departments()
            for first, last, due in duty._periods(today):
                wanted += [
                    {
                        "duty_id": duty.id,
                        "plan_id": duty.plan_id.id,
                        "department_id": department.id,
                        "start_day": first,
                        "period_end": last,
                        "last_day": due,
                        "coordinator_ids": duty.coordinator_ids.ids,
                    }
                    for department in departments
                    if department._lives_on(last)
                ]
        # sudo: onestop.plan.occurrence - nobody makes them by hand
        occurrences = self.env["onestop.plan.occurrence"].sudo()
        present = {
            (row.duty_id.id, row.department_id.id, row.start_day)
            for row in occurrences.search([("duty_id", "in", self.ids)])
        }
        return occurrences.create(
            [
                values
                for values in wanted
                if (values["duty_id"], values["department_id"], values["start_day"])
                not in present
            ]
        )

    def _departments(self):
        self.ensure_one()
        each = self.plan_id.line_ids.department_id if self.each_agency else ()
        return self.department_ids.union(*each)

    def _periods(self, today):
        rhythm = self.rhythm
        if rhythm == "regular":
            rhythm = self.plan_id.regular_rhythm
        ends = filter(None, (today, self.end_on, self.plan_id.period_to))
        return periods(rhythm, self.start_on, min(ends), int(self.weekday))
