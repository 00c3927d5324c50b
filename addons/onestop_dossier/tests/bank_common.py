# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.fields import Command
from odoo.tests import new_test_user

from ..money.purpose import purpose

COLUMNS = {
    "day": "Ngày giao dịch",
    "reference": "Số tham chiếu",
    "credit": "Ghi có",
    "description": "Nội dung",
}


class BankData:
    """A Centre with an account in use, and a procedure with two fees.

    Mixed in after :class:`DossierData`; a second Centre has a cashier of its own.
    """

    @classmethod
    def set_up_bank(cls):
        cls.paid_procedure = cls.make_procedure(
            "9.000021",
            cls.justice,
            fee_ids=[
                Command.create({"name": "Charge", "amount": 150000}),
                Command.create(
                    {"name": "Copy", "amount": 20000, "collect_at": "return"}
                ),
            ],
        )
        cls.other_centre = cls.env["onestop.department"].create(
            {
                "name": "Other Centre",
                "short": "T-OC",
                "kind": "centre",
                "code": "K98.02",
            }
        )
        cls.other_company = cls.env["res.company"].create({"name": "Other Centre"})
        cls.other_company.onestop_department_id = cls.other_centre
        for name, role in (("other_cashier", "cashier"), ("other_head", "head")):
            user = new_test_user(
                cls.env,
                login=f"t.{name}",
                password=f"t.{name}.secret",
                groups="base.group_user",
                company_id=cls.other_company.id,
                company_ids=[Command.set(cls.other_company.ids)],
            )
            cls.add_role(user, cls.other_centre, role)
            cls.users[name] = user
        cls.account = cls.make_account(number="1012345678")

    @classmethod
    def make_account(cls, confirm=True, proposer="cashier", **values):
        account = (
            cls.env["onestop.bank.account"]
            .with_user(cls.users[proposer])
            .create(
                {
                    "company_id": cls.company.id,
                    "bank_bin": "970436",
                    "bank_name": "Test Bank",
                    "number": "1012345678",
                    "holder": "TRUNG TAM THU NGHIEM",
                    **values,
                }
            )
        )
        if confirm:
            account.with_user(cls.users["director"])._do_confirm()
        return account.sudo()

    def as_user(self, record, name):
        self.env.flush_all()
        return record.with_env(self.env).with_user(self.users[name])

    def paid_dossier(self, state="processing"):
        return self.dossier_in(state, procedure_id=self.paid_procedure.id).sudo()

    def csv(self, *rows):
        """A statement: (reference, amount, description) a row."""
        lines = ["Ngày giao dịch;Số tham chiếu;Ghi có;Nội dung"]
        lines += [f"22/11/2026;{ref};{amount};{text}" for ref, amount, text in rows]
        return "\n".join(lines).encode()

    def statement(self, *rows, name="cashier", account=None):
        account = self.as_user(account or self.account, name)
        statements = account.env["onestop.bank.statement"]
        return statements._import(account, "s.csv", self.csv(*rows), COLUMNS).sudo()

    def told(self, dossier):
        return purpose(dossier.code)

    @classmethod
    def set_up_gateway(cls):
        """A gateway without a module of its own, in test mode, at the Centre."""
        cls.method = cls.env.ref("payment.payment_method_unknown")
        form = cls.env["ir.ui.view"].create(
            {
                "name": "Test gateway",
                "type": "qweb",
                "arch": '<form action="/nowhere" method="post"/>',
            }
        )
        cls.gateway = cls.make_gateway(cls.company, form)
        cls.other_gateway = cls.make_gateway(cls.other_company, form)
        cls.method.active = True

    @classmethod
    def make_gateway(cls, company, form):
        return cls.env["payment.provider"].create(
            {
                "name": "Test gateway",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": company.id,
                "payment_method_ids": [Command.set(cls.method.ids)],
                "redirect_form_view_id": form.id,
            }
        )

    def begun(self, dossier, name="citizen"):
        """A payment of what is due, as the page begins it."""
        values = dossier._payment_values()
        transactions = self.env["payment.transaction"].sudo()
        return transactions.create(
            {
                "provider_id": self.gateway.id,
                "payment_method_id": self.method.id,
                "partner_id": self.users[name].partner_id.id,
                "operation": "online_redirect",
                "reference": transactions._compute_reference("none", **values),
                **values,
            }
        )
