# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import secrets

from odoo import api, fields, models
from odoo.tools.misc import clean_context

# Letters and digits that cannot be mistaken for one another on paper.
SECRET_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
SECRET_LENGTH = 6


class OnestopDossier(models.Model):
    """What a dossier is opened with: its tick list, its fees, the slip's secret."""

    _inherit = "onestop.dossier"

    def _check_may_receive(self):
        """Only a receiver of the Centre opens a dossier by hand.

        :raises AccessError: the user receives for no unit of this Centre.
        """
        self.company_id._check_receiver()

    @api.model
    def _new_secret(self):
        return "".join(
            secrets.choice(SECRET_ALPHABET) for _each in range(SECRET_LENGTH)
        )

    def _make_parts(self):
        """The tick list of the case, anew, while nothing was ticked or filed."""
        # A caller's default_paid_at would make a fee that looks paid.
        plain = self.with_env(self.env(context=clean_context(self.env.context)))
        for dossier in plain.filtered(lambda d: d.state == "draft"):
            # sudo: onestop.dossier.part, onestop.dossier.fee - derived from the case
            dossier.sudo().part_ids.filtered(lambda p: not p.file_ids).unlink()
            dossier.sudo().fee_ids.unlink()  # sudo: as above
            # sudo: onestop.procedure.case - public content of the procedure
            case = dossier.case_id.sudo()
            dossier.sudo().part_ids = [  # sudo: as above
                fields.Command.create(part._dossier_part_values())
                for part in case.part_ids
            ]
            dossier.sudo().fee_ids = [  # sudo: as above
                fields.Command.create(values) for values in case.fee_ids._dossier_fees()
            ]
