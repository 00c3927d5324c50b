# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.fields import Domain


class OnestopPerson(models.Model):
    _inherit = "onestop.person"

    dossier_ids = fields.One2many("onestop.dossier", "person_id", string="Dossiers")
    submitted_ids = fields.One2many(
        "onestop.dossier", "submitter_id", string="Dossiers Submitted"
    )
    is_findable = fields.Boolean(
        compute="_compute_is_findable",
        search="_search_is_findable",
        export_string_translation=False,
        groups="base.group_user",
    )

    @api.depends_context("uid")
    def _compute_is_findable(self):
        self.is_findable = self._receives_today()

    def _search_is_findable(self, operator, value):
        """Whether this user receives somewhere today, for the rule of receivers.

        The group is taken away at night; a role that ends by date ends here.
        """
        if operator != "in":
            return NotImplemented
        return Domain.TRUE if self._receives_today() else Domain.FALSE

    @api.model
    def _receives_today(self):
        # sudo: onestop.membership, onestop.department - this very user's own role
        roles = self.env["onestop.membership"].sudo()
        departments = self.env.user.sudo().onestop_department_ids  # sudo: as above
        return roles._has_role(self.env.user, ("receiver",), departments)
