# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..onsite import Counters, pool_counters


class OnestopReview(models.Model):
    """Frequency classes and common counters, from real arrivals (plan III.2)."""

    _inherit = "onestop.review"

    reception_minutes = fields.Float(
        string="Reception of a Dossier (Minutes)",
        digits=(5, 1),
        default=lambda self: self.env.company.onestop_reception_minutes,
    )
    pool_count = fields.Integer(
        compute="_compute_pooling", string="Procedures at a Common Counter"
    )
    pool_arrivals = fields.Integer(
        compute="_compute_pooling", string="Their Dossiers in 12 Months"
    )
    common_counters = fields.Integer(
        compute="_compute_pooling", string="Common Counters Needed"
    )
    counters_now = fields.Integer(compute="_compute_pooling")
    counters_freed = fields.Integer(
        compute="_compute_pooling",
        help="Counters that the agencies do not need any more, less the common ones.",
    )
    staff_freed = fields.Integer(
        compute="_compute_pooling",
        help="People whom the agencies do not need at the Centre any more, less one "
        "for each common counter.",
    )
    common_busy = fields.Float(
        compute="_compute_pooling", string="Common Counters Busy"
    )
    common_wait = fields.Float(
        compute="_compute_pooling",
        string="Waiting There (Minutes)",
        help="Mean waiting time at the common counters, if dossiers come by chance "
        "(M/M/c queue).",
    )
    frequency_applied_on = fields.Date(readonly=True, copy=False)
    pooling_applied_on = fields.Date(readonly=True, copy=False)

    def _compute_pooling(self):
        for review in self:
            agencies = review._counters_by_part()
            pooling = pool_counters(
                list(agencies.values()), review.reception_minutes or 20
            )
            review.pool_count = review._pooled_count()
            review.pool_arrivals = sum(a.pooled_arrivals for a in agencies.values())
            review.counters_now = sum(a.counters for a in agencies.values())
            review.common_counters = pooling.common_counters
            review.counters_freed = pooling.counters_freed
            review.staff_freed = pooling.staff_freed
            review.common_busy = pooling.busy
            review.common_wait = pooling.wait

    def _pooled_count(self):
        # sudo: onestop.review.line - a number of the province
        lines = self.env["onestop.review.line"].sudo()
        return lines.search_count(
            [("review_id", "=", self._origin.id), ("pooled", "=", True)]
        )

    def _counters_by_part(self):
        """What each agency has at the Centre, and what would be pooled of it."""
        # sudo: onestop.review.line - numbers of the province
        rows = (
            self.env["onestop.review.line"]
            .sudo()
            ._read_group(
                [
                    ("review_id", "=", self._origin.id),
                    ("proposed_mode", "!=", "none"),
                ],
                ["part_id", "pooled"],
                ["__count", "arrivals:sum"],
            )
        )
        numbers = {}
        for part, pool, count, arrivals in rows:
            numbers.setdefault(part, {})[pool] = (count, arrivals)
        return {
            part: Counters(
                counters=part.counters,
                staff=part.staff,
                kept=found.get(False, (0, 0))[0],
                kept_arrivals=found.get(False, (0, 0))[1],
                pooled_arrivals=found.get(True, (0, 0))[1],
            )
            for part, found in numbers.items()
        }

    # ------------------------------------------------------------
    # Applying
    # ------------------------------------------------------------

    def action_apply_frequency(self):
        """Write the frequency classes of this round to the procedures, as the Centre.

        :raises AccessError: the user does not act for the Centre.
        :raises UserError: the round was not opened yet.
        """
        lines = self._lines_of_centre()
        for frequency in ("frequent", "low", "none"):
            found = lines.filtered(
                lambda line, f=frequency: (
                    line.frequency == f and line.procedure_id.frequency != f
                )
            )
            found.procedure_id.write({"frequency": frequency})
            found._log_on_procedures("frequency")
        self._stamp("frequency_applied_on")

    def action_apply_pooling(self):
        """Put the rare procedures of accepted parts at the common counter.

        :raises AccessError: the user does not act for the Centre.
        """
        lines = self._lines_of_centre().filtered(
            lambda line: line.part_id.state == "accepted"
        )
        for pooled in (True, False):
            found = lines.filtered(
                lambda line, p=pooled: (
                    line.pooled == p and line.procedure_id.pooled != p
                )
            )
            found.procedure_id.write({"pooled": pooled})
            found._log_on_procedures("pooled")
        self._stamp("pooling_applied_on")

    def _lines_of_centre(self):
        self.ensure_one()
        if not self._in_office("centre", lock=True):
            raise AccessError(self._not_in_office("centre"))
        if self.state == "draft":
            raise UserError(self.env._("The round was not opened yet."))
        # sudo: onestop.procedure - classes are the Centre's to say (plan III.2), the
        # record of the procedure is not
        return self.sudo().with_context(tracking_disable=True).line_ids

    def _stamp(self, name):
        today = self.env["onestop.membership"]._today()
        # sudo: onestop.review - the Centre was asked for above
        self.sudo().write({name: today})
