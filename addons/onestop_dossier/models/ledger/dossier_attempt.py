# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopDossierAttempt(models.Model):
    """A refused attempt at a legal act: who tried what, and why it was refused.

    Written by a cursor of its own, because the refusal rolls the transaction back.
    """

    _name = "onestop.dossier.attempt"
    _description = "Refused attempt at a legal act"
    _log_access = False
    _order = "id desc"

    dossier_id = fields.Many2one(
        "onestop.dossier", required=True, index=True, ondelete="restrict", readonly=True
    )
    user_id = fields.Many2one(
        "res.users", required=True, index=True, ondelete="restrict", readonly=True
    )
    act = fields.Char(required=True, readonly=True)
    reason = fields.Char(required=True, readonly=True)
    tried_at = fields.Datetime(required=True, readonly=True)

    def init(self):
        self.env["onestop.database.guard"]._append_only(self._table)
        self.env["onestop.dossier"]._let_go_of_trials(
            self._table, "append_only", "BEFORE UPDATE OR DELETE"
        )

    @api.model
    def _record(self, dossier, act, reason):
        with self.env.registry.cursor() as cr:
            cr.execute(
                """
                INSERT INTO onestop_dossier_attempt
                    (dossier_id, user_id, act, reason, tried_at)
                SELECT id, %s, %s, %s, now() AT TIME ZONE 'UTC'
                  FROM onestop_dossier WHERE id = %s
                """,
                [self.env.uid, act, reason, dossier.id],
            )
