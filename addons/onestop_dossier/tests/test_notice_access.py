# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from .notice_common import NoticeCase


@tagged("post_install", "-at_install")
class TestNoticeAccess(NoticeCase):
    """The outbox is seen with the dossier and written by nobody."""

    def setUp(self):
        super().setUp()
        self.dossier = self.dossier_in("processing")
        self.notice = self.fill().filtered(lambda n: n.occasion == "receive")

    def as_user(self, name):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.notice.with_user(self.users[name])

    def test_who_reads(self):
        for name in ("receiver", "appraiser", "head", "director"):
            with self.subTest(user=name):
                self.assertTrue(
                    self.as_user(name).search([("id", "=", self.notice.id)])
                )
                self.assertTrue(self.as_user(name).body)
        self.assertFalse(self.as_user("stranger").search([]))
        for name in ("stranger", "citizen", "other"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.as_user(name).read(["body"])

    def test_address_is_masked(self):
        self.assertEqual(self.as_user("receiver").address, "citizen@test.example")
        for name in ("appraiser", "head"):
            notice = self.as_user(name)
            self.assertEqual(notice.address_masked, "c•••@test.example")
            with self.subTest(user=name), self.assertRaises(AccessError):
                notice.read(["address"])
            with self.assertRaises(AccessError):
                notice.search([("address", "=", "citizen@test.example")])
        with self.assertRaises(AccessError):
            self.as_user("receiver").read(["key"])

    def test_role_that_ended(self):
        """Felt at the next request: another role, elsewhere, keeps the group."""
        appraiser = self.users["appraiser"]
        self.add_role(appraiser, self.health, "appraiser")
        role = self.env["onestop.membership"].search(
            [("user_id", "=", appraiser.id), ("department_id", "=", self.justice.id)]
        )
        role.valid_to = "2020-01-02"
        self.assertFalse(self.as_user("appraiser").search([]))

    def test_nobody_writes(self):
        for name in ("receiver", "director", "head", "citizen"):
            notice = self.as_user(name)
            with self.subTest(user=name):
                with self.assertRaises(AccessError):
                    notice.write({"state": "sent"})
                with self.assertRaises(AccessError):
                    notice.unlink()
                with self.assertRaises(AccessError):
                    notice.create({"dossier_id": self.dossier.id})
                with self.assertRaises(AccessError):
                    self.env["onestop.notice.queue"].with_user(self.users[name]).create(
                        {"dossier_id": self.dossier.id}
                    )

    def test_only_the_centre_deals(self):
        for name in ("appraiser", "head", "stranger", "citizen"):
            for action in ("action_retry", "action_cancel"):
                with (
                    self.subTest(user=name, action=action),
                    self.assertRaises(AccessError),
                ):
                    getattr(self.as_user(name), action)()
        self.as_user("receiver").action_cancel()
        self.assertEqual(self.notice.state, "cancelled")

    def test_of_no_unit_yet_the_centre_deals(self):
        """Sent in online, no unit has received it: still not everybody's business."""
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.env.cr.execute("ALTER TABLE onestop_dossier DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE onestop_dossier SET support_department_id = NULL WHERE id = %s",
            [self.dossier.id],
        )
        self.env.cr.execute("ALTER TABLE onestop_dossier ENABLE TRIGGER USER")
        self.assertTrue(self.as_user("appraiser").has_access("read"))
        with self.assertRaises(AccessError):
            self.as_user("appraiser").action_cancel()
        with self.assertRaises(AccessError):
            self.as_user("head").action_retry()

    def test_the_head_of_the_centre_finds_the_outbox(self):
        menus = self.env["ir.ui.menu"].with_user(self.users["director"])
        shown = menus._visible_menu_ids()
        for name in ("menu_centre_notices", "menu_centre_outage"):
            menu = self.env.ref(f"onestop_dossier.{name}")
            with self.subTest(menu=name):
                self.assertIn(menu.id, shown)
                self.assertIn(menu.parent_id.id, shown)

    def test_gateway(self):
        gateway = self.make_gateway(9)
        with self.assertRaises(AccessError):
            gateway.with_user(self.users["director"]).url = "https://other.example/"
        with self.assertRaises(AccessError):
            gateway.with_user(self.users["director"]).action_test()
        with self.assertRaises(AccessError):
            gateway.with_user(self.users["receiver"]).read(["headers"])

    def test_erased(self):
        """Texts go when their time is over; that something was told stays."""
        self.notice.state = "sent"
        self.env.cr.execute(
            "UPDATE onestop_notice SET create_date = create_date - interval '3 years' "
            "WHERE id = %s",
            [self.notice.id],
        )
        self.env.invalidate_all()
        self.env["onestop.notice"]._gc_texts()
        self.env.invalidate_all()
        self.assertFalse(self.notice.body or self.notice.address or self.notice.subject)
        self.assertEqual(self.notice.state, "sent")
        self.assertTrue(self.notice.erased_at)
        # Told again it is not, although the address is gone.
        key = self.notice.key
        event = self.notice.event_id
        self.env["onestop.notice.queue"].create(
            {"dossier_id": self.dossier.id, "event_id": event.id}
        )
        self.assertEqual(self.fill().filtered(lambda n: n.key == key), self.notice)


@tagged("post_install", "-at_install")
class TestNoticeRpc(NoticeCase, HttpCase):
    """Over RPC, as a program of a user would try it."""

    def call(self, model, method, *args, **kwargs):
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            json={
                "jsonrpc": "2.0",
                "method": "call",
                "params": {
                    "model": model,
                    "method": method,
                    "args": args,
                    "kwargs": kwargs,
                },
            },
        ).json()
        return answer.get("result"), answer.get("error", {}).get("data", {}).get("name")

    def test_attacks(self):
        dossier = self.dossier_in("received")
        notice = self.fill()
        self.authenticate("t.appraiser", "t.appraiser.secret")
        denied = "odoo.exceptions.AccessError"
        for model, method, args in (
            ("onestop.notice", "write", [notice.ids, {"body": "x"}]),
            ("onestop.notice", "_send_all", [notice.ids]),
            ("onestop.notice", "_erase", [notice.ids]),
            ("onestop.notice", "_cron_send", []),
            ("onestop.notice", "read", [notice.ids, ["address"]]),
            ("onestop.notice", "action_retry", [notice.ids]),
            ("onestop.notice.queue", "search_read", [[]]),
            ("onestop.notice.gateway", "search_read", [[]]),
            ("onestop.dossier", "_notify", [dossier.ids, "receive"]),
            ("onestop.dossier", "write", [dossier.ids, {"notice_wish": "none"}]),
        ):
            with self.subTest(model=model, method=method):
                _result, error = self.call(model, method, *args)
                self.assertEqual(error, denied)
