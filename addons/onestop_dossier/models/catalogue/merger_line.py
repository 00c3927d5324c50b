# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from dataclasses import replace

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...ledger.transitions import OPEN

# Before reception no agency has it: it follows its procedure.
NOT_RECEIVED = ("draft", "submitted")
# As many are named in a sentence.
MAX_NAMED = 10


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
        """Hook: dossiers in hand go to the successor by an act on each.

        An agency does not end with dossiers in hand: each is transferred by
        ``action_transfer`` beforehand, by the Centre or whoever decides there. A room
        or setting that lets the system transfer them does it here.

        :return: the changes made, as :meth:`_change` gives them.
        :raises UserError: there are dossiers in hand.
        """
        raise UserError(
            self.env._(
                "%(agency)s still has %(count)s dossiers in hand. Transfer them to "
                "%(successor)s first: %(codes)s",
                agency=self.predecessor_id.name,
                count=len(dossiers),
                successor=self.successor_id.name,
                codes=", ".join(d.code or "–" for d in dossiers[:MAX_NAMED]),
            )
        )
