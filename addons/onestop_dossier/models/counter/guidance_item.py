# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopGuidanceItem(models.Model):
    """A paper that a guidance asks for: a line of form 02."""

    _name = "onestop.guidance.item"
    _description = "Paper asked for at the counter"
    _order = "guidance_id, sequence, id"

    guidance_id = fields.Many2one(
        "onestop.guidance", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    part_id = fields.Many2one(
        "onestop.procedure.part", index="btree_not_null", ondelete="restrict"
    )
    name = fields.Text(required=True)
    originals = fields.Integer()
    certified = fields.Integer(string="Certified Copies")
    copies = fields.Integer(string="Photocopies")
    note = fields.Char(help="What is wrong with it, in words for the citizen.")
