# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError

# What the agency itself says of its road map (plan I.2); the rest is the Office's.
OWN = {"target_count", "target_date", "responsible_id", "note"}


class OnestopPlanLine(models.Model):
    """What an agency brings to the Centre under a plan, and how far it has come."""

    _name = "onestop.plan.line"
    _description = "Line of a plan"
    _order = "plan_id, sequence, id"

    plan_id = fields.Many2one(
        "onestop.plan", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(related="department_id.sequence", store=True)
    department_id = fields.Many2one(
        "onestop.department",
        string="Agency",
        required=True,
        index=True,
        ondelete="restrict",
    )
    target_count = fields.Integer(
        string="Procedures to Bring",
        help="How many procedures the agency brings to the Centre with all four steps.",
    )
    target_date = fields.Date(string="Until")
    responsible_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        ondelete="restrict",
        help="Who answers for it; the head of the agency when nobody is named.",
    )
    answerable_id = fields.Many2one(
        "res.users", compute="_compute_answerable_id", string="Answers for It"
    )
    note = fields.Text()
    actual_count = fields.Integer(
        compute="_compute_actual",
        string="Now at the Centre",
        help="Published procedures of the agency with all four steps at the Centre.",
    )
    frequent_count = fields.Integer(
        compute="_compute_actual", string="Regularly Arising"
    )
    full_count = fields.Integer(
        compute="_compute_actual", string="of These at the Centre"
    )
    share = fields.Float(
        compute="_compute_actual",
        string="Share (%)",
        digits=(5, 1),
        help="Procedures with all four steps at the Centre among those that regularly "
        "generate dossiers (plan II.1).",
    )
    missing_count = fields.Integer(
        compute="_compute_actual",
        string="Missing",
        help="How many more regularly arising procedures reach the target share.",
    )
    is_met = fields.Boolean(compute="_compute_actual", string="Met")

    _department_unique = models.UniqueIndex(
        "(plan_id, department_id)", "This agency has a line in the plan already."
    )
    _count = models.Constraint(
        "CHECK (target_count >= 0)", "A number of procedures cannot be negative."
    )

    @api.depends("department_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.department_id.name

    @api.depends("responsible_id", "department_id.head_id")
    def _compute_answerable_id(self):
        for line in self:
            line.answerable_id = line.responsible_id or line.department_id.head_id

    @api.depends("department_id", "target_count", "plan_id.target_share")
    def _compute_actual(self):
        counts = self.env["onestop.share.month"]._count(self.department_id)
        for line in self:
            count = counts[line.department_id.id]
            line.actual_count = count.published_full
            line.frequent_count = count.frequent
            line.full_count = count.full
            line.share = count.share
            # Tenths of a percent: 20 % of 15 is 3, whatever binary fractions say.
            tenths = round(line.plan_id.target_share * 10)
            wanted = -(-count.frequent * tenths // 1000)
            line.missing_count = max(0, wanted - count.full)
            line.is_met = (
                not line.missing_count and line.actual_count >= line.target_count
            )

    def write(self, vals):
        foreign = not self.env.su and not OWN.issuperset(vals)
        if foreign and any(not line._kept_by_user() for line in self):
            raise AccessError(
                self.env._(
                    "An agency changes its own target, date, person and note; the "
                    "rest of the plan is kept by %(office)s.",
                    office=self.plan_id.department_id[:1].name,
                )
            )
        result = super().write(vals)
        # The rules were asked before; a line must not have moved out of them.
        self.check_access("write")
        return result

    def _kept_by_user(self):
        # sudo: onestop.department - who keeps the plan is no secret of the staff
        keepers = self.plan_id.department_id.sudo().keeper_ids
        return self.env.user in keepers or self.env.user.has_group("base.group_system")
