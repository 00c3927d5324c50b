# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import logging
import smtplib

from odoo.exceptions import UserError

from odoo.addons.base.models.ir_mail_server import MailDeliveryException

from ...notices import gateway

_logger = logging.getLogger(__name__)


class Ways:
    """The open ways of one batch: a session for each mail server, the gateways.

    A way on which nobody answers is not tried again in this batch, so that a dead
    server costs one time-out and not thirty.
    """

    def __init__(self, notices):
        self.env = notices.env
        self.sessions = {}
        self.down = {}
        channels = set(notices.mapped("channel")) - {"mail"}
        found = self.env["onestop.notice.gateway"].search(
            [
                ("company_id", "in", notices.company_id.ids),
                ("channel", "in", list(channels)),
            ]
        )
        self.gateways = {(g.company_id.id, g.channel): g for g in reversed(found)}

    def close(self):
        """End the sessions that are still open."""
        for session in self.sessions.values():
            try:
                if session:
                    session.quit()
            except (OSError, smtplib.SMTPException):
                _logger.debug("A mail server hung up first")
        self.sessions.clear()

    def send(self, notice):
        """Send one notice.

        :return: (state, answer): sent; queued, to be tried again; failed for good.
        """
        try:
            if notice.channel == "mail":
                return self._send_mail(notice)
            return self._send_message(notice)
        except Exception as error:  # noqa: BLE001 - one notice must not stop the rest
            _logger.warning("Notice %s: %s", notice.id, type(error).__name__)
            return "queued", type(error).__name__

    # ------------------------------------------------------------
    # Mail
    # ------------------------------------------------------------

    def _send_mail(self, notice):
        sender = notice.company_id._onestop_mail_from()
        if sender in self.down:
            return "queued", self.down[sender]
        if not sender:
            return "queued", self.env._("The Centre has no address to send from.")
        if not notice.address:
            return "failed", ""
        servers = self.env["ir.mail_server"]
        try:
            if sender not in self.sessions:
                self.sessions[sender] = servers._connect__(smtp_from=sender)
            message = notice._mail_message()
            servers.send_email(message, smtp_session=self.sessions[sender])
            return "sent", message["Message-Id"]
        except UserError as error:
            # No server is set up.
            return self._hang_up(sender, str(error))
        except (OSError, smtplib.SMTPException, MailDeliveryException) as error:
            return self._judge(sender, error)
        except AssertionError as error:
            # The platform says so of an address that is none.
            return "failed", str(error)

    def _judge(self, sender, error):
        """What an error of the mail server means for this notice and the others."""
        cause = error.__context__ if isinstance(error, MailDeliveryException) else error
        if isinstance(cause, smtplib.SMTPRecipientsRefused):
            code, said = next(iter(cause.recipients.values()))
        elif isinstance(cause, smtplib.SMTPResponseException):
            code, said = cause.smtp_code, cause.smtp_error
        else:
            return self._hang_up(sender, f"{type(cause).__name__}: {cause}")
        said = said.decode(errors="replace") if isinstance(said, bytes) else said
        answer = f"{code} {said}"
        whole = isinstance(
            cause,
            smtplib.SMTPConnectError
            | smtplib.SMTPHeloError
            | smtplib.SMTPAuthenticationError
            # Of the Centre's own address, not of the citizen's.
            | smtplib.SMTPSenderRefused,
        )
        if whole or code == 421:
            return self._hang_up(sender, answer)
        return ("failed" if 500 <= code < 600 else "queued"), answer

    def _hang_up(self, sender, answer):
        session = self.sessions.pop(sender, None)
        if session:
            session.close()
        self.down[sender] = answer
        return "queued", answer

    # ------------------------------------------------------------
    # Gateways
    # ------------------------------------------------------------

    def _send_message(self, notice):
        found = self.gateways.get((notice.company_id.id, notice.channel))
        if not found:
            return "queued", self.env._("The Centre has no gateway for this.")
        if found.id in self.down:
            return "queued", self.down[found.id]
        try:
            return "sent", found._send(
                notice.address, notice.body, notice.key, notice.subject
            )
        except gateway.Refused as error:
            return "failed", str(error)
        except gateway.Unreachable as error:
            self.down[found.id] = str(error)
            return "queued", str(error)
        except gateway.Failed as error:
            return "queued", str(error)
