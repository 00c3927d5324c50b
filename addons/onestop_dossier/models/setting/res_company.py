# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    _inherit = "res.company"

    onestop_appointment = fields.Selection(
        [
            ("closing", "Closing time of the last day"),
            ("same_time", "The time of day of reception"),
        ],
        string="Time of Appointment",
        required=True,
        default="closing",
    )
    onestop_file_size = fields.Integer(
        string="Largest File (MB)", default=20, help="Largest file of a dossier."
    )

    def _onestop_unit_code(self):
        """Identification code under which this Centre numbers its dossiers.

        A unit without a code of its own numbers under the provincial Centre's.

        :raises UserError: no code is to be found.
        """
        self.ensure_one()
        # sudo: onestop.department - a citizen who files cannot read settings
        unit = self.sudo().onestop_department_id
        if not unit.code:
            unit = unit.search(
                [("kind", "=", "centre"), ("code", "!=", False)], limit=1
            )
        if not unit.code:
            raise UserError(
                self.env._(
                    "The Centre has no identification code. Enter one under Authority "
                    "& Staff › Agencies, and choose the agency on the company."
                )
            )
        return unit.code
