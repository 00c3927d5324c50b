# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged

from .notice_common import NoticeCase


@tagged("post_install", "-at_install")
class TestNoticeOutbox(NoticeCase):
    """From acts to notices: what, to whom, once."""

    def queued(self, dossier):
        return self.env["onestop.notice.queue"].search(
            [("dossier_id", "=", dossier.id)]
        )

    def test_received(self):
        """Whoever files is told the code and the day, without the slip's secret."""
        dossier = self.dossier_in("received")
        notice = self.fill().filtered(lambda n: n.occasion == "receive")
        self.assertEqual(notice.mapped("channel"), ["mail"])
        self.assertEqual(notice.address, "citizen@test.example")
        self.assertIn(dossier.code, notice.subject)
        self.assertIn(self.company._onestop_notice_time(dossier.due_at), notice.body)
        self.assertIn(f"/track?code={dossier.code}", notice.body)
        self.assertNotIn(dossier.sudo().slip_secret, notice.body)
        self.assertFalse(self.queued(dossier))

    def test_course(self):
        """Each act of the default set is told under its own name."""
        for state, occasion in (
            ("payment", "request_payment"),
            ("suspended", "suspend"),
            ("stopped", "stop"),
            ("ready", "result_early"),
            ("returned", "return"),
        ):
            with self.subTest(state=state):
                dossier = self.dossier_in(state)
                notice = self.fill().filtered(lambda n, d=dossier: n.dossier_id == d)
                self.assertIn(occasion, notice.mapped("occasion"))
        dossier = self.dossier_in("rejected")
        self.do_issue(dossier)
        told = self.fill().filtered(lambda n: n.dossier_id == dossier)
        notice = told.filtered(lambda n: n.occasion == "issue_rejected")
        self.assertIn("The conditions are not met", notice.body)
        self.assertFalse({"issue", "result_early"} & set(told.mapped("occasion")))

    def test_supplement_is_told_when_passed_on(self):
        """A handler's request reaches the citizen by the counter, with its words."""
        dossier = self.dossier_in("processing")
        self.act_as(dossier, "appraiser").action_request_supplement(
            "Unclear scan", ["Copy of the card"]
        )
        self.assertNotIn("request_supplement", self.fill().mapped("occasion"))
        self.act_as(dossier, "receiver").action_pass_on()
        notice = self.fill().filtered(lambda n: n.occasion == "request_supplement")
        self.assertIn("Copy of the card", notice.body)
        self.assertIn("Unclear scan", notice.body)
        self.assertIn(
            self.company._onestop_notice_time(dossier.citizen_due_at), notice.body
        )

    def test_inside_texts_stay_inside(self):
        dossier = self.dossier_in("submitted")
        receiver = self.act_as(dossier, "receiver")
        receiver.action_request_supplement("Unclear", exception="Quarrel with the head")
        bodies = "".join(self.fill().mapped("body"))
        self.assertIn("Unclear", bodies)
        self.assertNotIn("Quarrel", bodies)

    def test_apology(self):
        dossier = self.dossier_in("processing")
        new = fields.Datetime.add(dossier.due_at, days=3)
        self.act_as(dossier, "head")._do_extend("apology", new, "Storm")
        notice = self.fill().filtered(lambda n: n.occasion == "apology")
        self.assertIn(self.company._onestop_notice_time(new), notice.body)
        self.assertTrue(notice.version_id.template_id.prescribed)

    def test_rolled_back(self):
        """An act that fails tells nobody."""
        dossier = self.dossier_in("submitted")
        self.fill()
        with self.assertRaises(ValueError), self.env.cr.savepoint():
            self.do_receive(dossier)
            raise ValueError
        self.assertFalse(self.queued(dossier))

    def test_examples_and_imports_tell_nobody(self):
        moment = fields.Datetime.now() - timedelta(days=3)
        for source in ("import", "demo"):
            dossier = self.dossier_in("submitted")
            self.fill()
            act = self.act_as(dossier, "receiver")._occurred(moment, source)
            act.action_refuse("Not here")
            act._notify("result_early")
            self.assertFalse(self.queued(dossier), source)

    def test_demo(self):
        """The demo shows what would have been told, and never sends it."""
        dossier = self.dossier_in("submitted")
        self.fill().unlink()
        moment = fields.Datetime.now() - timedelta(days=3)
        act = self.act_as(dossier, "receiver")._occurred(moment, "demo")
        act.action_refuse("Not here")
        self.env.flush_all()
        self.env["onestop.demo"]._load_notices()
        shown = self.notices(dossier_id=dossier.id)
        self.assertEqual(shown.mapped("state"), ["cancelled"])
        with self.assertRaises(UserError):
            self.act_as(dossier, "receiver").notice_ids.action_retry()

    def test_after_an_outage(self):
        """What was entered after an outage is told, if the Centre wants it so."""
        moment = fields.Datetime.now() - timedelta(days=3)
        for told in (True, False):
            self.company.onestop_notice_outage = told
            dossier = self.dossier_in("submitted")
            self.fill().unlink()
            act = self.act_as(dossier, "receiver")._occurred(moment, "outage")
            act.action_refuse("Not here")
            self.assertEqual(len(self.queued(dossier)), 1)
            self.assertEqual(bool(self.fill()), told)

    def test_trial_tells_nobody(self):
        draft = self.procedure.version_ids.copy({"number": 2})
        trial = self.env["onestop.dossier"]._open_trial(draft.case_ids)
        trial.sudo()._notify("result_early")
        self.assertFalse(self.queued(trial))

    def test_centre_that_is_silent(self):
        self.company.onestop_notices = False
        self.dossier_in("received")
        self.assertFalse(self.fill())

    def test_once(self):
        """The same is told once, however often it is queued."""
        dossier = self.dossier_in("ready")
        self.fill().unlink()
        for _time in range(2):
            dossier._notify("parcel_sent", once="P1", tracking="EF1VN")
            self.fill()
        dossier._notify("parcel_sent", once="P2", tracking="EF2VN")
        found = self.fill()
        self.assertEqual(len(found), 2)
        self.assertIn("EF1VN", found[0].body)
        self.assertEqual(len(set(found.mapped("key"))), 2)

    def test_same_key_after_restore(self):
        """What is made again, from a backup, has the key it had."""
        dossier = self.dossier_in("received")
        first = self.fill()
        keys = first.mapped("key")
        first.unlink()
        event = dossier.sudo().event_ids.filtered(lambda e: e.kind == "receive")
        self.env.cr.execute(
            "INSERT INTO onestop_notice_queue (dossier_id, event_id) VALUES (%s, %s)",
            [dossier.id, event.id],
        )
        self.assertEqual(self.fill().mapped("key"), keys)

    def test_early_result_says_it_all(self):
        dossier = self.dossier_in("approved")
        self.fill().unlink()
        self.do_issue(dossier)
        self.assertEqual(self.fill().mapped("occasion"), ["result_early"])

    def test_unknown_occasion(self):
        dossier = self.dossier_in("received")
        self.fill()
        dossier._notify("nobody_speaks_of_this")
        self.assertFalse(self.queued(dossier))

    def test_reminder(self):
        """Before the time to answer ends the citizen is reminded, once."""
        dossier = self.dossier_in("submitted")
        self.act_as(dossier, "receiver").action_request_supplement("Unclear")
        outbox = self.env["onestop.notice"]
        self.fill().unlink()
        outbox._cron_remind()
        self.assertFalse(self.queued(dossier), "asked for today")
        soon = dossier.citizen_due_at - timedelta(days=1)
        with self.at(soon):
            outbox._cron_remind()
            outbox._cron_remind()
            self.assertEqual(len(self.queued(dossier)), 1)
            notice = self.fill()
            self.assertEqual(notice.occasion, "supplement_due_soon")
            outbox._cron_remind()
        self.assertFalse(self.queued(dossier))

    # ------------------------------------------------------------
    # Whom, and how
    # ------------------------------------------------------------

    def test_owner_and_submitter(self):
        self.other_citizen.email = "other@test.example"
        cases = {
            "owner": ["citizen@test.example"],
            "submitter": ["other@test.example"],
            "both": ["citizen@test.example", "other@test.example"],
        }
        for to, expected in cases.items():
            with self.subTest(to=to):
                self.company.onestop_notice_to = to
                self.dossier_in("received", submitter_id=self.other_citizen.id)
                found = self.fill()
                self.assertEqual(sorted(found.mapped("address")), expected)
                found.unlink()
        dossier = self.dossier_in(
            "received", submitter_id=self.other_citizen.id, notice_to="owner"
        )
        self.assertEqual(self.fill().mapped("address"), cases["owner"], dossier)

    def test_sms_without_identity_numbers(self):
        self.make_gateway(9)
        dossier = self.dossier_in("submitted")
        self.fill().unlink()
        self.act_as(dossier, "receiver").action_refuse(
            "Thẻ 089090000901 không đọc được"
        )
        found = self.fill()
        self.assertEqual(found.mapped("channel"), ["mail", "sms"])
        text = found.filtered(lambda n: n.channel == "sms")
        self.assertEqual(text.address, "+84912345678")
        self.assertEqual(text.address_masked, "091••••678")
        self.assertIn("khong doc duoc", text.body)
        self.assertNotIn("089090000901", text.body)

    def test_choice(self):
        self.make_gateway(9)
        self.citizen.write({"notice_mail": False, "notice_sms": False})
        self.dossier_in("received")
        self.assertFalse(self.fill(), "wants nothing, and no law says so")
        dossier = self.dossier_in("submitted")
        self.act_as(dossier, "receiver").action_refuse("Not here")
        self.assertEqual(self.fill().mapped("channel"), ["mail"], "prescribed")
        self.notices().unlink()
        self.citizen.notice_mail = True
        self.dossier_in("received", notice_wish="sms")
        self.assertEqual(self.fill().mapped("channel"), ["sms"], "by the dossier")
        self.notices().unlink()
        self.dossier_in("received", notice_wish="none")
        self.assertFalse(self.fill())

    def test_language(self):
        self.citizen.notice_language = "en"
        self.dossier_in("received")
        self.assertIn("has been received", self.fill().subject)
        self.notices().unlink()
        self.citizen.notice_language = "vi"
        self.dossier_in("received")
        self.assertIn("đã được tiếp nhận", self.fill().subject)

    def test_confirmed_addresses_only(self):
        self.company.onestop_notice_verified = True
        self.dossier_in("received")
        self.assertFalse(self.fill())
        receiver = self.citizen.with_user(self.users["receiver"])
        receiver.action_confirm_addresses()
        self.dossier_in("received")
        self.assertEqual(len(self.fill()), 1)
        self.citizen.email = "new@test.example"
        self.assertFalse(self.citizen.is_email_confirmed)

    def test_quiet_hours(self):
        """An SMS waits until morning, a mail does not."""
        self.make_gateway(9)
        self.company.write(
            {"onestop_notice_quiet_from": 21, "onestop_notice_quiet_to": 7}
        )
        self.dossier_in("received")
        # 22:30 in Viet Nam
        night = fields.Datetime.now().replace(
            hour=15, minute=30, second=0, microsecond=0
        )
        with self.at(night):
            found = self.fill()
        times = {n.channel: n.next_try_at for n in found}
        self.assertEqual(times["mail"], night)
        morning = (night + timedelta(days=1)).replace(hour=0, minute=0)
        self.assertEqual(times["sms"], morning)

    # ------------------------------------------------------------
    # Cost
    # ------------------------------------------------------------

    def test_constant_queries(self):
        """Forty notices cost the filler as many statements as four."""
        counts = []
        for number in (4, 4, 40):
            for other in range(number):
                self.dossier_in(
                    "submitted",
                    person_id=(self.citizen, self.other_citizen)[other % 2].id,
                )
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.fill()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
        self.assertLessEqual(counts[2], 40)

    def test_no_statement_in_the_act(self):
        """The trigger queues: an act that is told of costs what a silent one costs."""
        counts = []
        for active in (True, True, False):
            texts = self.env["onestop.notice.template"].search(
                [("event", "=", "refuse")]
            )
            texts.active = active
            dossier = self.act_as(self.dossier_in("submitted"), "receiver")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            dossier.action_refuse("Not here")
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
