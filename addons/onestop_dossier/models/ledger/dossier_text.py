# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.tools.misc import clean_context

from ...ledger.canonical import salted

# A text is bound to its event once, and erased once: body and salt go, the decision
# stays. Everything else is refused.
UPDATE_GUARD = """
BEGIN
    IF ROW(NEW.id, NEW.dossier_id, NEW.kind, NEW.for_citizen)
       IS DISTINCT FROM ROW(OLD.id, OLD.dossier_id, OLD.kind, OLD.for_citizen)
    OR (OLD.event_id IS NOT NULL AND NEW.event_id IS DISTINCT FROM OLD.event_id)
    OR (ROW(NEW.body, NEW.salt, NEW.erased_decision_id)
        IS DISTINCT FROM ROW(OLD.body, OLD.salt, OLD.erased_decision_id)
        AND (NEW.body IS NOT NULL OR NEW.salt IS NOT NULL
             OR NEW.erased_decision_id IS NULL
             OR OLD.erased_decision_id IS NOT NULL))
    THEN
        RAISE EXCEPTION USING ERRCODE = '23001', TABLE = TG_TABLE_NAME,
            MESSAGE = 'a text of an act can only be erased by a decision';
    END IF;
    RETURN NEW;
END
"""


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
            ("receiver", "Recipient"),
            ("identity", "Identity paper"),
            ("phone", "Telephone"),
            ("authority", "Authorisation"),
            ("exception", "Why an exception"),
            ("question", "Question"),
            ("answer", "Answer"),
            ("before", "Before"),
            ("after", "After"),
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

    def init(self):
        guard = self.env["onestop.database.guard"]
        guard._no_truncate(self._table)
        self.env["onestop.dossier"]._let_go_of_trials(
            self._table, "no_delete", "BEFORE DELETE"
        )
        guard._make_function("onestop_text_kept", UPDATE_GUARD)
        guard._make_trigger(self._table, "kept", "BEFORE UPDATE", "onestop_text_kept")

    def _prepare(self, dossier, bodies, shown=False):
        """Store the texts of an act, all in one statement.

        :param bodies: text by kind.
        :param shown: whether the citizen may read them; or the kinds that he may.
        :return: id, kind and salted hash of each, for the event.
        """
        plain = self.with_env(self.env(context=clean_context(self.env.context)))
        hashes = {kind: salted(body) for kind, body in bodies.items()}
        texts = plain.create(
            [
                {
                    "dossier_id": dossier.id,
                    "kind": kind,
                    "body": body,
                    "salt": hashes[kind][0],
                    "for_citizen": shown is True or kind in (shown or ()),
                }
                for kind, body in bodies.items()
            ]
        )
        return [
            {"id": text.id, "kind": kind, "hash": salted_hash}
            for text, (kind, (_salt, salted_hash)) in zip(
                texts, hashes.items(), strict=True
            )
        ]
