# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .fee_common import FeeCase


@tagged("post_install", "-at_install")
class TestFeesFirst(FeeCase):
    """A step, or the Centre, that waits for money."""

    def gated(self, activity):
        activities = ("receive", "appraise", "approve", "issue", "return")
        return self.make_procedure(
            f"9.0001{activities.index(activity):02d}",
            self.justice,
            fee_ids=[
                Command.create({"name": "Charge", "amount": 20000}),
                Command.create(
                    {"name": "Late", "amount": 5000, "collect_at": "return"}
                ),
            ],
            step_ids=[
                Command.create(
                    {
                        "sequence": 10 * number,
                        "activity": name,
                        "payment_first": name == activity,
                    }
                )
                for number, name in enumerate(activities)
            ],
        )

    def refused_then_paid(self, activity, state, act):
        dossier = self.dossier_in(state, procedure_id=self.gated(activity).id)
        if act == "issue":
            self.act_as(dossier, "records")._attach("r.pdf", b"%PDF-1.4\n", "result")
        with self.assertRaisesRegex(UserError, "Still to be paid: Charge"):
            getattr(self, f"do_{act}")(dossier)
        self.collect(dossier, "Charge")
        getattr(self, f"do_{act}")(dossier)

    def test_appraisal(self):
        self.refused_then_paid("appraise", "received", "forward")

    def test_approval(self):
        self.refused_then_paid("approve", "processing", "appraise")

    def test_issue(self):
        self.refused_then_paid("issue", "approving", "approve")

    def test_centre(self):
        self.company.onestop_fees_first = True
        dossier = self.dossier_in("received")
        with self.assertRaisesRegex(UserError, "Collect them at the counter"):
            self.do_forward(dossier)
        self.collect(dossier)
        self.do_forward(dossier)

    def test_off_by_default(self):
        self.do_forward(self.dossier_in("received"))

    def test_exempt_is_settled(self):
        self.company.onestop_fees_first = True
        dossier = self.dossier_in("received")
        for fee in self.fees(dossier, "Charge", "Fee"):
            self.act_as(dossier, "cashier").action_set_fee(
                fee.id, "Veteran", relief="exempt", legal_basis="Article 10"
            )
        self.do_forward(dossier)
