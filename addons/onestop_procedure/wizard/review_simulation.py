# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang

from ..models.review_stages import STAGES
from ..onsite import index_share, plan_share, shortest_list


class OnestopReviewSimulation(models.TransientModel):
    """What if these procedures go on site: the share becomes …

    Nothing is proposed until the user applies it; what he applied he can take back.
    """

    _name = "onestop.review.simulation"
    _description = "Simulation of a review round"

    review_id = fields.Many2one(
        "onestop.review", required=True, readonly=True, ondelete="cascade"
    )
    part_id = fields.Many2one(
        "onestop.review.part",
        string="Agency",
        domain="[('review_id', '=', review_id)]",
        ondelete="cascade",
        help="Empty: the whole province.",
    )
    way = fields.Selection(
        [
            ("both", "Both ways of counting"),
            ("plan", "The plan: those that regularly arise"),
            ("index", "Index 5: those in the Chair's list"),
        ],
        string="Target in",
        required=True,
        default="both",
    )
    line_ids = fields.Many2many(
        "onestop.review.line",
        string="Procedures that Go on Site",
        domain="[('review_id', '=', review_id), ('proposed_mode', '!=', 'full')]",
    )
    figures = fields.Html(compute="_compute_figures", sanitize=False)
    rule = fields.Char(compute="_compute_rule")
    undo = fields.Json(readonly=True, export_string_translation=False)
    is_applied = fields.Boolean(readonly=True)

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("line_ids", "part_id", "review_id")
    def _compute_figures(self):
        for simulation in self:
            simulation.figures = self.env["ir.qweb"]._render(
                "onestop_procedure.review_simulation_figures",
                {
                    "rows": simulation._figure_rows(),
                    "target": formatLang(
                        self.env, simulation.review_id.target, digits=1
                    ),
                },
            )

    def _compute_rule(self):
        for simulation in self:
            simulation.rule = self.env._(
                "The shortest list names the fewest procedures that reach the target. "
                "Among lists of the same length it prefers procedures that no law "
                "hinders, then those with fewer obstacles, with fewer stages to bring, "
                "and with more dossiers."
            )

    def _figure_rows(self):
        """Shares of the agencies concerned and of the province, before and after."""
        # sudo: onestop.review.line - figures of the province, no agency's content
        lines = self.review_id._origin.sudo().line_ids
        chosen = frozenset(self.line_ids._origin.ids)
        # sudo: onestop.review.part - only its name and its figures, as above
        parts = (self.part_id | self.line_ids.part_id)._origin.sudo()
        rows = [
            self._figure_row(
                part.department_id.name,
                part,
                lines.filtered(lambda line, p=part: line.part_id == p),
                chosen,
            )
            for part in parts
        ]
        return [
            *rows,
            self._figure_row(self.env._("Province"), self.review_id, lines, chosen),
        ]

    def _figure_row(self, name, record, lines, chosen):
        standings = [line._standing() for line in lines]
        record = record._origin.sudo()  # sudo: onestop.review - figures, as above
        target = self._target()
        ways = []
        for count, now in (
            (plan_share, (record.regular_full_count, record.regular_count)),
            (index_share, (record.listed_full_count, record.listed_count)),
        ):
            after = count(standings, chosen)
            ways.append(
                {
                    "now": self.review_id._share_text(*now),
                    "before": self.review_id._share_text(*self._pair(count(standings))),
                    "after": self.review_id._share_text(after.part, after.whole),
                    "met": after.reaches(target),
                }
            )
        return {"name": name, "ways": ways}

    @api.model
    def _pair(self, share):
        return share.part, share.whole

    def _target(self):
        return Fraction(round(self.review_id.target * 10), 1000)

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_shortest(self):
        """Choose the shortest list that brings the agency (or all) over the target.

        :raises UserError: even all procedures together would not reach it.
        """
        self.ensure_one()
        lines = (self.part_id or self.review_id).line_ids
        ways = ("plan", "index") if self.way == "both" else (self.way,)
        standings = [line._standing() for line in lines]
        found = shortest_list(standings, self._target(), ways)
        if found is None:
            raise UserError(self.env._("The target cannot be reached."))
        self.line_ids = lines.browse(found)
        return self._open()

    def action_clear(self):
        """Choose nothing."""
        self.line_ids = False
        return self._open()

    def action_apply(self):
        """Propose the four stages at the Centre for the chosen procedures.

        :raises UserError: nothing is chosen, or a part is not open for changes.
        :raises AccessError: the lines of another agency.
        """
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Choose at least one procedure."))
        self.line_ids.check_access("write")
        kept = [f"onsite_{stage}" for stage in STAGES]
        undo = {
            str(line.id): {name: line[name] for name in (*kept, "is_reviewed")}
            for line in self.line_ids
        }
        self.line_ids.action_propose_full()
        self.write({"undo": undo, "is_applied": True})
        return self._open()

    def action_undo(self):
        """Take back what was applied in this dialog."""
        self.ensure_one()
        for line in self.line_ids:
            line.write((self.undo or {}).get(str(line.id), {}))
        self.write({"undo": False, "is_applied": False})
        return self._open()

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What if these go on site?"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "new",
        }
