# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..chain import Move
from .review_line import OBSTACLES
from .review_stages import STAGES


class OnestopReviewPart(models.Model):
    """An agency's part of a round: its head hands it in, the Centre accepts it."""

    _name = "onestop.review.part"
    _description = "Agency's part of a review round"
    _inherit = ["onestop.chain", "onestop.review.figures"]
    _order = "review_id desc, sequence, department_id"
    _mail_post_access = "read"
    _lines_by = "part_id"

    review_id = fields.Many2one(
        "onestop.review", required=True, index=True, ondelete="cascade", readonly=True
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Agency",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    sequence = fields.Integer(related="department_id.sequence", store=True)
    deadline = fields.Date(related="review_id.deadline", store=True)
    round_state = fields.Selection(
        related="review_id.state", string="State of the Round"
    )
    state = fields.Selection(
        [
            ("draft", "Under review"),
            ("handed_in", "Handed in"),
            ("returned", "Returned by the Centre"),
            ("accepted", "Accepted"),
        ],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
        index=True,
        group_expand="_read_group_states",
    )
    is_open = fields.Boolean(compute="_compute_is_open", string="Open for Changes")
    is_late = fields.Boolean(compute="_compute_is_open", string="Late")
    line_ids = fields.One2many("onestop.review.line", "part_id")
    reminded_on = fields.Date(readonly=True, copy=False)

    _department_unique = models.UniqueIndex(
        "(review_id, department_id)", "This agency has a part in the round already."
    )

    def _movable_to(self, department):
        """An agency has one part in a round: another's stays for the Centre."""
        own = self.search(
            Domain("review_id", "in", self.review_id.ids)
            & Domain("department_id", "=", department.id)
        )
        return self.filtered(lambda part: part.review_id not in own.review_id)

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("review_id.name", "department_id.name")
    @api.depends_context("onestop_one_round")
    def _compute_display_name(self):
        for part in self:
            names = [part.review_id.name, part.department_id.name]
            if self.env.context.get("onestop_one_round"):
                del names[0]
            part.display_name = " · ".join(filter(None, names))

    @api.depends("state", "review_id.state", "deadline")
    def _compute_is_open(self):
        today = self.env["onestop.membership"]._today()
        for part in self:
            unfinished = part.state in ("draft", "returned")
            part.is_open = unfinished and part.review_id.state == "open"
            part.is_late = (
                part.is_open and bool(part.deadline) and part.deadline < today
            )

    @api.model
    def _read_group_states(self, states, _domain):
        return [name for name, _label in self._fields["state"].selection]

    def _target(self):
        return self.review_id.target

    # ------------------------------------------------------------
    # Course
    # ------------------------------------------------------------

    @api.model
    def _moves(self):
        return {
            "hand_in": Move(("draft", "returned"), "handed_in", "head", "centre"),
            "give_back": Move(
                ("handed_in", "accepted"), "returned", "centre", "author"
            ),
            "accept": Move(("handed_in",), "accepted", "centre"),
        }

    def _task_day(self):
        return self.deadline

    def _check_round_open(self):
        if self.review_id.state != "open":
            raise UserError(self.env._("The round is not open."))

    def action_hand_in(self):
        """Hand the agency's proposals to the Centre.

        :raises UserError: a procedure was not reviewed, or the round is closed.
        :raises AccessError: the user is neither head nor deputy of the agency.
        """
        self.ensure_one()
        self.check_access("read")
        self._check_round_open()
        left = self.line_count - self.reviewed_count
        if left:
            raise UserError(
                self.env._(
                    "%(count)s procedures are not reviewed yet. Look at each of them; "
                    "those that stay as they are can be confirmed together.",
                    count=left,
                )
            )
        self._move("hand_in")

    def action_accept(self):
        """Accept the agency's proposals.

        :raises AccessError: the user does not act for the Centre.
        """
        self.ensure_one()
        self._check_round_open()
        self._move("accept")

    @api.model
    def _acts_with_words(self):
        return {
            "action_return": {
                "title": self.env._("Return to be completed"),
                "note": "required",
            }
        }

    def action_return(self, note):
        """Give the part back to the agency to be completed.

        :param reason: what is to be done, plain text.
        :raises AccessError: the user does not act for the Centre.
        """
        self.ensure_one()
        self._check_round_open()
        if not (note or "").strip():
            raise UserError(self.env._("Say what is to be completed."))
        self._move("give_back", note)

    # ------------------------------------------------------------
    # Fast work
    # ------------------------------------------------------------

    def action_open_lines(self):
        """The agency's list of procedures, to be worked through.

        :return: the window action.
        """
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "onestop_procedure.review_line_action"
        )
        return {
            **action,
            "name": self.display_name,
            "views": [
                (self.env.ref(f"onestop_procedure.{view}").id, kind)
                for view, kind in (
                    ("review_line_view_list_agency", "list"),
                    ("review_line_view_pivot", "pivot"),
                    ("review_line_view_form", "form"),
                )
            ],
            "domain": [("part_id", "=", self.id)],
            "context": {
                "search_default_by_sector": 1,
                "onestop_one_agency": True,
            },
        }

    def action_confirm_rest(self):
        """Confirm every line that nobody has looked at yet as it is proposed."""
        self.ensure_one()
        self.line_ids.filtered(lambda line: not line.is_reviewed).action_confirm()

    def action_copy_last_round(self):
        """Propose what the agency proposed in its last round, law and reasons too.

        Lines that were worked on already stay.

        :raises UserError: there is no earlier round of this agency.
        """
        self.ensure_one()
        last = self.search(
            [
                ("department_id", "=", self.department_id.id),
                ("review_id", "!=", self.review_id.id),
                ("review_id.opened_on", "<=", self.review_id.opened_on),
            ],
            order="review_id desc",
            limit=1,
        )
        if not last:
            raise UserError(self.env._("This agency has no earlier round."))
        names = [
            *(f"{what}_{s}" for s in STAGES for what in ("onsite", "reason", "basis")),
            *(f"obstacle_{name}" for name in (*OBSTACLES, "note")),
            "note",
        ]
        earlier = {line.procedure_id: line for line in last.line_ids}
        for line in self.line_ids.filtered(lambda line: not line.is_reviewed):
            before = earlier.get(line.procedure_id)
            if before:
                line.write(
                    {**{name: before[name] for name in names}, "is_reviewed": False}
                )
        return True

    def action_shortest(self):
        """Simulate the shortest list that brings the agency over the target.

        :return: the dialog of the simulation.
        """
        self.ensure_one()
        return self.review_id._open_simulation(self, shortest=True)

    def action_simulate(self):
        """Ask what the shares become if some procedures go on site.

        :return: the dialog of the simulation.
        """
        self.ensure_one()
        return self.review_id._open_simulation(self)
