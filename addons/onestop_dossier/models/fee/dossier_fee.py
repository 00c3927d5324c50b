# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models


class OnestopDossierFee(models.Model):
    """A fee of this dossier; paid by the act ``collect_fee`` alone."""

    _name = "onestop.dossier.fee"
    _description = "Fee of a dossier"
    _order = "dossier_id.id, id"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, index=True, ondelete="cascade"
    )
    fee_id = fields.Many2one(
        "onestop.procedure.fee", index="btree_not_null", ondelete="restrict"
    )
    name = fields.Char(required=True)
    currency_id = fields.Many2one("res.currency", required=True, ondelete="restrict")
    amount = fields.Monetary(required=True)
    collect_at = fields.Selection(
        [
            ("reception", "At reception"),
            ("supplement", "With the supplement"),
            ("return", "At return"),
        ],
        required=True,
        default="reception",
    )
    paid_at = fields.Datetime(readonly=True, copy=False)

    _amount_positive = models.Constraint(
        "CHECK (amount >= 0)", "The amount cannot be negative."
    )
