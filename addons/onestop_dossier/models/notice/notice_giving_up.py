# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

BATCH = 200


class OnestopNotice(models.Model):
    """What could not be delivered becomes a task: somebody calls the citizen."""

    _inherit = "onestop.notice"

    @api.model
    def _raise_tasks(self):
        """One task a dossier, for who received it, else for the head of the Centre."""
        # sudo: onestop.notice, mail.activity - raised by the system
        outbox = self.sudo().with_context(
            tracking_disable=True, mail_activity_quick_update=True
        )
        failed = outbox.search(
            [("state", "=", "failed"), ("is_handed_over", "!=", True)],
            order="id",
            limit=BATCH,
        )
        if not failed:
            return
        known = outbox.search(
            [
                ("dossier_id", "in", failed.dossier_id.ids),
                ("activity_ids", "!=", False),
            ]
        ).dossier_id
        first = {notice.dossier_id: notice for notice in reversed(failed)}
        todo = self.env.ref("mail.mail_activity_data_todo").id
        model = self.env["ir.model"]._get_id(self._name)
        outbox.env["mail.activity"].create(
            [
                {
                    "res_model_id": model,
                    "res_id": notice.id,
                    "user_id": user.id,
                    "activity_type_id": todo,
                    "summary": notice.with_context(lang=user.lang).env._(
                        "A notice did not arrive: call the citizen"
                    ),
                    "date_deadline": fields.Date.context_today(self),
                }
                for dossier, notice in first.items()
                if dossier not in known
                for user in notice._dealer()
            ]
        )
        failed.is_handed_over = True
        self.env["ir.cron"]._commit_progress(0)

    def _dealer(self):
        """Who deals with it: who received the dossier, while he still does."""
        dossier = self.dossier_id
        unit = self._units()
        receiver = dossier.receiver_id
        return receiver if receiver in unit.user_ids else unit.head_id
