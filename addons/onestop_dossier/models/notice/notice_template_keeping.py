# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import AccessError
from odoo.tools.misc import clean_context

from .notice_template import TEXTS


class OnestopNoticeTemplate(models.Model):
    """What a Centre does with texts: adapt, preview, take the default back."""

    _inherit = "onestop.notice.template"

    def action_adapt(self):
        """Open this Centre's own text for the occasion; make it of the default.

        :return: the window action.
        :raises AccessError: the user keeps no papers of this Centre.
        """
        self.ensure_one()
        company = self.env.company
        # sudo: onestop.department - who keeps the papers of the Centre
        if self.env.user not in company.sudo().onestop_department_id.keeper_ids:
            raise AccessError(
                self.env._(
                    "The texts of %(centre)s are changed by its head, its deputies and "
                    "its catalogue managers.",
                    centre=company.name,
                )
            )
        own = self.with_context(active_test=False).search(
            [
                ("event", "=", self.event),
                ("channel", "=", self.channel),
                ("language", "=", self.language),
                ("company_id", "=", company.id),
            ]
        )
        if not own:
            # A caller's default_version_id would name another text.
            plain = self.with_env(self.env(context=clean_context(self.env.context)))
            own = plain.sudo().copy({"company_id": company.id})  # sudo: as above
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": own.id,
            "views": [(False, "form")],
        }

    def action_restore(self):
        """Take the default text back.

        :return: True.
        """
        for template in self:
            default = template._default_text()
            template.write({name: default[name] for name in TEXTS})
        return True

    def _default_text(self):
        """The default of a Centre's text; of a default, its first version."""
        self.ensure_one()
        shared = self.company_id and self.search(
            [
                ("event", "=", self.event),
                ("channel", "=", self.channel),
                ("language", "=", self.language),
                ("company_id", "=", False),
            ]
        )
        return shared or self.version_ids.sorted("number")[:1]

    def action_preview(self):
        """Show the text as it reads on a real dossier.

        :return: the window action.
        """
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Preview"),
            "res_model": "onestop.notice.preview",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_template_id": self.id},
        }
