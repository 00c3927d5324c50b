# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

# Series of the numbers, one a receiving unit and year.
SERIES = {"result": "BGKQ", "dossier": "BGHS"}
# In which states there is something of the kind to hand over.
STATES = {
    "result": ("approved", "rejected", "ready"),
    "dossier": (
        "received",
        "processing",
        "supplement",
        "payment",
        "suspended",
        "approving",
        "approved",
        "rejected",
        "ready",
        "withdrawing",
    ),
}
# What handing over and receiving write, nobody types in.
COURSE = frozenset(
    {"state", "number", "giver_id", "given_at", "taker_id", "taken_at", "company_id"}
)
# What was handed over is confirmed and nothing else; what was confirmed stays.
SEALED = """
DECLARE
    free text[] := '{state,taker_id,taken_at,place_id,write_uid,write_date}';
BEGIN
    IF OLD.state = 'taken' OR (OLD.state = 'given' AND (
        TG_OP = 'DELETE' OR NEW.state = 'draft'
        OR to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free))
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'a hand-over is not changed any more';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END
"""


class OnestopHandOver(models.Model):
    """Dossiers or results that go from one office to another, confirmed by both.

    The slip of results (Phiếu bàn giao kết quả) and the record of dossiers (Biên bản
    giao nhận hồ sơ): a list, who gave and who received, when, and what differed.
    """

    _name = "onestop.hand.over"
    _description = "Hand-over of dossiers"
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char(readonly=True, copy=False)
    kind = fields.Selection(
        [("result", "Results"), ("dossier", "Dossiers on paper")],
        required=True,
        default="dossier",
    )
    state = fields.Selection(
        [
            ("draft", "Being put together"),
            ("given", "Handed over, to be confirmed"),
            ("taken", "Confirmed by both"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    company_id = fields.Many2one(
        "res.company",
        string="Centre",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
    )
    giver_department_id = fields.Many2one(
        "onestop.department",
        string="Giving Side",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('user_ids', 'in', [uid])]",
    )
    taker_department_id = fields.Many2one(
        "onestop.department",
        string="Receiving Side",
        required=True,
        index=True,
        ondelete="restrict",
    )
    giver_id = fields.Many2one(
        "res.users", string="Who Gave", readonly=True, copy=False, ondelete="restrict"
    )
    given_at = fields.Datetime(readonly=True, copy=False)
    taker_id = fields.Many2one(
        "res.users",
        string="Who Received",
        readonly=True,
        copy=False,
        ondelete="restrict",
    )
    taken_at = fields.Datetime(readonly=True, copy=False)
    place_id = fields.Many2one(
        "onestop.paper.place",
        string="The Papers Lie Now",
        ondelete="restrict",
        domain="[('department_id', '=', taker_department_id)]",
        help="Recorded for each dossier as an act, when the hand-over is confirmed.",
    )
    line_ids = fields.One2many("onestop.hand.over.line", "hand_over_id")
    line_count = fields.Integer(compute="_compute_line_count", string="Dossiers")
    is_mine_to_take = fields.Boolean(compute="_compute_is_mine_to_take")

    _two_sides = models.Constraint(
        "CHECK (giver_department_id != taker_department_id)",
        "The two sides of a hand-over are two agencies.",
    )

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._make_function("onestop_hand_over_sealed", SEALED)
        guard._make_trigger(
            self._table, "sealed", "BEFORE UPDATE OR DELETE", "onestop_hand_over_sealed"
        )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("line_ids")
    def _compute_line_count(self):
        for record in self:
            record.line_count = len(record.line_ids)

    @api.depends_context("uid")
    @api.depends("state", "taker_department_id")
    def _compute_is_mine_to_take(self):
        for record in self:
            record.is_mine_to_take = (
                record.state == "given"
                and record._works_in(record.taker_department_id)
                and record.giver_id != self.env.user
            )

    @api.depends("number", "state")
    def _compute_display_name(self):
        for record in self:
            record.display_name = record.number or self.env._("New hand-over")

    def _works_in(self, department):
        # sudo: onestop.department - whether this very user works there
        return self.env.user in department.sudo().user_ids

    # ------------------------------------------------------------
    # CRUD
    # ------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        """A hand-over of the dossiers chosen in a list, the sides as they follow."""
        values = super().default_get([name for name in fields if name not in COURSE])
        values |= {"state": "draft", "company_id": self.env.company.id}
        context = self.env.context
        if context.get("active_model") == "onestop.dossier":
            dossiers = self.env["onestop.dossier"].browse(context.get("active_ids", ()))
            values |= self._values_for(dossiers)
        return values

    @api.model
    def _values_for(self, dossiers):
        """Kind, sides and lines for these dossiers, as far as they follow."""
        kind = "dossier"
        if dossiers and all(d.state in STATES["result"] for d in dossiers):
            kind = "result"
        # sudo: onestop.dossier - which agencies have to do with them
        plain = dossiers.sudo()
        mine = plain.viewer_ids.filtered(self._works_in)
        if kind == "result":
            takers = plain.support_department_id
            givers = (mine & plain.department_id) or (mine - takers)
        else:
            takers = plain.department_id - mine
            if not takers:
                # Whoever an agency posted to the Centre works in both: papers go on.
                posted = plain.support_department_id & mine
                takers = plain.department_id if posted else plain.support_department_id
            givers = mine - takers
        return {
            "kind": kind,
            "giver_department_id": givers[:1].id,
            "taker_department_id": takers.id if len(takers) == 1 else False,
            "line_ids": [
                Command.create({"dossier_id": dossier.id}) for dossier in dossiers
            ],
        }

    @api.model_create_multi
    def create(self, vals_list):
        # A default in the caller's context is as good as a value.
        defaults = {
            name.removeprefix("default_"): value
            for name, value in self.env.context.items()
            if name.startswith("default_")
        }
        for vals in vals_list:
            self._check_course(defaults | vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_course(vals)
        fixed = vals.keys() - {"place_id", "line_ids"}
        shut = ("given", "taken") if fixed else ("taken",)
        if not self.env.su and any(r.state in shut for r in self):
            raise UserError(
                self.env._("What was handed over is not changed; confirm it or not.")
            )
        return super().write(vals)

    @api.model
    def _check_course(self, vals):
        given = {k for k in COURSE.intersection(vals) if vals[k] != "draft"}
        if given - {"company_id"} and not self.env.su:
            raise AccessError(
                self.env._("Who handed over and received follows from the act.")
            )
