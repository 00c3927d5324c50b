# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError


class OnestopReviewPart(models.Model):
    """Counters and staff of an agency at the Centre, now and after pooling."""

    _inherit = "onestop.review.part"

    counters = fields.Integer(
        compute="_compute_counters", inverse="_inverse_counters", string="Counters Now"
    )
    staff = fields.Integer(
        compute="_compute_counters", inverse="_inverse_counters", string="Staff Now"
    )
    counters_after = fields.Integer(
        compute="_compute_counters_after",
        string="Own Counters after Pooling",
        help="Counters now × dossiers that are not pooled ÷ all dossiers, rounded up; "
        "none when every procedure is pooled.",
    )
    staff_after = fields.Integer(
        compute="_compute_counters_after", string="Own Staff after Pooling"
    )

    @api.depends("department_id.centre_counters", "department_id.centre_staff")
    def _compute_counters(self):
        for part in self:
            part.counters = part.department_id.centre_counters
            part.staff = part.department_id.centre_staff

    def _inverse_counters(self):
        for part in self:
            # sudo: onestop.department - the Centre gives out its own counters; write()
            # asked whether it is the Centre
            part.sudo().department_id.write(
                {"centre_counters": part.counters, "centre_staff": part.staff}
            )

    def write(self, vals):
        if not self.env.su:
            said = {n for n in vals if not n.startswith(("message_", "activity_"))}
            if said - {"counters", "staff"}:
                raise AccessError(
                    self.env._("A part follows from its lines and the steps taken.")
                )
            if said and not self._in_office("centre"):
                raise AccessError(self._not_in_office("centre"))
        return super().write(vals)

    @api.depends("counters", "staff", "line_ids.pooled", "line_ids.arrivals")
    def _compute_counters_after(self):
        for review in self.review_id:
            agencies = review._counters_by_part()
            for part in self.filtered(lambda part, r=review: part.review_id == r):
                found = agencies.get(part._origin)
                part.counters_after = found.counters_after if found else part.counters
                part.staff_after = found.staff_after if found else part.staff
