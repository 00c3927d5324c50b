# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

# What the Office still writes when the Centre has consolidated.
OF_THE_OFFICE = {"decision_number", "effective_from", "legal_basis", "legal_basis_ids"}
# What follows from the steps taken.
KEPT = {
    "opened_on",
    "counted_from",
    "counted_to",
    "decision_id",
    "frequency_applied_on",
    "pooling_applied_on",
    "line_ids",
}


class OnestopReview(models.Model):
    """A round in which each agency reviews where its procedures are done.

    Plan of 2019, II.1 and III.2: the agencies review, the Centre consolidates, the
    Office submits, the Chair signs the Decision on the list, and on its day new
    versions come into force by themselves.
    """

    _name = "onestop.review"
    _description = "Review round"
    _inherit = ["onestop.chain", "onestop.review.figures"]
    _order = "period_from desc, id desc"
    _mail_post_access = "read"
    _lines_by = "review_id"

    name = fields.Char(required=True, tracking=True)
    period_from = fields.Date(required=True, tracking=True)
    period_to = fields.Date(required=True, tracking=True)
    deadline = fields.Date(
        required=True,
        tracking=True,
        help="Last day on which the agencies hand in. “Before 30/8” ends on 29/8.",
    )
    plan_id = fields.Many2one(
        "onestop.plan",
        index="btree_not_null",
        ondelete="restrict",
        help="The plan that asks for this round.",
    )
    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        required=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    legal_basis = fields.Text(
        help="One a line, as the decision will name them (Căn cứ …)."
    )
    legal_basis_ids = fields.Many2many(
        "onestop.decision", string="Legal Bases on Record"
    )
    threshold = fields.Integer(
        string="Regularly Arising from",
        required=True,
        default=lambda self: self.env.company.onestop_regular_threshold,
        help="Dossiers in 12 months from which on a procedure regularly arises.",
    )
    target = fields.Float(
        string="Target (%)",
        required=True,
        digits=(5, 1),
        default=lambda self: self.env.company.onestop_onsite_target,
    )
    remind_days = fields.Integer(
        string="Reminder (Days Before)",
        default=lambda self: self.env.company.onestop_review_remind_days,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("open", "With the agencies"),
            ("consolidated", "Consolidated by the Centre"),
            ("submitted", "Submitted to the Chair"),
            ("signed", "Signed"),
            ("in_force", "In force"),
        ],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
        index=True,
    )
    opened_on = fields.Date(readonly=True, copy=False)
    counted_from = fields.Date(
        string="Dossiers Counted from", readonly=True, copy=False
    )
    counted_to = fields.Date(string="Dossiers Counted to", readonly=True, copy=False)
    part_ids = fields.One2many("onestop.review.part", "review_id", string="Agencies")
    line_ids = fields.One2many("onestop.review.line", "review_id")
    part_count = fields.Integer(compute="_compute_parts", string="Agencies (Number)")
    part_done_count = fields.Integer(compute="_compute_parts", string="Handed In")
    part_text = fields.Char(compute="_compute_parts", string="Agencies Handed In")
    line_text = fields.Char(compute="_compute_parts", string="Procedures Reviewed")
    part_accepted_count = fields.Integer(compute="_compute_parts", string="Accepted")
    decision_number = fields.Char(
        string="Number of the Decision",
        copy=False,
        help="The number that the register of the Office keeps for it: 1523/QĐ-UBND.",
    )
    effective_from = fields.Date(
        copy=False,
        help="First day on which the list holds; empty: the day of the signature.",
    )
    decision_id = fields.Many2one(
        "onestop.decision",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )
    problem_count = fields.Integer(compute="_compute_problem_count", string="Problems")

    _deadline_in_time = models.Constraint(
        "CHECK (period_from <= period_to AND deadline >= period_from)",
        "The period ends after it begins, and the deadline is not before it.",
    )
    _figures = models.Constraint(
        "CHECK (threshold > 0 AND target BETWEEN 0 AND 100)",
        "The threshold is above zero, the target between 0 and 100 %.",
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("part_ids.state", "reviewed_count", "line_count")
    def _compute_parts(self):
        # sudo: onestop.review.part - how far the province is, no agency's content
        rows = (
            self.env["onestop.review.part"]
            .sudo()
            ._read_group(
                [("review_id", "in", self.ids)], ["review_id", "state"], ["__count"]
            )
        )
        counts = {(review.id, state): number for review, state, number in rows}
        for review in self:
            by_state = {s: n for (i, s), n in counts.items() if i == review._origin.id}
            review.part_count = sum(by_state.values())
            review.part_accepted_count = by_state.get("accepted", 0)
            review.part_done_count = review.part_accepted_count + by_state.get(
                "handed_in", 0
            )
            review.part_text = f"{review.part_done_count} / {review.part_count}"
            review.line_text = f"{review.reviewed_count} / {review.line_count}"

    @api.depends("line_ids.problem")
    def _compute_problem_count(self):
        for review in self:
            review.problem_count = self.env["onestop.review.line"].search_count(
                [("review_id", "=", review._origin.id), ("problem", "!=", False)]
            )

    def _target(self):
        return self.target

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # A caller's default_opened_on is as good as a value.
        defaults = {f"default_{name}" for name in KEPT} & self.env.context.keys()
        given = any(KEPT & vals.keys() for vals in vals_list)
        if not self.env.su and (given or defaults):
            raise UserError(self._state_is_kept())
        reviews = super().create(vals_list)
        reviews._check_keeper()
        return reviews

    def write(self, vals):
        self._check_keeper()
        if not self.env.su:
            for review in self:
                review._check_writable(vals.keys())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_keeper(self):
        self._check_keeper()

    def _check_keeper(self):
        if not (self.env.su or self._in_office("centre") or self._in_office("office")):
            raise AccessError(
                self.env._("Review rounds are kept by the Centre and by the Office.")
            )

    def _check_writable(self, names):
        free = {
            "draft": None,
            "open": None,
            "consolidated": OF_THE_OFFICE,
        }.get(self.state, set())
        counted = names & KEPT or (
            self.state == "open" and names & {"threshold", "company_id"}
        )
        own = {name for name in names if not name.startswith(("message_", "activity_"))}
        if counted or (free is not None and own - free):
            raise UserError(
                self.env._(
                    "“%(review)s” is too far on its way to be changed here.",
                    review=self.name,
                )
            )
