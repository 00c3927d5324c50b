# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models


class OnestopDossier(models.Model):
    """Letters of the handling agency are numbered by the act that signs them."""

    _inherit = "onestop.dossier"

    def _sign_draft(self, act, kind, draft):
        signed = super()._sign_draft(act, kind, draft)
        # The delegation room's ground says in which form is signed.
        mark = act.data.get("ground", {}).get("form")
        if mark:
            signed.signing_mark = mark
        signed._give_numbers(own_transaction=act.source != "demo")
        return signed

    def _after_act(self, act):
        result = super()._after_act(act)
        if act.name == "accept_withdrawal" and self.received_at:
            self._draft_withdrawn(act)
        return result

    def _draft_withdrawn(self, act):
        """Form 05 of 2025 after a withdrawal: the unit tells the citizen."""
        if not self._paper_form("stop"):
            return
        asked = self.text_ids.filtered(
            lambda t: t.kind == "reason" and t.event_id.kind == "request_withdrawal"
        )
        instruments = dict(self._fields["rule_set"]._description_selection(self.env))
        drafts = self.env["onestop.dossier.draft"]._prepare_drafts(
            [
                {
                    "dossier_id": self.id,
                    "kind": "stop",
                    "state": "signed",
                    "department_id": self.support_department_id.id,
                    "reason": asked.sorted("id")[-1:].body,
                    "legal_basis": instruments.get(self.rule_set),
                    # Nobody signed it in the system: the head does, by hand.
                    "signed_at": act.now,
                }
            ]
        )
        drafts._give_numbers(own_transaction=act.source != "demo")
