# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from .common import DossierData

# What hangs on money, and what a program might try to write there.
MONEY = {
    "onestop.receipt": {"amount": 1, "state": "cancelled"},
    "onestop.receipt.line": {"amount": 1},
    "onestop.refund": {"amount": 1},
    "onestop.cash.closing": {"state": "closed", "counted": 1},
    "onestop.dossier.fee": {"paid_at": "2026-01-05 03:00:00", "amount": 1},
}
PRIVATE = {
    "onestop.dossier": ("_do_collect_fees", "_do_refund_fee", "_make_receipt"),
    "onestop.dossier.fee": ("_pay", "_unpay"),
    "onestop.receipt.book": ("_draw", "_internal"),
    "onestop.cash.closing": ("_enter", "_do_close", "_locked"),
}


@tagged("post_install", "-at_install")
class TestReceiptsRpc(DossierData, HttpCase):
    """Nobody writes money over the web client's RPC, the administrator neither."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_data()
        cls.users["admin"] = new_test_user(
            cls.env,
            login="t.admin",
            password="t.admin.secret",
            groups="base.group_system",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.procedure = cls.make_procedure(
            "9.000008",
            cls.justice,
            fee_ids=[Command.create({"name": "Charge", "amount": 20000})],
        )

    def setUp(self):
        super().setUp()
        self.dossier = self.dossier_in("processing").sudo()
        cashier = self.act_as(self.dossier, "cashier")
        cashier.action_collect_fee(self.dossier.fee_ids.id)
        self.receipt = self.dossier.receipt_ids
        cashier.action_refund_fee(self.receipt.id, "Less", amount=1000)
        self.env.flush_all()
        self.rows = {
            "onestop.receipt": self.receipt,
            "onestop.receipt.line": self.receipt.line_ids,
            "onestop.refund": self.dossier.refund_ids,
            "onestop.cash.closing": self.receipt.closing_id,
            "onestop.dossier.fee": self.dossier.fee_ids,
        }

    def call(self, model, method, *args, **kwargs):
        return self.make_jsonrpc_request(
            f"/web/dataset/call_kw/{model}/{method}",
            {"model": model, "method": method, "args": args, "kwargs": kwargs},
        )

    @mute_logger("odoo.http")
    def refused(self, model, method, *args, **kwargs):
        with self.assertRaises(JsonRpcException, msg=f"{model}.{method}"):
            self.call(model, method, *args, **kwargs)

    def log_in(self, name):
        self.authenticate(f"t.{name}", f"t.{name}.secret")

    def test_nobody_writes(self):
        for name in ("cashier", "director", "head", "stranger", "citizen", "admin"):
            self.log_in(name)
            for model, values in MONEY.items():
                ids = self.rows[model].ids
                with self.subTest(user=name, model=model):
                    self.refused(model, "write", ids, values)
                    self.refused(model, "create", values)
                    self.refused(model, "unlink", ids)

    def test_private_methods_stay_private(self):
        self.log_in("cashier")
        for model, methods in PRIVATE.items():
            for method in methods:
                self.refused(model, method, [1])

    def test_nobody_else_sees(self):
        for name in ("stranger", "other", "admin"):
            self.log_in(name)
            for model, records in self.rows.items():
                with self.subTest(user=name, model=model):
                    try:
                        found = self.call(
                            model, "search_count", [["id", "in", records.ids]]
                        )
                        self.assertFalse(found)
                    except JsonRpcException as error:
                        self.assertIn("AccessError", str(error))
                    self.refused(model, "read", records.ids, ["display_name"])

    def test_another_dossiers_receipt(self):
        """An id that does not belong together is no way round."""
        other = self.dossier_in("processing")
        self.log_in("cashier")
        self.refused(
            "onestop.dossier", "action_refund_fee", other.ids, self.receipt.id, "Mine"
        )
        self.refused(
            "onestop.dossier", "action_cancel_receipt", other.ids, self.receipt.id, "x"
        )

    def test_a_day_is_closed_after_the_password_only(self):
        closing = self.receipt.closing_id.with_user(self.users["cashier"])
        closing.action_sign(19000)
        self.env.flush_all()
        self.log_in("director")
        answer = self.call("onestop.cash.closing", "action_close", closing.ids)
        self.assertEqual(answer["res_model"], "res.users.identitycheck")
        self.env.invalidate_all()
        self.assertEqual(closing.state, "signed")
