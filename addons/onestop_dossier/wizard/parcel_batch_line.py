# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopParcelBatchLine(models.TransientModel):
    """A consignment of a post list in the making."""

    _name = "onestop.parcel.batch.line"
    _description = "Line of a post list in the making"

    batch_id = fields.Many2one(
        "onestop.parcel.batch", required=True, ondelete="cascade", index=True
    )
    dossier_id = fields.Many2one("onestop.dossier", required=True, ondelete="cascade")
    recipient = fields.Char()
    address = fields.Char()
    phone = fields.Char()
    tracking = fields.Char(string="Tracking Number")
    fee = fields.Integer(string="Postage (đ)")
    with_originals = fields.Boolean(
        string="Originals",
        help="Everything that was handed in as an original travels with the result.",
    )

    def _originals(self):
        if not self.with_originals:
            return None
        here = self.dossier_id._originals_here()
        return [{"part": p.id, "count": count} for p, count in here.items() if count]
