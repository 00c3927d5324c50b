# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import os
from contextlib import suppress
from unittest.mock import patch

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.base.models.ir_mail_server import IrMail_Server

from .notice_common import NoticeCase
from .notice_servers import MailServer, MessageServer

WAYS = "odoo.addons.onestop_dossier.models.notice.notice_ways"
MAILS = "odoo.addons.base.models.ir_mail_server"


class Killed(BaseException):
    """The server is gone in the middle of it."""


@tagged("post_install", "-at_install")
class TestNoticeSending(NoticeCase):
    """Sending to real servers of this machine: dead, alive, and in between."""

    def setUp(self):
        super().setUp()
        self.mails, self.messages = MailServer(), MessageServer()
        self.addCleanup(self.mails.stop)
        self.addCleanup(self.messages.stop)
        self.env["ir.mail_server"].search([]).active = False
        self.env["ir.mail_server"].create(
            {
                "name": "Test",
                "smtp_host": "127.0.0.1",
                "smtp_port": self.mails.port,
                "smtp_encryption": "none",
            }
        )

    def with_sms(self, **values):
        return self.make_gateway(self.messages.port, **values)

    # ------------------------------------------------------------
    # The bar: dead for an hour
    # ------------------------------------------------------------

    @mute_logger(WAYS, MAILS)
    def test_dead_for_an_hour(self):
        """Mail and SMS server dead for an hour: all delivered, each with one key."""
        self.with_sms()
        for _number in range(4):
            self.dossier_in("received")
        found = self.fill()
        self.assertEqual(len(found), 8)
        tries = 0
        for minute in range(0, 61, 2):
            self.send(minute)
            tries = max(tries, *found.mapped("attempts"))
        self.assertEqual(set(found.mapped("state")), {"queued"})
        self.assertGreater(tries, 3)
        self.assertLess(tries, 10, "it waits longer each time")
        self.mails.start()
        self.messages.start()
        for minute in range(62, 130, 2):
            self.send(minute)
        self.assertEqual(set(found.mapped("state")), {"sent"})
        keys = {mail["X-Onestop-Key"] for mail in self.mails.taken}
        self.assertEqual(len(self.mails.taken), 4)
        self.assertEqual(
            keys, set(found.filtered(lambda n: n.channel == "mail").mapped("key"))
        )
        said = [headers["Idempotency-Key"] for headers, _body in self.messages.taken]
        self.assertEqual(
            sorted(said),
            sorted(found.filtered(lambda n: n.channel == "sms").mapped("key")),
        )

    def test_jobs(self):
        """The jobs themselves: an act wakes them, they write and send."""
        self.mails.start()
        self.dossier_in("received")
        crons = {
            name: self.env.ref(f"onestop_dossier.ir_cron_notice_{name}")
            for name in ("fill", "send", "remind")
        }
        self.env["ir.cron.trigger"].search([]).unlink()
        self.env["onestop.notice"]._wake()
        self.env["onestop.notice"]._wake()
        woken = self.env["ir.cron.trigger"].search([]).cron_id
        self.assertEqual(woken, crons["fill"] | crons["send"])
        self.assertEqual(self.env["ir.cron.trigger"].search_count([]), 2)
        with (
            self.enter_registry_test_mode(),
            patch.object(IrMail_Server, "_disable_send", lambda self: False),
        ):
            for cron in crons.values():
                self.assertIs(cron.method_direct_trigger(), True)
        self.assertEqual(self.notices().mapped("state"), ["sent"])
        self.assertEqual(len(self.mails.taken), 1)

    def test_without_a_sender(self):
        """Nothing is lost while the Centre has no address of its own."""
        self.mails.start()
        self.company.email = False
        self.dossier_in("received")
        notice = self.fill()
        self.send()
        self.assertEqual(notice.state, "queued")
        self.company.onestop_notice_from = "notices@test.example"
        self.send(5)
        self.assertEqual(notice.state, "sent")
        self.assertEqual(self.mails.taken[0]["From"], "notices@test.example")

    def test_message_id_is_the_key(self):
        self.mails.start()
        self.dossier_in("received")
        notice = self.fill()
        self.send()
        [mail] = self.mails.taken
        self.assertEqual(mail["Message-Id"], f"<{notice.key}@test.example>")
        self.assertEqual(mail["To"], "citizen@test.example")
        self.assertEqual(mail["From"], "centre@test.example")
        self.assertEqual(notice.answer, mail["Message-Id"])
        self.assertTrue(notice.sent_at)
        text = mail.get_body(("plain",)).get_content()
        self.assertIn(notice.dossier_id.code, text)

    def test_markup_is_escaped(self):
        self.mails.start()
        self.citizen.name = "<b>Bold</b> & Co"
        self.dossier_in("received")
        self.fill()
        self.send()
        html = self.mails.taken[0].get_body(("html",)).get_content()
        self.assertIn("&lt;b&gt;Bold&lt;/b&gt; &amp; Co", html)

    # ------------------------------------------------------------
    # Killed
    # ------------------------------------------------------------

    def kill_at(self, method):
        """Send, and die when ``method`` of the outbox is called."""

        def die(*_args, **_kwargs):
            raise Killed

        notices = self.env.registry["onestop.notice"]
        # No assertRaises: it would undo what was committed before the death.
        with patch.object(notices, method, die), suppress(Killed):
            self.send()

    def test_killed_after_sending(self):
        """Sent and not booked: sent again with the same key, which tells."""
        self.mails.start()
        self.dossier_in("received")
        notice = self.fill()
        self.kill_at("_settle")
        self.assertEqual(notice.state, "sending")
        self.assertEqual(len(self.mails.taken), 1)
        self.send(5)
        self.assertEqual(len(self.mails.taken), 1, "it may still be under way")
        self.send(20)
        self.assertEqual(notice.state, "sent")
        first, second = self.mails.taken
        self.assertEqual(first["Message-Id"], second["Message-Id"])
        self.send(60)
        self.assertEqual(len(self.mails.taken), 2)

    def test_killed_before_sending(self):
        self.mails.start()
        self.dossier_in("received")
        notice = self.fill()
        self.kill_at("_send_all")
        self.assertEqual((notice.state, notice.attempts), ("sending", 1))
        self.assertFalse(self.mails.taken)
        self.send(20)
        self.assertEqual(notice.state, "sent")
        self.assertEqual(len(self.mails.taken), 1)

    def test_killed_while_filling(self):
        """Nothing is booked, nothing is off the queue."""
        dossier = self.dossier_in("received")
        self.env.flush_all()
        notices = self.env.registry["onestop.notice"]
        with (
            patch.object(notices, "_row", side_effect=Killed),
            self.assertRaises(Killed),
            self.env.cr.savepoint(),
        ):
            self.env["onestop.notice"]._fill(10)
        queue = self.env["onestop.notice.queue"]
        self.assertTrue(queue.search([("dossier_id", "=", dossier.id)]))
        self.assertEqual(len(self.fill()), 1)

    # ------------------------------------------------------------
    # Refused, given up
    # ------------------------------------------------------------

    @mute_logger(WAYS, MAILS)
    def test_unknown_address(self):
        """An address that does not exist fails at once, the others go on."""
        self.mails.refused["other@test.example"] = "550 no such user"
        self.mails.start()
        self.other_citizen.email = "other@test.example"
        self.dossier_in("received", person_id=self.other_citizen.id)
        self.dossier_in("received")
        found = self.fill()
        self.send()
        self.assertEqual(found.mapped("state"), ["failed", "sent"])
        self.assertIn("550", found[0].answer)
        task = found[0].activity_ids
        self.assertEqual(task.user_id, self.users["receiver"])
        self.send(10)
        self.assertEqual(len(found[0].activity_ids), 1, "one task")

    @mute_logger(WAYS, MAILS)
    def test_not_now(self):
        self.mails.refused["citizen@test.example"] = "450 mailbox busy"
        self.mails.start()
        self.dossier_in("received")
        notice = self.fill()
        self.send()
        self.assertEqual(notice.state, "queued")
        self.mails.refused.clear()
        self.send(3)
        self.assertEqual(notice.state, "sent")

    @mute_logger(WAYS, MAILS)
    def test_given_up(self):
        """After the Centre's hours somebody gets a task; it can be tried again."""
        self.company.onestop_notice_hours = 2
        dossier = self.dossier_in("received")
        notice = self.fill()
        self.send()
        self.send(3 * 60)
        self.assertEqual(notice.state, "failed")
        self.assertTrue(notice.activity_ids)
        key = notice.key
        with self.assertRaises(UserError):
            notice.with_user(self.users["appraiser"]).action_retry()
        self.act_as(dossier, "receiver").notice_ids.action_retry()
        self.assertEqual(notice.state, "queued")
        self.assertFalse(notice.activity_ids)
        self.mails.start()
        self.send(3 * 60)
        self.assertEqual(notice.state, "sent")
        self.assertEqual(self.mails.taken[0]["X-Onestop-Key"], key)

    def test_cancelled(self):
        self.mails.start()
        dossier = self.dossier_in("received")
        notice = self.fill()
        self.act_as(dossier, "receiver").notice_ids.action_cancel()
        self.send()
        self.assertEqual(notice.state, "cancelled")
        self.assertFalse(self.mails.taken)

    # ------------------------------------------------------------
    # Gateways
    # ------------------------------------------------------------

    def by_sms(self):
        self.citizen.notice_mail = False
        self.dossier_in("received")
        return self.fill()

    def test_message(self):
        self.messages.start()
        self.with_sms(secret_name="TEST_TOKEN")
        notice = self.by_sms()
        with patch.dict(os.environ, {"ONESTOP_SECRET_TEST_TOKEN": "s3cret"}):
            self.send()
        [(headers, body)] = self.messages.taken
        self.assertEqual(headers["X-Token"], "s3cret")
        self.assertIn('"to": "+84912345678"', body)
        self.assertEqual(notice.state, "sent")
        self.assertNotIn("s3cret", notice.answer)
        self.env.cr.execute(
            "SELECT onestop_notice_gateway::text FROM onestop_notice_gateway"
        )
        self.assertNotIn("s3cret", str(self.env.cr.fetchall()))

    def test_an_answer_that_breaks_off(self):
        """The connection dies in the middle of the answer: tried again, no crash."""
        self.messages.start()
        gateway = self.with_sms().with_context(test_phone="0912345678")
        self.messages.promised = 500
        with self.assertRaisesRegex(UserError, "did not take it"):
            gateway.action_test()
        notice = self.by_sms()
        self.send()
        self.assertEqual(notice.state, "queued")

    @mute_logger(WAYS, MAILS)
    def test_an_answer_repeats_no_address(self):
        """Colleagues who see the address masked see the answer, too."""
        self.messages.start()
        self.with_sms()
        self.messages.answers = [(400, {"to": "+84912345678", "was": "0912345678"})]
        notice = self.by_sms()
        self.send()
        self.assertEqual(notice.state, "failed")
        self.assertNotIn("12345", notice.answer)
        self.assertIn(notice.address_masked, notice.answer)
        self.citizen.notice_mail = True
        self.mails.refused["citizen@test.example"] = "550 citizen@test.example unknown"
        self.mails.start()
        self.dossier_in("received")
        notice = self.fill().filtered(lambda n: n.channel == "mail")
        self.send()
        self.assertEqual(notice.answer, "550 c•••@test.example unknown")

    @mute_logger(WAYS, MAILS)
    def test_a_sender_that_is_refused_is_no_fault_of_the_citizen(self):
        self.mails.senders = "530 authentication required"
        self.mails.start()
        self.dossier_in("received")
        notice = self.fill()
        self.send()
        self.assertEqual(notice.state, "queued")
        self.mails.senders = "250 ok"
        self.send(3)
        self.assertEqual(notice.state, "sent")

    def test_answers(self):
        """Taken, later, never: by status and by what the answer says."""
        self.messages.start()
        self.with_sms(path="error", expected="0")
        for status, said, state in (
            (200, {"error": 0}, "sent"),
            (200, {"error": -201}, "failed"),
            (500, {}, "queued"),
            (429, {}, "queued"),
            (401, {}, "queued"),
            (403, {}, "queued"),
            (400, {}, "failed"),
            (302, {}, "queued"),
        ):
            with self.subTest(status=status, said=said):
                self.messages.answers = [(status, said)]
                self.messages.taken.clear()
                notice = self.by_sms()[-1:]
                self.send()
                self.assertEqual(notice.state, state)
                self.assertEqual(len(self.messages.taken), 1, "no redirect is followed")
                self.notices().unlink()

    def test_messaging_app(self):
        """A template message: its number and its data, as the provider wants them."""
        self.messages.start()
        gateway = self.env["onestop.notice.gateway"].new({"preset": "zalo"})
        gateway._onchange_preset()
        self.with_sms(
            channel="app",
            headers=gateway.headers,
            body=gateway.body,
            statuses=gateway.statuses,
            path=gateway.path,
            expected=gateway.expected,
            phone_form=gateway.phone_form,
        )
        self.env["onestop.notice.template"].create(
            {
                "event": "receive",
                "channel": "app",
                "subject": "77001",
                "body": "ma_ho_so: {{ code }}\nngay_hen: {{ due }}",
            }
        )
        self.citizen.notice_app = True
        notice = self.by_sms()
        self.send()
        [(_headers, body)] = self.messages.taken
        self.assertIn('"phone": "84912345678", "template_id": "77001"', body)
        self.assertIn(f'"ma_ho_so": "{notice.dossier_id.code}"', body)
        self.assertIn(f'"tracking_id": "{notice.key}"', body)

    def test_gateway_is_checked(self):
        for values in (
            {"url": "http://sms.example/"},
            {"url": "https://{{ text }}.example/"},
            {"body": "{{ identity_number }}"},
            {"secret_name": "my secret token"},
        ):
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.with_sms(**values)

    @mute_logger(WAYS)
    def test_trial_message(self):
        self.messages.start()
        gateway = self.with_sms().with_context(test_phone="0912345678")
        self.assertEqual(gateway.action_test()["params"]["type"], "success")
        self.messages.answers = [(403, {})]
        with self.assertRaisesRegex(UserError, "403"):
            gateway.action_test()

    # ------------------------------------------------------------
    # Cost
    # ------------------------------------------------------------

    def test_queries(self):
        """What a batch costs besides one statement each does not grow."""
        self.mails.start()
        counts = []
        for number in (2, 2, 12):
            for _time in range(number):
                self.dossier_in("submitted")
            self.fill()
            before = self.env.cr.sql_log_count
            with patch.object(
                self.env.registry["ir.cron"], "_commit_progress", lambda *a, **k: 1
            ):
                self.send()
            counts.append(self.env.cr.sql_log_count - before - number)
        self.assertEqual(counts[1], counts[2])
