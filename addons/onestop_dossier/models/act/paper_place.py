# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import AccessError

KEEPERS = ("head", "deputy", "receiver")


class OnestopPaperPlace(models.Model):
    """Where physical files lie: a shelf, a cabinet, a desk of an agency.

    The ledger names a place by its id; places are archived, never deleted.
    """

    _name = "onestop.paper.place"
    _description = "Place of physical files"
    _order = "department_id, sequence, name, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    department_id = fields.Many2one(
        "onestop.department",
        string="Agency",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('user_ids', 'in', [uid])]",
    )
    active = fields.Boolean(default=True)

    _name_unique = models.UniqueIndex(
        "(department_id, name)", "This agency has a place of this name already."
    )

    @api.depends("name", "department_id.short")
    def _compute_display_name(self):
        for place in self:
            agency = place.department_id.short or place.department_id.name
            place.display_name = f"{agency} · {place.name}"

    @api.model_create_multi
    def create(self, vals_list):
        places = super().create(vals_list)
        places._check_keeper()
        return places

    def write(self, vals):
        self._check_keeper()
        result = super().write(vals)
        if "department_id" in vals:
            self._check_keeper()
        return result

    def _check_keeper(self):
        """Refuse who neither leads the agency of these places nor receives there."""
        if self.env.su:
            return
        # sudo: onestop.membership - whether this very user has the role
        memberships = self.env["onestop.membership"].sudo()
        for department in self.department_id:
            if not memberships._has_role(self.env.user, KEEPERS, department):
                raise AccessError(
                    self.env._(
                        "The places of %(agency)s are kept by its head, its deputies "
                        "and its receivers.",
                        agency=department.name,
                    )
                )
