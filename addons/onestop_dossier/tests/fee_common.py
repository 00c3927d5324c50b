# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json

from odoo.fields import Command

from .common import DossierCase


class FeeCase(DossierCase):
    """A procedure with four fees, a counter, and a book of receipts of three copies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls.make_procedure(
            "9.000007",
            cls.justice,
            fee_ids=[
                Command.create({"name": "Charge", "amount": 20000, "kind": "charge"}),
                Command.create({"name": "Fee", "amount": 150000, "kind": "fee"}),
                Command.create(
                    {
                        "name": "Copies",
                        "amount": 3000,
                        "unit": "page",
                        "collect_at": "return",
                    }
                ),
                Command.create(
                    {"name": "Appraisal", "mode": "text", "collect_at": "supplement"}
                ),
                Command.create({"name": "Nothing", "mode": "free"}),
            ],
        )
        cls.counter = cls.env["onestop.counter"].create(
            {"name": "Counter 1", "department_id": cls.centre.id}
        )
        cls.book = cls.make_book()

    @classmethod
    def make_book(cls, **values):
        book = cls.env["onestop.receipt.book"].create(
            {
                "department_id": cls.centre.id,
                "form": "01BLP3-001",
                "symbol": "AA-26P",
                "first": 101,
                "last": 150,
                "counter_id": cls.counter.id,
                **values,
            }
        )
        book.action_open()
        return book

    def fees(self, dossier, *names):
        return dossier.sudo().fee_ids.filtered(lambda f: f.name in names)

    def collect(self, dossier, *names, who="cashier", method="cash", **more):
        """A receipt for the fees of these names."""
        record = self.act_as(dossier, who)
        fees = self.fees(dossier, *(names or ("Charge", "Fee")))
        return record._do_collect_fees(fees, method, **more).sudo()

    def last_body(self, dossier):
        events = dossier.sudo().event_ids.sorted("sequence")
        return json.loads(events[-1].body)

    def closing(self, who="cashier"):
        """The day of a cashier."""
        self.env.flush_all()
        self.env.invalidate_all()
        return (
            self.env["onestop.cash.closing"]
            .with_user(self.users[who])
            .search([("cashier_id", "=", self.users[who].id)], limit=1)
        )
