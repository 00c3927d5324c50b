# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.fields import Domain

from ...ledger.transitions import OPEN


class OnestopDecision(models.Model):
    """Running dossiers keep the rules of their reception; a change touches them."""

    _inherit = "onestop.decision"

    def _touched_by(self):
        touched = super()._touched_by()
        touched.append(
            (
                self.env._("Running dossiers received under these rules"),
                "onestop.dossier",
                Domain("version_id.legal_basis_ids", "in", self.ids)
                & Domain("received_at", "!=", False)
                & Domain("state", "in", OPEN),
            )
        )
        return touched
