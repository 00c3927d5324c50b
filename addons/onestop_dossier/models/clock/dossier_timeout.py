# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

_logger = logging.getLogger(__name__)
WAITING = ("supplement", "payment")
# How many dossiers a run of the cron takes at a time.
BATCH = 200


class OnestopDossier(models.Model):
    """The citizen does not answer in time.

    Before reception the dossier is refused; after it a stop notice is drafted for
    whoever may sign it. Nothing is ever signed by the system.
    """

    _inherit = "onestop.dossier"

    def action_expire(self):
        """Refuse a dossier that was never received, as its time to answer is over.

        :return: True.
        :raises UserError: there is still time, or the dossier was received.
        """
        for dossier in self:
            dossier._apply(
                "expire",
                values={"outcome": "refused", "step_id": False, "user_id": False},
            )
        return True

    def _guard_answer_late(self, act):
        if not self.citizen_due_at or act.now <= self.citizen_due_at:
            raise UserError(self.env._("The citizen still has time to answer."))

    # ------------------------------------------------------------
    # Cron
    # ------------------------------------------------------------

    @api.model
    def _cron_expire(self):
        """Refuse what was not received and not answered; draft notices for the rest."""
        waiting = self._domain_expired() & Domain("state", "in", WAITING)
        unreceived = self.search(waiting & Domain("received_at", "=", False))
        for dossier in unreceived:
            # One that cannot be refused must not keep the others waiting.
            try:
                with self.env.cr.savepoint():
                    dossier.action_expire()
            except UserError as error:
                _logger.info("Dossier %s does not expire: %s", dossier.id, error)
            if not self.env["ir.cron"]._commit_progress(1):
                return
        received = self.search(
            waiting
            & Domain("received_at", "!=", False)
            & ~Domain("draft_ids", "any", [("kind", "=", "stop")])
        )
        for number in range(0, len(received), BATCH):
            batch = received[number : number + BATCH]
            batch._draft_stops()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                return

    @api.model
    def _domain_expired(self):
        return Domain("citizen_due_at", "<", fields.Datetime.now())

    def _draft_stops(self):
        """Draft the notice that stops dossiers whose citizen did not answer."""
        self.env["onestop.dossier.draft"]._prepare_drafts(
            [
                {
                    "dossier_id": dossier.id,
                    "kind": "stop",
                    "department_id": dossier.department_id.id,
                    **dossier._in_form_language()._stop_texts(),
                }
                for dossier in self
            ]
        )

    def _stop_texts(self):
        instruments = dict(self._fields["rule_set"]._description_selection(self.env))
        reason = self.env._("The dossier was not supplemented within the time given.")
        if self.state == "payment":
            reason = self.env._(
                "The financial obligation was not met within the time given."
            )
        return {"reason": reason, "legal_basis": instruments.get(self.rule_set)}

    def _in_form_language(self):
        """These dossiers in Vietnamese, the language of every form, where it is."""
        if self.env["res.lang"]._get_data(code="vi_VN"):
            return self.with_context(lang="vi_VN")
        return self
