# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopProcedureVersion(models.Model):
    """What the national list says of where a version comes from, as it says it."""

    _inherit = "onestop.procedure.version"

    central_decision = fields.Char(
        string="Decision of the Issuing Body",
        help="Number of the decision by which the ministry published the procedure.",
    )
    executing_text = fields.Char(
        string="Executing Agency as Published",
        help="In the words of the national list; agencies on record that it names "
        "stand beside it.",
    )
    source_url = fields.Char(
        string="Page in the National Portal", help="Where the text was published."
    )
