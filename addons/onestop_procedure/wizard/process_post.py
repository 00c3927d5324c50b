# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopProcessPost(models.TransientModel):
    """Where and when approved processes are made public."""

    _name = "onestop.process.post"
    _description = "Make processes public"

    process_id = fields.Many2one(
        "onestop.process",
        required=True,
        readonly=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    place = fields.Selection(
        selection=lambda self: (
            self.env["onestop.process.posting"]
            ._fields["place"]
            ._description_selection(self.env)
        ),
        required=True,
        default="board",
    )
    day = fields.Date(
        string="Posted on",
        required=True,
        default=lambda self: self.env["onestop.membership"]._today(),
    )
    note = fields.Char(string="Where exactly")

    def action_post(self):
        """Record the posting.

        :raises AccessError: the user does not act for the Centre.
        """
        self.ensure_one()
        self.process_id.action_post(self.place, self.day, self.note or "")
        return {"type": "ir.actions.act_window_close"}
