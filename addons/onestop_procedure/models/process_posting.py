# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopProcessPosting(models.Model):
    """That internal processes were made public: where, when, by whom."""

    _name = "onestop.process.posting"
    _description = "Posting of internal processes"
    _order = "posted_on desc, id desc"

    process_id = fields.Many2one(
        "onestop.process", required=True, index=True, ondelete="restrict"
    )
    place = fields.Selection(
        [
            ("board", "Notice board of the Centre"),
            ("kiosk", "Kiosk"),
            ("portal", "Portal"),
        ],
        required=True,
        default="board",
    )
    posted_on = fields.Date(required=True)
    user_id = fields.Many2one(
        "res.users", string="Posted by", required=True, ondelete="restrict"
    )
    note = fields.Char(string="Where exactly")
