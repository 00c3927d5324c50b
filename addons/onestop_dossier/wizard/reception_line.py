# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopReceptionLine(models.TransientModel):
    """A part on the tick list of the reception desk."""

    _name = "onestop.reception.line"
    _description = "Part at the reception desk"
    _order = "sequence, id"

    reception_id = fields.Many2one(
        "onestop.reception", required=True, ondelete="cascade"
    )
    part_id = fields.Many2one("onestop.procedure.part", required=True)
    sequence = fields.Integer(related="part_id.sequence", store=True)
    name = fields.Text(related="part_id.name")
    originals = fields.Integer(related="part_id.originals")
    copies = fields.Integer(related="part_id.copies")
    required = fields.Boolean(related="part_id.required")
    received = fields.Boolean(string="Handed In")
    finding = fields.Selection(
        [("ok", "In order"), ("missing", "Missing"), ("wrong", "Not in order")],
        compute="_compute_finding",
        store=True,
        readonly=False,
    )
    note = fields.Char()

    @api.depends("received")
    def _compute_finding(self):
        for line in self:
            if line.received and line.finding in (False, "missing"):
                line.finding = "ok"
            elif not line.received and line.finding == "ok":
                line.finding = False

    def _ticks(self):
        """What the clerk ticked, as values of the dossier's part."""
        return {"received": self.received, "finding": self.finding, "note": self.note}
