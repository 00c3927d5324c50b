# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopProcedureMethod(models.Model):
    """A way of handing in (cách thức thực hiện), with its own time limit and fee.

    The national database has several lines for one channel; what is binding for the
    clock is the time limit of the case.
    """

    _name = "onestop.procedure.method"
    _description = "Way of handing in"
    _inherit = ["onestop.procedure.content"]
    _order = "version_id, sequence, id"

    version_id = fields.Many2one(
        "onestop.procedure.version", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    channel = fields.Selection(
        [
            ("counter", "At the counter"),
            ("online", "Online"),
            ("post", "By public post"),
        ],
        required=True,
        default="counter",
    )
    time_value = fields.Integer(string="Time Limit")
    time_unit = fields.Selection(
        selection=lambda self: (
            self.env["onestop.procedure.case"]
            ._fields["time_unit"]
            ._description_selection(self.env)
        ),
        required=True,
        default="none",
    )
    time_text = fields.Char(string="Time Allowed", compute="_compute_time_text")
    fee_text = fields.Text(string="Fee")
    note = fields.Text(string="Description")

    _time_positive = models.Constraint(
        "CHECK ((time_unit = 'none') = (time_value = 0) AND time_value >= 0)",
        "Give the time limit as a whole number above zero, or choose “No limit known”.",
    )

    @api.depends("time_value", "time_unit")
    def _compute_time_text(self):
        for method in self:
            method.time_text = self.env["onestop.procedure.case"]._time_text(
                method.time_value, method.time_unit
            )

    @api.depends("channel", "time_text")
    def _compute_display_name(self):
        labels = dict(self._fields["channel"]._description_selection(self.env))
        for method in self:
            parts = (labels.get(method.channel), method.time_text)
            method.display_name = " · ".join(filter(None, parts))
