# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models

from .dossier_draft import SIGNED_BY

# Acts after which what was drafted has lost its sense.
DROPS = {
    "resume": ("stop",),
    "accept_withdrawal": ("apology", "stop", "consent"),
    "approve": ("consent",),
    "reject": ("consent",),
    "issue": ("apology", "consent"),
    "record_outside": ("apology", "consent"),
    "stop": ("apology", "consent"),
}


class OnestopDossier(models.Model):
    """Papers of a dossier follow its acts: signed by one, dropped by another."""

    _inherit = "onestop.dossier"

    draft_ids = fields.One2many(
        "onestop.dossier.draft",
        "dossier_id",
        string="Papers Drafted",
        groups="base.group_user",
    )

    def _after_act(self, act):
        result = super()._after_act(act)
        kind = SIGNED_BY.get(act.name)
        if act.name == "extend" and act.arguments["kind"] != "apology":
            kind = None
        dropped = DROPS.get(act.name, ())
        if kind or dropped:
            # sudo: onestop.dossier.draft - follows from the act
            drafts = self.env["onestop.dossier.draft"].sudo()
            waiting = drafts.search(
                [("dossier_id", "=", self.id), ("state", "=", "drafted")]
            )
            waiting.filtered(lambda d: d.kind in dropped and d.kind != kind).write(
                {"state": "dropped"}
            )
            if kind:
                self._sign_draft(act, kind, waiting.filtered(lambda d: d.kind == kind))
        return result

    def _sign_draft(self, act, kind, draft):
        """The paper of this kind, signed as it was worded in the act.

        :return: the paper.
        """
        values = {
            "state": "signed",
            "reason": act.texts.get("reason"),
            "legal_basis": act.texts.get("legal_basis"),
            "new_due": act.arguments.get("new_due"),
            "old_due": self.due_at,
            "signed_at": act.now,
            "signer_id": self.env.uid,
            "department_id": act.department.id,
        }
        if draft:
            draft.write(values)
            return draft
        return draft._prepare_drafts([{"dossier_id": self.id, "kind": kind, **values}])
