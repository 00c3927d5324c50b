# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopParcelOutcome(models.TransientModel):
    """How a consignment ended: delivered with proof, or come back."""

    _name = "onestop.parcel.outcome"
    _description = "How a consignment ended"

    parcel_id = fields.Many2one("onestop.parcel", required=True, ondelete="cascade")
    outcome = fields.Selection(
        [("delivered", "Delivered"), ("undelivered", "Came back")], required=True
    )
    receiver_name = fields.Char(
        string="Recipient",
        compute="_compute_receiver_name",
        store=True,
        readonly=False,
    )
    proof = fields.Binary(string="Proof of Delivery", attachment=False)
    proof_name = fields.Char()
    reason = fields.Text(help="What the carrier says; the citizen reads it.")

    @api.depends("parcel_id")
    def _compute_receiver_name(self):
        for wizard in self:
            wizard.receiver_name = wizard.parcel_id.recipient

    def action_do(self):
        """Record the outcome by the act of the dossier.

        :return: the action that closes this dialog.
        :raises UserError: as the act.
        """
        self.ensure_one()
        dossier = self.parcel_id.dossier_id
        if self.outcome == "delivered":
            proof = self.proof.decode() if self.proof else None
            dossier.action_record_delivery(
                self.receiver_name, None, proof, self.proof_name
            )
        else:
            dossier.action_record_undelivered(self.reason)
        return {"type": "ir.actions.act_window_close"}
