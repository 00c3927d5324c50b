# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.mail import email_normalize

from odoo.addons.onestop_procedure.phone import to_e164


class OnestopPerson(models.Model):
    """How this person wants to be told of his dossiers."""

    _inherit = "onestop.person"

    notice_mail = fields.Boolean(string="Notices by Mail", default=True)
    notice_sms = fields.Boolean(string="Notices by SMS", default=True)
    notice_app = fields.Boolean(string="Notices by Messaging App")
    notice_language = fields.Selection(
        [("vi", "Vietnamese"), ("en", "English")],
        string="Language of Notices",
        required=True,
        default="vi",
    )
    notice_quiet_from = fields.Float(string="Quiet From")
    notice_quiet_to = fields.Float(
        string="Quiet Until",
        help="Hours of the day in which no SMS or message comes. Both 0: as the "
        "Centre's settings say.",
    )
    # The very address that was confirmed: another one has to be confirmed again.
    notice_email_confirmed = fields.Char(readonly=True, copy=False)
    notice_phone_confirmed = fields.Char(readonly=True, copy=False)
    is_email_confirmed = fields.Boolean(
        string="Mail Address Confirmed", compute="_compute_confirmed"
    )
    is_phone_confirmed = fields.Boolean(
        string="Phone Confirmed", compute="_compute_confirmed"
    )

    _notice_quiet = models.Constraint(
        "CHECK (notice_quiet_from >= 0 AND notice_quiet_from < 24 "
        "AND notice_quiet_to >= 0 AND notice_quiet_to < 24)",
        "Quiet hours are hours of the day: from 0 to 23:59.",
    )

    @api.depends("email", "phone", "notice_email_confirmed", "notice_phone_confirmed")
    def _compute_confirmed(self):
        for person in self:
            mail, phone = person._notice_mail_address(), person._notice_phone()
            person.is_email_confirmed = bool(
                mail and mail == person.notice_email_confirmed
            )
            person.is_phone_confirmed = bool(
                phone and phone == person.notice_phone_confirmed
            )

    def _notice_mail_address(self):
        """The person's mail address in its plain form; that of the contact else."""
        return email_normalize(self.email or "") or email_normalize(
            self.partner_id.email or ""
        )

    def _notice_phone(self):
        """The person's number in E.164, or None when it is no Vietnamese one."""
        return to_e164(self.phone or "")

    def _check_choice(self, values):
        """Values of a choice as given by a citizen; only those he may set.

        :raises ValidationError: hours that are none.
        """
        names = (
            "notice_mail notice_sms notice_app notice_language "
            "notice_quiet_from notice_quiet_to"
        ).split()
        if values.keys() - set(names):
            raise ValidationError(self.env._("This cannot be chosen here."))
        return values

    def action_confirm_addresses(self):
        """Record that the person showed at the counter that the addresses are his.

        :return: True.
        """
        self.check_access("write")
        for person in self:
            person.write(
                {
                    "notice_email_confirmed": person._notice_mail_address(),
                    "notice_phone_confirmed": person._notice_phone(),
                }
            )
        return True
