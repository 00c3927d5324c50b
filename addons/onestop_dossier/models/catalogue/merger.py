# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.fields import Domain


class OnestopMerger(models.Model):
    """Dossiers received since a merger stand in the way of taking it back."""

    _inherit = "onestop.merger"

    def _undo_obstacles(self):
        obstacles = super()._undo_obstacles()
        moved = self.item_ids._records_of("onestop.procedure")
        # sudo: onestop.dossier - only how many there are
        received = (
            self.env["onestop.dossier"]
            .sudo()
            .search_count(
                Domain("procedure_id", "in", moved.ids)
                & Domain("received_at", ">=", self.applied_at)
            )
        )
        if received:
            obstacles.append(
                self.env._("%(count)s dossiers were received.", count=received)
            )
        return obstacles

    def _do_undo(self):
        result = super()._do_undo()
        # sudo: onestop.merger - as in applying
        for item in self.sudo().item_ids.filtered(lambda i: i.key == "dossiers"):
            item.line_id._return_dossiers(item._records_of("onestop.dossier"))
        return result
