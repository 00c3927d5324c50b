# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.tools import float_round
from odoo.tools.misc import formatLang

# Sums of lines.
COUNTS = (
    "line_count",
    "reviewed_count",
    "changed_count",
    "regular_count",
    "regular_full_count",
    "regular_proposed_count",
    "listed_count",
    "listed_full_count",
    "listed_after_count",
    "listed_proposed_count",
)


class OnestopReviewFigures(models.AbstractModel):
    """Progress and shares of a round or of an agency's part, summed from its lines."""

    _name = "onestop.review.figures"
    _description = "Figures of a review"

    # Field of the lines that names the record.
    _lines_by = None

    line_count = fields.Integer(compute="_compute_figures", string="Procedures")
    reviewed_count = fields.Integer(compute="_compute_figures", string="Reviewed")
    changed_count = fields.Integer(compute="_compute_figures", string="Changed")
    progress = fields.Float(compute="_compute_figures")
    regular_count = fields.Integer(
        compute="_compute_figures", string="Regularly Arising"
    )
    regular_full_count = fields.Integer(
        compute="_compute_figures", string="of These Four on the Spot Now"
    )
    regular_proposed_count = fields.Integer(
        compute="_compute_figures", string="of These Four on the Spot as Proposed"
    )
    listed_count = fields.Integer(compute="_compute_figures", string="In the List Now")
    listed_full_count = fields.Integer(
        compute="_compute_figures", string="of the List Four on the Spot Now"
    )
    listed_after_count = fields.Integer(
        compute="_compute_figures", string="In the List as Proposed"
    )
    listed_proposed_count = fields.Integer(
        compute="_compute_figures", string="of the List Four on the Spot as Proposed"
    )
    plan_share = fields.Float(
        compute="_compute_figures",
        string="Share of the Regular Ones Now",
        help="Plan of 2019, II.1: four on the spot among the procedures whose dossiers "
        "regularly arise.",
    )
    plan_share_proposed = fields.Float(
        compute="_compute_figures", string="Share of the Regular Ones as Proposed"
    )
    index_share = fields.Float(
        compute="_compute_figures",
        string="Share of the List Now",
        help="Index 5 of NĐ 61/2018, Điều 31: four on the spot among the procedures in "
        "the Chair's list; before there is any, among those received at the Centre.",
    )
    index_share_proposed = fields.Float(
        compute="_compute_figures", string="Share of the List as Proposed"
    )
    plan_text = fields.Char(
        compute="_compute_figures",
        string="Among the Regularly Arising",
        help="Four on the spot among the procedures whose dossiers regularly arise "
        "(plan of 2019, II.1): now → as proposed.",
    )
    index_text = fields.Char(
        compute="_compute_figures",
        string="Among Those in the List",
        help="Four on the spot among the procedures in the Chair's list (index 5 of NĐ "
        "61/2018, Điều 31): now → as proposed. Before there is a list: among those "
        "received at the Centre.",
    )
    target_met = fields.Boolean(
        compute="_compute_figures",
        help="As proposed, in both ways of counting.",
    )

    @api.depends(lambda self: [f"line_ids.{name}" for name in COUNTS])
    def _compute_figures(self):
        sums = self._line_sums()
        for record in self:
            counts = dict.fromkeys(COUNTS, 0) | sums.get(record._origin.id, {})
            record.update(counts)
            shares = {
                "progress": ("reviewed_count", "line_count"),
                "plan_share": ("regular_full_count", "regular_count"),
                "plan_share_proposed": ("regular_proposed_count", "regular_count"),
                "index_share": ("listed_full_count", "listed_count"),
                "index_share_proposed": ("listed_proposed_count", "listed_after_count"),
            }
            for name, (part, whole) in shares.items():
                record[name] = counts[part] / counts[whole] if counts[whole] else 0.0
            for name, now, after in (
                ("plan_text", "plan_share", "plan_share_proposed"),
                ("index_text", "index_share", "index_share_proposed"),
            ):
                record[name] = " → ".join(
                    self._share_text(*(counts[count] for count in shares[share]))
                    for share in (now, after)
                )
            tenths = round(record._target() * 10)
            record.target_met = all(
                counts[part] * 1000 >= counts[whole] * tenths
                for part, whole in (
                    shares["plan_share_proposed"],
                    shares["index_share_proposed"],
                )
            )

    @api.model
    def _share_text(self, part, whole):
        """A share as it is read: "8/39 = 20,5 %"; a dash when there is no whole."""
        if not whole:
            return "–"
        percent = formatLang(self.env, float_round(100 * part / whole, 1), digits=1)
        return f"{part}/{whole} = {percent} %"

    def _line_sums(self):
        # sudo: onestop.review.line - sums of the province are no secret of the staff
        rows = (
            self.env["onestop.review.line"]
            .sudo()
            ._read_group(
                [(self._lines_by, "in", self._origin.ids)],
                [self._lines_by],
                [f"{name}:sum" for name in COUNTS],
            )
        )
        return {
            record.id: dict(zip(COUNTS, numbers, strict=True))
            for record, *numbers in rows
        }

    def _target(self):
        """The target in percent."""
        raise NotImplementedError
