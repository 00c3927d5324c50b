# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from dataclasses import replace

from odoo import SUPERUSER_ID, api, models
from odoo.fields import Domain

from ...ledger.transitions import OPEN

# Before reception no agency has it: it follows its procedure.
NOT_RECEIVED = ("draft", "submitted")


class OnestopMergerLine(models.Model):
    """Dossiers in hand of an agency that ends."""

    _inherit = "onestop.merger.line"

    @api.model
    def _handover_names(self):
        return {
            **super()._handover_names(),
            "dossiers": self.env._("Dossiers in hand"),
            "closed": self.env._("Dossiers finished"),
        }

    def _moves(self):
        # Dossiers go first: they are transferred while the old agency still lives.
        # sudo: onestop.dossier - to list and to count them for the minutes
        dossiers = self.env["onestop.dossier"].sudo()
        in_hand = dossiers.search(self._domain_dossiers() & Domain("state", "in", OPEN))
        first = [self._handover("dossiers", in_hand)]
        if not self.procedure_ids:
            closed = self._domain_dossiers() & Domain("state", "not in", OPEN)
            first.append(
                replace(
                    self._handover("closed", dossiers.browse(), "stays"),
                    count=dossiers.search_count(closed),
                )
            )
        return [move for move in first if move.number] + super()._moves()

    def _domain_dossiers(self):
        """Received dossiers of the agency that ends, as far as this line takes them."""
        of_these = Domain("department_id", "=", self.predecessor_id.id)
        of_these &= Domain("state", "not in", NOT_RECEIVED)
        if self.procedure_ids:
            return of_these & Domain("procedure_id", "in", self.procedure_ids.ids)
        others = self.merger_id.line_ids.filtered(
            lambda line: line.predecessor_id == self.predecessor_id
        )
        return of_these & Domain("procedure_id", "not in", others.procedure_ids.ids)

    def _move_dossiers(self, dossiers):
        """Transfer what the old agency has in hand, by an act on each dossier.

        The system acts, on the ground of the merger, which the event names; the legal
        due dates stay.

        :return: nothing that is written back: undoing transfers them again.
        """
        merger = self.merger_id
        reason = self.env._(
            "%(agency)s became part of %(successor)s (%(merger)s).",
            agency=self.predecessor_id.name,
            successor=self.successor_id.name,
            merger=merger.name,
        )
        for dossier in dossiers.with_user(SUPERUSER_ID):
            dossier._do_transfer(self.successor_id.id, reason, merger=merger.id)
        return []

    def _return_dossiers(self, dossiers):
        """Transfer back what is still in the successor's hands, as it was found."""
        reason = self.env._(
            "The merger was undone (%(merger)s).", merger=self.merger_id.name
        )
        dossiers = dossiers.with_user(SUPERUSER_ID).filtered(
            lambda d: d.department_id == self.successor_id and d.state in OPEN
        )
        for dossier in dossiers:
            dossier._do_transfer(
                self.predecessor_id.id, reason, merger=self.merger_id.id
            )
