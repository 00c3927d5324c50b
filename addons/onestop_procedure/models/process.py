# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..chain import Move


class OnestopProcess(models.Model):
    """Internal processes that an agency hands in under "four on the spot".

    The Centre receives and checks them, the Office submits them, the Chair approves
    them by decision, and the Centre makes them public (plan III.2-2). Each line is a
    draft version of a procedure; while it is on its way nobody edits it.
    """

    _name = "onestop.process"
    _description = "Internal processes handed in"
    _inherit = ["onestop.chain"]
    _order = "id desc"
    _mail_post_access = "read"

    name = fields.Char(string="Subject", required=True, tracking=True)
    department_id = fields.Many2one(
        "onestop.department",
        string="Agency",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env["onestop.change.request"]._default_department(),
        tracking=True,
    )
    note = fields.Text(help="What is new about these processes, and why.")
    line_ids = fields.One2many("onestop.process.line", "process_id", copy=True)
    line_count = fields.Integer(compute="_compute_counts", string="Procedures")
    full_count = fields.Integer(
        compute="_compute_counts",
        string="Four on the Spot",
        help="Procedures that are done wholly at the Centre by these processes.",
    )
    decision_id = fields.Many2one(
        "onestop.decision",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        tracking=True,
    )
    effective_on = fields.Date(
        string="In Effect from", readonly=True, copy=False, tracking=True
    )
    posting_ids = fields.One2many(
        "onestop.process.posting", "process_id", readonly=True, copy=False
    )
    state_since = fields.Datetime(
        default=lambda self: fields.Datetime.now(), readonly=True, copy=False
    )
    days_in_state = fields.Integer(compute="_compute_days_in_state")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("handed_in", "Handed in"),
            ("checked", "Checked by the Centre"),
            ("submitted", "Submitted to the Chair"),
            ("approved", "Approved"),
            ("posted", "Made public"),
        ],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
    )

    # ------------------------------------------------------------
    # Computes
    # ------------------------------------------------------------

    @api.depends("line_ids.mode_after")
    def _compute_counts(self):
        for process in self:
            process.line_count = len(process.line_ids)
            process.full_count = len(
                process.line_ids.filtered(lambda line: line.mode_after == "full")
            )

    @api.depends("state_since")
    def _compute_days_in_state(self):
        now = fields.Datetime.now()
        for process in self:
            process.days_in_state = (now - (process.state_since or now)).days

    # ------------------------------------------------------------
    # Course
    # ------------------------------------------------------------

    @api.model
    def _moves(self):
        return {
            "hand_in": Move(("draft",), "handed_in", "head", then="centre"),
            "check": Move(("handed_in",), "checked", "centre", then="office"),
            "submit": Move(("checked",), "submitted", "office", then="chair"),
            "approve": Move(("submitted",), "approved", "chair", then="centre"),
            "post": Move(("approved",), "posted", "centre"),
            # Each office that has it may return it to the agency, with its reason.
            "return_centre": Move(("handed_in",), "draft", "centre", then="author"),
            "return_office": Move(("checked",), "draft", "office", then="author"),
            "return_chair": Move(("submitted",), "draft", "chair", then="author"),
        }

    def _move(self, name, note="", **values):
        values["state_since"] = fields.Datetime.now()
        return super()._move(name, note, **values)

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        kept = {"department_id", "line_ids", "name", "note"}
        if kept.intersection(vals) and any(p.state != "draft" for p in self):
            raise UserError(
                self.env._(
                    "These processes have been handed in. They can be changed when "
                    "they are returned."
                )
            )
        return super().write(vals)
