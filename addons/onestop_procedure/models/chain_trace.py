# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError


class OnestopChainTrace(models.Model):
    """Who moved a paper from which state to which, and when; append-only.

    The chatter is a convenience which a caller can switch off; this is not.
    """

    _name = "onestop.chain.trace"
    _description = "Course of a paper"
    _log_access = False
    _order = "id"

    res_model = fields.Char(required=True, export_string_translation=False)
    res_id = fields.Many2oneReference(
        model_field="res_model",
        required=True,
        index=True,
        export_string_translation=False,
    )
    department_id = fields.Many2one(
        "onestop.department",
        string="Agency",
        index=True,
        ondelete="restrict",
        help="Whose paper it is; empty for one of the whole province.",
    )
    move = fields.Char(required=True, export_string_translation=False)
    source = fields.Char(required=True, export_string_translation=False)
    target = fields.Char(required=True, export_string_translation=False)
    from_state = fields.Char(string="From", compute="_compute_states")
    to_state = fields.Char(string="To", compute="_compute_states")
    office = fields.Selection(
        [
            ("author", "Agency"),
            ("head", "Head of agency"),
            ("centre", "Centre"),
            ("office", "Office of the People's Committee"),
            ("chair", "Chair of the People's Committee"),
        ],
        required=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="By",
        required=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
        index=True,
    )
    moved_at = fields.Datetime(
        string="At", required=True, default=lambda self: fields.Datetime.now()
    )
    note = fields.Text()

    def init(self):
        self.env["onestop.database.guard"]._append_only(self._table)

    @api.depends("source", "target")
    @api.depends_context("lang")
    def _compute_states(self):
        """The states in the words of the reader's language."""
        for trace in self:
            paper = self.env[trace.res_model]
            trace.from_state = paper._state_text(trace.source)
            trace.to_state = paper._state_text(trace.target)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise AccessError(
                self.env._("The course of a paper is kept by the system.")
            )
        return super().create(vals_list)
