# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base.models.res_users import check_identity

from ..chain import Move

# What the Office still writes when the Centre has consolidated.
OF_THE_OFFICE = {"decision_number", "effective_from", "legal_basis", "legal_basis_ids"}


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
        reviews = super().create(vals_list)
        reviews._check_keeper()
        return reviews

    def write(self, vals):
        self._check_keeper()
        if not self.env.su:
            for review in self:
                review._check_writable(vals.keys())
        return super().write(vals)

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
        counted = self.state == "open" and names & {"threshold", "company_id"}
        own = {name for name in names if not name.startswith(("message_", "activity_"))}
        if counted or (free is not None and own - free):
            raise UserError(
                self.env._(
                    "“%(review)s” is too far on its way to be changed here.",
                    review=self.name,
                )
            )

    # ------------------------------------------------------------
    # Course
    # ------------------------------------------------------------

    @api.model
    def _moves(self):
        return {
            "open": Move(("draft",), "open", "centre"),
            "consolidate": Move(("open",), "consolidated", "centre", "office"),
            "reopen": Move(("consolidated",), "open", "centre"),
            "give_back": Move(("consolidated",), "open", "office", "centre"),
            "submit": Move(("consolidated",), "submitted", "office", "chair"),
            "refuse": Move(("submitted",), "consolidated", "chair", "office"),
            "sign": Move(("submitted",), "signed", "chair"),
            "take_effect": Move(("signed",), "in_force", "chair"),
        }

    def _chain_department(self):
        return self.env["onestop.department"]

    def _task_day(self):
        return self.period_to

    def action_open(self):
        """Open the round: a part for each agency, a line for each procedure in force.

        :raises AccessError: the user does not act for the Centre.
        """
        self.ensure_one()
        today = self.env["onestop.membership"]._today()
        self._move(
            "open",
            opened_on=today,
            counted_from=today - relativedelta(years=1),
            counted_to=today - relativedelta(days=1),
        )
        # sudo: onestop.review.part, .line - nobody else makes them
        self.sudo()._open_parts()

    def action_consolidate(self):
        """Close the round for the agencies and hand it to the Office.

        A part that was not accepted stays out: its procedures stay as they are.

        :raises UserError: a part waits for the Centre, or none was accepted.
        """
        self.ensure_one()
        # sudo: onestop.review.part - whether it waits, whoever may read it
        waiting = self.sudo().part_ids.filtered(lambda part: part.state == "handed_in")
        if waiting:
            raise UserError(
                self.env._(
                    "Accept or return the part of %(agency)s first.",
                    agency=waiting[0].department_id.name,
                )
            )
        if not self.part_accepted_count:
            raise UserError(self.env._("No agency's part was accepted yet."))
        self._move("consolidate")

    def action_reopen(self):
        """Take the round back to the agencies, as the Centre."""
        self._move("reopen")

    @api.model
    def _acts_with_words(self):
        return {
            "action_return": {
                "title": self.env._("Return to be completed"),
                "note": "required",
            }
        }

    def action_return(self, note):
        """Give the round back: the Office to the Centre, the Chair to the Office.

        :param note: what is to be completed, plain text.
        """
        self.ensure_one()
        if not (note or "").strip():
            raise UserError(self.env._("Say what is to be completed."))
        self._move("refuse" if self.state == "submitted" else "give_back", note)

    def action_submit(self):
        """Submit the draft decision to the Chair, as the Office.

        :raises UserError: the number of the decision is missing.
        """
        self.ensure_one()
        if not self.decision_number:
            raise UserError(
                self.env._("Write the number that is kept for the decision first.")
            )
        self._move("submit")

    @check_identity
    def action_sign(self):
        """Sign the Decision on the list of on-the-spot procedures, as the Chair.

        Plan of 2019, III.2. Asks for the identity of the user first.
        """
        return self._do_sign()
