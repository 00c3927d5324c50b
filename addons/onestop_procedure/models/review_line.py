# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..onsite import Standing, frequency_class
from .review_stages import STAGES

OBSTACLES = ("law", "staff", "seal", "delegation")
# What an agency says; everything else is counted or follows.
PROPOSAL = {
    "proposed_mode",
    "pooled",
    "outside_count",
    "note",
    "is_reviewed",
    "obstacle_note",
    *(f"obstacle_{name}" for name in OBSTACLES),
    *(
        f"{what}_{s}"
        for s in STAGES
        for what in ("onsite", "reason", "basis", "target")
    ),
}


class OnestopReviewLine(models.Model):
    """A procedure in a round: where its stages are, and where they are proposed.

    Everything that a share is counted from stands here as a number, so that any
    grouping of lines adds up to it.
    """

    _name = "onestop.review.line"
    _description = "Reviewed procedure"
    _inherit = ["onestop.review.stages"]
    _order = "review_id desc, department_id, sector_id, procedure_id"

    part_id = fields.Many2one(
        "onestop.review.part", required=True, index=True, ondelete="cascade"
    )
    review_id = fields.Many2one(
        "onestop.review", required=True, index=True, ondelete="cascade", readonly=True
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Competent Agency",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    sector_id = fields.Many2one(
        "onestop.sector", required=True, ondelete="restrict", readonly=True
    )
    procedure_id = fields.Many2one(
        "onestop.procedure",
        required=True,
        index=True,
        ondelete="restrict",
        readonly=True,
    )
    code = fields.Char(related="procedure_id.code")
    version_id = fields.Many2one(
        "onestop.procedure.version",
        string="Version Reviewed",
        ondelete="restrict",
        readonly=True,
    )
    decision_id = fields.Many2one(
        related="version_id.decision_id", string="Publishing Decision"
    )
    state = fields.Selection(related="part_id.state", string="State of the Part")
    dossier_count = fields.Integer(
        string="Dossiers Counted",
        readonly=True,
        help="Dossiers received here in the 12 months before the round.",
    )
    outside_count = fields.Integer(
        string="Dossiers Elsewhere",
        help="Dossiers of these 12 months that were received outside this system, as "
        "the agency reports them.",
    )
    arrivals = fields.Integer(
        compute="_compute_frequency",
        store=True,
        precompute=True,
        string="Dossiers in 12 Months",
    )
    frequency = fields.Selection(
        selection=lambda self: (
            self.env["onestop.procedure"]
            ._fields["frequency"]
            ._description_selection(self.env)
        ),
        compute="_compute_frequency",
        store=True,
        precompute=True,
        help="By the dossiers of 12 months and the threshold of the round.",
    )
    is_listed = fields.Boolean(
        string="In the Chair's List",
        readonly=True,
        help="In the list in force when the round was opened; before there was any, "
        "every procedure received at the Centre.",
    )
    pooled = fields.Boolean(
        string="Common Counter",
        help="Received by staff of the Centre at a common counter (plan III.2); "
        "proposed where dossiers arise rarely or never.",
    )
    is_reviewed = fields.Boolean(string="Reviewed")
    note = fields.Char(string="Reason")
    obstacle_law = fields.Boolean(string="Obstacle: Law")
    obstacle_staff = fields.Boolean(string="Obstacle: Staff")
    obstacle_seal = fields.Boolean(string="Obstacle: Seal")
    obstacle_delegation = fields.Boolean(string="Obstacle: No Delegation")
    obstacle_note = fields.Char(string="Obstacles in Words")
    new_version_id = fields.Many2one(
        "onestop.procedure.version",
        string="Version Made",
        ondelete="restrict",
        index="btree_not_null",
        readonly=True,
    )
    problem = fields.Char(
        string="Not Put in Force", readonly=True, help="Why no version could be made."
    )

    line_count = fields.Integer(string="Procedures", default=1, readonly=True)
    reviewed_count = fields.Integer(
        compute="_compute_counts",
        store=True,
        precompute=True,
        string="Reviewed (Number)",
    )
    changed_count = fields.Integer(
        compute="_compute_counts",
        store=True,
        precompute=True,
        string="Changed (Number)",
    )
    regular_count = fields.Integer(
        compute="_compute_counts",
        store=True,
        precompute=True,
        string="Regularly Arising",
    )
    regular_full_count = fields.Integer(
        compute="_compute_counts",
        store=True,
        precompute=True,
        string="Regular, Four on the Spot Now",
    )
    regular_proposed_count = fields.Integer(
        compute="_compute_counts",
        store=True,
        precompute=True,
        string="Regular, Four on the Spot Proposed",
    )
    listed_count = fields.Integer(
        compute="_compute_counts", store=True, precompute=True, string="In the List Now"
    )
    listed_full_count = fields.Integer(
        compute="_compute_counts",
        store=True,
        precompute=True,
        string="In the List, Four on the Spot Now",
    )
    listed_after_count = fields.Integer(
        compute="_compute_counts",
        store=True,
        precompute=True,
        string="In the List as Proposed",
    )
    listed_proposed_count = fields.Integer(
        compute="_compute_counts",
        store=True,
        precompute=True,
        string="In the List, Four on the Spot Proposed",
    )

    _procedure_unique = models.UniqueIndex(
        "(review_id, procedure_id)", "This procedure has a line in the round already."
    )
    _outside = models.Constraint(
        "CHECK (outside_count >= 0)", "A number of dossiers cannot be negative."
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("procedure_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.procedure_id.display_name

    @api.depends("dossier_count", "outside_count", "review_id.threshold")
    def _compute_frequency(self):
        for line in self:
            line.arrivals = line.dossier_count + line.outside_count
            line.frequency = frequency_class(line.arrivals, line.review_id.threshold)

    @api.depends(
        "is_reviewed",
        "is_changed",
        "frequency",
        "is_listed",
        "present_mode",
        "proposed_mode",
    )
    def _compute_counts(self):
        for line in self:
            regular = line.frequency == "frequent"
            full, proposed = line.present_mode == "full", line.proposed_mode == "full"
            after = line._is_listed_after()
            line.reviewed_count = line.is_reviewed
            line.changed_count = line.is_changed
            line.regular_count = regular
            line.regular_full_count = regular and full
            line.regular_proposed_count = regular and proposed
            line.listed_count = line.is_listed
            line.listed_full_count = line.is_listed and full
            line.listed_after_count = after
            line.listed_proposed_count = after and proposed

    def _is_listed_after(self):
        # A procedure leaves the list when nothing of it is at the Centre any more.
        return self.proposed_mode != "none"

    def _standing(self):
        """The line as :mod:`..onsite` counts it, with the proposal made so far."""
        return Standing(
            key=self.id,
            regular=self.frequency == "frequent",
            listed=self._is_listed_after(),
            full=self.proposed_mode == "full",
            arrivals=self.arrivals,
            missing=self._missing_stages(),
            obstacles=sum(self[f"obstacle_{name}"] for name in OBSTACLES),
            law=self.obstacle_law,
        )

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    def write(self, vals):
        if not self.env.su:
            foreign = vals.keys() - PROPOSAL
            if foreign:
                raise AccessError(
                    self.env._("What was counted when the round was opened stays.")
                )
            self._check_open()
        if not vals.keys().isdisjoint(PROPOSAL):
            vals = {"is_reviewed": True, **vals}
        return super().write(vals)

    def _check_open(self):
        # Whoever hands the part in waits for this change, or this one fails and is
        # tried again: nothing changes behind a head who handed in.
        self.env.cr.execute(
            SQL(
                "SELECT id FROM onestop_review_part WHERE id = ANY(%s) FOR SHARE",
                self.part_id.ids,
            )
        )
        closed = self.part_id.filtered(lambda part: not part.is_open)
        if closed:
            raise UserError(
                self.env._(
                    "“%(part)s” is not open for changes: handed in, or the round "
                    "is closed. The Centre can return it.",
                    part=closed[0].display_name,
                )
            )

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_confirm(self):
        """Say that these lines were reviewed and stay as they are proposed."""
        self.write({"is_reviewed": True})

    def action_propose_full(self):
        """Propose the four stages at the Centre for these lines."""
        self.write({"proposed_mode": "full"})

    def action_propose_present(self):
        """Take the proposals back: the stages stay where they are now."""
        for stages in set(self.mapped("present_stages")):
            lines = self.filtered(lambda line, s=stages: line.present_stages == s)
            at_centre = (stages or "").split(",")
            lines.write({f"onsite_{stage}": stage in at_centre for stage in STAGES})

    def action_simulate(self):
        """Ask what the shares become if these lines go on site.

        :return: the dialog of the simulation.
        """
        return self.review_id[:1]._open_simulation(self.part_id[:1], self)
