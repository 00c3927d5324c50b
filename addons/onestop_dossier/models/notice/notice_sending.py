# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.onestop_procedure.phone import to_local

from ...notices import placeholders, schedule
from .notice_ways import Ways

# As many as are surely tried within the lease, each to its time-out.
BATCH = 30
# An answer is kept in short.
KEPT = 300


class OnestopNotice(models.Model):
    """Sending: at least once, each time with the same key.

    A notice is marked before it is sent and after it, each time with a commit. One
    that was marked and never settled, because the server was killed in between, is
    sent again when its lease is over; whoever gets it twice knows it by the key.

    Not by ``mail.mail``: that draws a new Message-ID for each try, keeps its own
    queue, and gives up at the first refused connection.
    """

    _inherit = "onestop.notice"

    @api.model
    def _cron_send(self):
        """Send what is due, batch by batch."""
        # sudo: onestop.notice - of all Centres
        outbox = self.sudo()
        while True:
            claimed = outbox._claim(fields.Datetime.now(), BATCH)
            # Before anything leaves: a crash from here on finds them marked.
            left = outbox.env["ir.cron"]._commit_progress(0)
            if not claimed:
                break
            outbox._send_all(claimed)
            if not left:
                break

    @api.model
    def _claim(self, now, limit):
        """Mark what is due as being sent, for the length of a lease.

        :return: the notices.
        """
        self.env.cr.execute(
            """
            UPDATE onestop_notice SET state = 'sending', attempts = attempts + 1,
                   next_try_at = %(lease)s
             WHERE id IN (
                SELECT id FROM onestop_notice
                 WHERE state IN ('queued', 'sending') AND next_try_at <= %(now)s
                 ORDER BY next_try_at, id LIMIT %(limit)s
                   FOR UPDATE SKIP LOCKED)
            RETURNING id
            """,
            {"now": now, "lease": now + schedule.LEASE, "limit": limit},
        )
        self.env.invalidate_all(flush=False)
        return self.browse(sorted(number for [number] in self.env.cr.fetchall()))

    def _send_all(self, notices):
        """Send each, and settle it before the next."""
        ways = Ways(notices)
        try:
            for notice in notices:
                state, answer = ways.send(notice)
                self._settle(notice, state, answer)
                self.env["ir.cron"]._commit_progress(1)
        finally:
            ways.close()
        self._raise_tasks()

    def _settle(self, notice, state, answer):
        """Write what became of a try, in one statement."""
        now = fields.Datetime.now()
        next_try = None
        if state == "queued":
            later = now + schedule.wait(notice.attempts)
            quiet = (notice.quiet_from, notice.quiet_to)
            next_try = self._free(later, quiet, notice.company_id)
            if now >= notice.give_up_at:
                state, next_try = "failed", None
        self.env.cr.execute(
            """
            UPDATE onestop_notice
               SET state = %s, answer = %s, next_try_at = %s,
                   sent_at = %s, write_date = %s
             WHERE id = %s AND state = 'sending'
            """,
            [
                state,
                notice._without_address(answer or "")[:KEPT],
                next_try,
                now if state == "sent" else None,
                now,
                notice.id,
            ],
        )

    def _without_address(self, answer):
        """What a server answered, with the address masked that it may repeat."""
        address, masked = self.address or "", self.address_masked or ""
        local = "" if "@" in address else to_local(address)
        for form in (address, address.lstrip("+"), local):
            answer = answer.replace(form, masked) if form else answer
        return answer

    # ------------------------------------------------------------
    # A mail
    # ------------------------------------------------------------

    def _mail_message(self):
        """The mail of this notice, the same at each try."""
        self.ensure_one()
        sender = self.company_id._onestop_mail_from()
        stop = self._stop_url()
        text, html = self.body, placeholders.as_html(self.body)
        headers = {"X-Onestop-Key": self.key, "Auto-Submitted": "auto-generated"}
        if stop:
            words = self._stop_words()
            text = f"{text}\n\n-- \n{words}\n{stop}"
            html += placeholders.as_html(f"-- \n{words}\n{stop}")
            headers["List-Unsubscribe"] = f"<{stop}>"
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        return self.env["ir.mail_server"]._build_email__(
            email_from=sender,
            email_to=[self.address],
            subject=self.subject or "",
            body=html,
            subtype="html",
            body_alternative=text,
            message_id=self._message_id(sender),
            headers=headers,
        )

    def _message_id(self, sender):
        """The Message-ID: the key, hence the same at each try."""
        host = (sender or "").rpartition("@")[2].strip("> ") or "localhost"
        return f"<{self.key}@{host}>"

    def _stop_url(self):
        """Hook: where the person says that he wants no more notices; False: nowhere."""
        return False

    def _stop_words(self):
        language = "vi_VN" if self.language == "vi" else "en_US"
        known = {code for code, _name in self.env["res.lang"].get_installed()}
        env = self.with_context(lang=language if language in known else "en_US").env
        return env._("To choose how you are told, or to stop these mails:")
