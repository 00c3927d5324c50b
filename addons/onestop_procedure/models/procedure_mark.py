# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopProcedure(models.Model):
    """A procedure that a list of the catalogue does not name any more."""

    _inherit = "onestop.procedure"

    list_mark = fields.Selection(
        [("review", "To be reviewed"), ("abolish", "To be abolished")],
        string="Missing in the List",
        copy=False,
        tracking=True,
        index="btree_not_null",
        help="An imported list of its agency does not name this procedure. Nothing "
        "else changes by itself: somebody looks into it and abolishes it, or takes "
        "the mark away.",
    )
