# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopDecision(models.Model):
    """A legal instrument that something in the system stands on."""

    _name = "onestop.decision"
    _description = "Decision"
    _inherit = ["mail.thread"]
    _order = "date desc, number"
    _rec_names_search = ["number", "title"]

    number = fields.Char(required=True, help="Such as 1523/QĐ-UBND.", tracking=True)
    title = fields.Char(string="Subject", tracking=True)
    date = fields.Date(required=True, tracking=True)
    issuer_id = fields.Many2one(
        "onestop.department", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("publication", "Publishes procedures"),
            ("onsite_list", "List of on-the-spot procedures"),
            ("process", "Approves internal processes"),
            ("delegation", "Delegation or decentralisation"),
            ("regulation", "Regulation"),
            ("other", "Other"),
        ],
        required=True,
        default="publication",
        tracking=True,
    )
    effective_from = fields.Date(
        compute="_compute_effective_from",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
    )
    effective_to = fields.Date(tracking=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("in_force", "In force"),
            ("lapsed", "Lapsed"),
            ("replaced", "Replaced"),
        ],
        required=True,
        default="draft",
        tracking=True,
    )
    file = fields.Binary(string="Document", attachment=True)
    filename = fields.Char()

    _number_unique = models.UniqueIndex(
        "(number, date, issuer_id)", "This decision is recorded already."
    )
    _effect = models.Constraint(
        "CHECK (effective_to IS NULL OR effective_from <= effective_to)",
        "A decision cannot lapse before it takes effect.",
    )

    @api.depends("date")
    def _compute_effective_from(self):
        for decision in self:
            decision.effective_from = decision.effective_from or decision.date

    @api.depends("number", "date")
    def _compute_display_name(self):
        for decision in self:
            day = decision.date and decision.date.strftime("%d/%m/%Y")
            decision.display_name = " · ".join(filter(None, (decision.number, day)))
