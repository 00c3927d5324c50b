# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError


class OnestopDossier(models.Model):
    """Silence as consent, where the procedure's article says so.

    The law has decided when the due date passed without an answer; a person records
    it, nothing is decided by the system.
    """

    _inherit = "onestop.dossier"

    def action_record_consent(self):
        """Record that the agency's silence was consent by the procedure's article.

        :return: True.
        :raises UserError: no article says so, or there is still time.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: onestop.procedure.case - public content of the procedure
        article = self.sudo().case_id.silence_article
        self._apply(
            "record_consent",
            texts={"legal_basis": article},
            values=lambda act: self._decided("granted"),
            for_citizen=True,
        )
        return True

    def _guard_silence(self, act):
        if not self.case_id.silence_article:
            raise UserError(
                self.env._("No article of this procedure makes silence a consent.")
            )
        if not self.due_at or act.now <= self.due_at:
            raise UserError(
                self.env._("The agency still has time to answer; silence is not yet.")
            )
        act.data["ground"] = {"kind": "silence", "case": self.case_id.id}

    def _draft_consents(self, now):
        """Draft the note of consent where an article makes the silence one."""
        silent = self.filtered(
            lambda d: (
                d.case_id.silence_article
                and d.due_at < now
                and d.state in ("received", "processing", "approving")
            )
        )
        drafts = self.env["onestop.dossier.draft"]
        # sudo: onestop.dossier.draft - whether one was drafted
        had = drafts.sudo().search(
            [("dossier_id", "in", silent.ids), ("kind", "=", "consent")]
        )
        drafts._prepare_drafts(
            [
                {
                    "dossier_id": dossier.id,
                    "kind": "consent",
                    "department_id": dossier.support_department_id.id,
                    "legal_basis": dossier.case_id.silence_article,
                    "reason": dossier._in_form_language().env._(
                        "The time expired without an answer; by the article named it "
                        "counts as consent."
                    ),
                    "old_due": dossier.due_at,
                }
                for dossier in silent - had.dossier_id
            ]
        )
