# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import AccessError


class ResCompany(models.Model):
    """Settings of the counter, and who receives there."""

    _inherit = "res.company"

    onestop_answer_hours = fields.Integer(
        string="Working Hours to Answer Online Dossiers",
        default=8,
        help="Within how many working hours a dossier filed online is accepted, or a "
        "supplement asked for (NĐ 45/2020/NĐ-CP, Điều 11 khoản 4: 8).",
    )
    onestop_promise_sample = fields.Integer(
        string="Fewest Dossiers for a Promise",
        default=10,
        help="The usual time of a procedure is told at the counter and on the slip "
        "when so many dossiers of the same case were finished in 90 days.",
    )

    _onestop_answer_positive = models.Constraint(
        "CHECK (onestop_answer_hours > 0)",
        "Give the time to answer online dossiers in whole working hours.",
    )
    _onestop_sample_positive = models.Constraint(
        "CHECK (onestop_promise_sample > 0)",
        "A promise needs at least one dossier to stand on.",
    )

    def _check_receiver(self):
        """Only a receiver of this Centre works at its counter.

        :raises AccessError: the user receives for no unit of this Centre.
        """
        # sudo: onestop.department - see create
        unit = self.sudo().onestop_department_id
        # sudo: onestop.membership - whether this very user has the role
        roles = self.env["onestop.membership"].sudo()
        if not roles._has_role(self.env.user, ("receiver",), unit):
            raise AccessError(
                self.env._(
                    "Only a receiver of %(centre)s can open a dossier there.",
                    centre=self.name,
                )
            )
