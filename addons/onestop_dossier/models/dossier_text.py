# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models

from ..ledger.canonical import salted


class OnestopDossierText(models.Model):
    """Free text of an act: a reason, an opinion, a note.

    The ledger keeps only a salted hash of it, so that a text can be erased when the
    law asks for it without breaking the chain.
    """

    _name = "onestop.dossier.text"
    _description = "Text of an act on a dossier"
    _order = "id"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, index=True, ondelete="restrict"
    )
    event_id = fields.Many2one(
        "onestop.dossier.event", index="btree_not_null", ondelete="restrict"
    )
    kind = fields.Selection(
        [
            ("reason", "Reason"),
            ("note", "Note"),
            ("legal_basis", "Legal basis"),
            ("items", "What is asked for"),
            ("receiver", "Receiver"),
        ],
        required=True,
    )
    body = fields.Text()
    salt = fields.Char(groups="base.group_system")
    for_citizen = fields.Boolean(help="Shown to the citizen on the portal.")
    erased_decision_id = fields.Many2one(
        "onestop.decision",
        string="Erased by",
        index="btree_not_null",
        ondelete="restrict",
    )

    def _prepare(self, dossier, kind, body, for_citizen=False):
        """Store a text for an act.

        :return: the text's id and salted hash, for the event.
        """
        salt, salted_hash = salted(body)
        text = self.create(
            {
                "dossier_id": dossier.id,
                "kind": kind,
                "body": body,
                "salt": salt,
                "for_citizen": for_citizen,
            }
        )
        return {"id": text.id, "kind": kind, "hash": salted_hash}
