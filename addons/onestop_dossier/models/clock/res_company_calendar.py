# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.fields import Domain


class ResCompany(models.Model):
    """A calendar published late moves no running dossier by itself."""

    _inherit = "res.company"

    def _calendar_published(self, revision):
        """Ask the heads of the Centre what becomes of dossiers that count otherwise."""
        result = super()._calendar_published(revision)
        # sudo: onestop.dossier - only how many there are
        effects = self.env["onestop.dossier"].sudo()._calendar_effects(revision)
        if effects:
            for user in self._calendar_deciders():
                self._ask_about_calendar(user, revision, len(effects))
        return result

    def _calendar_deciders(self):
        """Head and deputies of the Centre: they have due dates counted again."""
        # sudo: onestop.membership, res.company - who holds a role is no secret
        memberships = self.env["onestop.membership"].sudo()
        return memberships.search(
            memberships._domain_current()
            & Domain("department_id", "=", self.sudo().onestop_department_id.id)
            & Domain("role", "in", ("head", "deputy"))
        ).user_id

    def _ask_about_calendar(self, user, revision, count):
        speaker = self.with_context(lang=user.lang)
        # sudo: mail.activity - a task of its own, on no document
        self.env["mail.activity"].sudo().create(
            {
                "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                "user_id": user.id,
                "date_deadline": self.env["onestop.membership"]._today(),
                "summary": speaker.env._(
                    "%(count)s running dossiers count otherwise with calendar "
                    "%(revision)s: look at them under Settings › Calendar revisions",
                    count=count,
                    revision=revision.name,
                ),
            }
        )

    def action_publish_calendar(self):
        """Publish the calendar, and say how many running dossiers it would touch.

        No due date moves by itself (design §5.3): the head of the Centre decides.

        :return: the notification of the room below, with that number in its message.
        """
        before = {company: company._onestop_calendar() for company in self}
        action = super().action_publish_calendar()
        after = {company: company._onestop_calendar() for company in self}
        changed = [
            after[company] for company in self if after[company] != before[company]
        ]
        # sudo: onestop.dossier - only how many there are
        dossiers = self.env["onestop.dossier"].sudo()
        count = sum(len(dossiers._calendar_effects(revision)) for revision in changed)
        if count:
            action["params"]["message"] += ". " + self.env._(
                "%(count)s running dossiers keep their due date, though they would "
                "count otherwise now. The head of the Centre decides on them.",
                count=count,
            )
            action["params"]["sticky"] = True
        return action
