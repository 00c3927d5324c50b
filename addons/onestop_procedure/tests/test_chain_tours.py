# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""The chains in a browser, as the offices concerned, and refused over RPC."""

from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from .test_change_request import ChangeFixture
from .test_process import ProcessFixture


class ChainWeb(HttpCase):
    def tour(self, path, name, login):
        self.start_tour(f"/odoo/{path}", f"onestop_{name}", login=f"t.{login}")
        self.env.invalidate_all()

    def call(self, model, method, ids, *args):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": [ids, *args], "kwargs": {}},
        )

    def assertRefused(self, record, method, *args):
        """Neither an error nor an identity dialog lets the paper move."""
        before = record.state
        with mute_logger("odoo.http"):
            try:
                answer = self.call(record._name, method, record.ids, *args)
            except JsonRpcException:
                answer = {}
        if answer:
            self.assertEqual(answer["res_model"], "res.users.identitycheck")
        self.env.invalidate_all()
        self.assertEqual(record.state, before)


@tagged("post_install", "-at_install")
class TestChangeWeb(ChangeFixture, ChainWeb):
    def test_the_chain_in_a_browser(self):
        self.new_law.amends_ids = [Command.link(self.old_law.id)]
        self.tour("onestop-changes/new", "change_report", "leader")
        request = self.env["onestop.change.request"].search(
            [("name", "=", "Decree 2 takes effect")]
        )
        self.assertEqual(request.department_id, self.justice)
        path = f"onestop-changes/{request.id}"
        self.tour(path, "change_advise", "control")
        self.tour(path, "change_accept", "chair")
        self.assertEqual(request.state, "drafted")
        self.assertEqual(len(request.line_ids.version_id), 2)

    def test_a_legal_basis_ends_in_a_browser(self):
        path = f"onestop-decisions/{self.old_law.id}"
        self.tour(path, "decision_ends", "control")
        self.assertEqual(self.old_law.state, "replaced")
        self.assertEqual(self.old_law.replaced_by_id, self.new_law)

    def test_refused_over_rpc(self):
        request = self.make_request()
        self.advise(request)
        for user in (self.leader, self.director, self.control, self.admin_web):
            self.authenticate(user.login, f"{user.login}.secret")
            self.assertRefused(request, "write", {"state": "done"})
            self.assertRefused(request, "action_accept", "", self.decision.id)
            self.assertRefused(request, "action_decline", "No")
            self.assertRefused(request, "_do_accept", "", self.decision.id)
            self.assertRefused(request, "_move", "accept")
            self.assertRefused(self.decision, "write", {"state": "in_force"})
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                self.call(
                    "onestop.chain.trace",
                    "create",
                    {"res_model": request._name, "res_id": request.id, "move": "x"},
                )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin_web = cls.make_official("adminweb", cls.health, "personnel")
        cls.admin_web.group_ids = [Command.link(cls.env.ref("base.group_system").id)]


@tagged("post_install", "-at_install")
class TestProcessWeb(ProcessFixture, ChainWeb):
    def test_the_chain_in_a_browser(self):
        self.tour("onestop-processes/new", "process_hand_in", "leader")
        process = self.env["onestop.process"].search(
            [("name", "=", "Processes of notaries")]
        )
        path = f"onestop-processes/{process.id}"
        self.tour(path, "process_return", "director")
        self.tour(path, "process_hand_in_again", "leader")
        self.tour(path, "process_check", "director")
        self.tour(path, "process_submit", "control")
        self.tour(path, "process_approve", "chair")
        self.assertEqual(self.draft.state, "published")
        self.tour(path, "process_post", "director")
        self.assertEqual(process.state, "posted")
        self.assertEqual(process.posting_ids.note, "Main hall")

    def test_refused_over_rpc(self):
        process = self.make_process()
        self.submit(process)
        for user in (self.leader, self.director, self.control):
            self.authenticate(user.login, f"{user.login}.secret")
            self.assertRefused(process, "write", {"state": "posted"})
            self.assertRefused(process, "action_approve", "", self.decision.id)
            self.assertRefused(process, "action_return", "No")
            self.assertRefused(process, "action_post", "board")
