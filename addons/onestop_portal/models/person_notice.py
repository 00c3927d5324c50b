# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.tools import consteq, urls
from odoo.tools.misc import hash_sign, hmac, verify_hash_signed

STOP = "onestop-notices-stop"
CONFIRM = "onestop-notices-confirm"
# How long a link that confirms an address holds.
CONFIRM_HOURS = 72
CHANNELS = ("mail", "sms", "app")


class OnestopPerson(models.Model):
    """A citizen's own choice of how he is told."""

    _inherit = "onestop.person"

    @api.model
    def _of_user(self):
        """The person that the signed-in user is; may be nobody."""
        # sudo: onestop.person - the user's own
        return self.sudo().search(
            [("partner_id", "=", self.env.user.partner_id.id)], limit=1
        )

    def _notice_values(self):
        """Plain values of the choice, for the page."""
        self.ensure_one()

        def clock(hour):
            return f"{int(hour):02}:{round(hour % 1 * 60):02}"

        quiet = self.notice_quiet_from != self.notice_quiet_to
        return {
            **{channel: self[f"notice_{channel}"] for channel in CHANNELS},
            "email": self._notice_mail_address() or "",
            "phone": self.phone or "",
            "email_confirmed": self.is_email_confirmed,
            "phone_confirmed": self.is_phone_confirmed,
            "language": self.notice_language,
            "quiet": quiet,
            "quiet_from": clock(self.notice_quiet_from) if quiet else "21:00",
            "quiet_to": clock(self.notice_quiet_to) if quiet else "07:00",
        }

    def _save_notice_choice(self, form):
        """Write the choice of the page; the person was found as the user's own.

        :param form: what the form sent.
        :return: a sentence when it cannot be understood, else None.
        """
        self.ensure_one()
        hours = [0.0, 0.0]
        if form.get("quiet"):
            for number, name in enumerate(("quiet_from", "quiet_to")):
                hour, colon, minute = str(form.get(name) or "").partition(":")
                if not (hour.isdecimal() and colon and minute.isdecimal()):
                    return self.env._("Give quiet hours as 21:00.")
                if int(hour) > 23 or int(minute) > 59:
                    return self.env._("Give quiet hours as 21:00.")
                hours[number] = int(hour) + int(minute) / 60
        language = form.get("language")
        if language not in dict(self._fields["notice_language"].selection):
            return self.env._("Choose a language.")
        self.write(
            {
                **{f"notice_{name}": bool(form.get(name)) for name in CHANNELS},
                "notice_language": language,
                "notice_quiet_from": hours[0],
                "notice_quiet_to": hours[1],
            }
        )
        return None

    # ------------------------------------------------------------
    # Links in mails
    # ------------------------------------------------------------

    def _notice_stop_token(self):
        self.ensure_one()
        # sudo: ir.config_parameter - the secret of this database
        return hmac(self.env(su=True), STOP, str(self.id))

    def _is_stop_token(self, token):
        # What is no ASCII cannot be compared, and is no token of ours.
        known = bool(self.exists()) and token.isascii()
        return known and consteq(self._notice_stop_token(), token)

    def _send_confirmation(self, url):
        """Send a link to the person's mail address; whoever follows it has it.

        :param url: address of the Centre's public pages.
        """
        self.ensure_one()
        address = self._notice_mail_address()
        # sudo: ir.config_parameter - the secret of this database
        token = hash_sign(
            self.env(su=True),
            CONFIRM,
            [self.id, address],
            expiration_hours=CONFIRM_HOURS,
        )
        link = urls.urljoin(url, f"/notices/confirm/{token}")
        values = {"link": link}
        body = self.env["ir.qweb"]._render("onestop_portal.confirm_mail", values)
        self.env["mail.mail"].create(
            {
                "subject": self.env._("Confirm your mail address"),
                "body_html": body,
                "email_to": address,
                "auto_delete": True,
            }
        )

    @api.model
    def _confirm_address(self, token):
        """Note that the address of the link is the person's.

        :return: whether it is; not when it was changed since, or the link is old.
        """
        try:
            # sudo: ir.config_parameter - the secret of this database
            found = verify_hash_signed(self.env(su=True), CONFIRM, token)
        except ValueError:
            # Not even the form of a token.
            return False
        if not found:
            return False
        person = self.browse(found[0]).exists()
        if not person or person._notice_mail_address() != found[1]:
            return False
        person.notice_email_confirmed = found[1]
        return True
