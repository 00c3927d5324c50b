# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import new_test_user

from .common import PATHS, PDF, DossierCase

EARLY = {
    "supplement before reception": "request_supplement",
    "payment before reception": "request_payment",
}
# Acts that want the fees paid.
HANDING = ("return", "send_parcel", "collect_online")
# Whom a dossier in a state can be given to.
HOLDERS = {"processing": "appraiser", "approving": "head"}
# States in which nothing is collected any more: it was before.
PAID_BEFORE = ("refused", "stopped", "withdrawing")
# Who asks another agency in which state.
CONSULTED = {"processing": "appraiser", "approving": "head"}


class ActCase(DossierCase):
    """Every act, tried on a dossier in any state, by any user.

    The procedure has a fee; two users more have no role, one of them administers.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls.make_procedure(
            "9.000002",
            cls.justice,
            fee_ids=[Command.create({"name": "Charge", "amount": 20000})],
            silence_article="Article 5",
        )
        cls.place = cls.env["onestop.paper.place"].create(
            {"name": "Shelf 1", "department_id": cls.centre.id}
        )
        cls.linked = cls.make_procedure("9.000003", cls.health)
        for name, groups in (
            ("nobody", "base.group_user"),
            ("admin", "base.group_system"),
        ):
            cls.users[name] = new_test_user(
                cls.env,
                login=f"t.{name}",
                groups=groups,
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )

    def dossier_at(self, state):
        values = {
            "procedure_id": self.procedure.id,
            # However it is wanted, it can be handed over at the counter as well.
            "result_channel": "electronic",
        }
        if state in EARLY:
            dossier = self.dossier_in("submitted", **values)
            receiver = self.act_as(dossier, "receiver")
            getattr(receiver, f"action_{EARLY[state]}")("Not clear")
            return dossier
        if state in PAID_BEFORE:
            return self.paid_dossier_in(state, **values)
        if "return" in PATHS[state]:
            dossier = self.dossier_in("ready", **values)
            self.act_as(dossier, "cashier").action_collect_fee(dossier.fee_ids.id)
            self.do_return(dossier)
            return dossier
        return self.dossier_in(state, **values)

    def paid_dossier_in(self, state, **values):
        """A dossier whose fee was paid as soon as it was handed in."""
        dossier = self.new_dossier(**values)
        first, *steps = PATHS[state] if state != "refused" else ("submit", "refuse")
        getattr(self, f"do_{first}")(dossier)
        self.act_as(dossier, "cashier").action_collect_fee(dossier.fee_ids.id)
        for step in steps:
            getattr(self, f"do_{step}")(dossier)
        return dossier.sudo(False)

    def facts(self, dossier):
        """What the acts need to know, asked once."""
        dossier = dossier.sudo()
        return {
            "digest": dossier.approval_digest,
            "due": (dossier.due_at or dossier.create_date) + timedelta(days=7),
            "fee": dossier.fee_ids.id,
            "linked": self.linked.id,
            "place": self.place.id,
            # When every time that was given is over.
            "later": dossier.create_date + timedelta(days=400),
            "holder": self.users[HOLDERS.get(dossier.state, "receiver")].id,
        }

    def arrange(self, dossier, act):
        """What has to be there for an act, besides the role."""
        dossier = dossier.sudo()
        if act == "issue" and dossier.state in ("approved", "rejected"):
            self.act_as(dossier, "records")._attach("result.pdf", PDF, "result")
        if act in HANDING and dossier.state == "ready":
            self.act_as(dossier, "cashier").action_collect_fee(dossier.fee_ids.id)
        if act in ("cancel_receipt", "refund_fee") and not dossier.receipt_ids:
            if dossier.state != "draft":
                cashier = self.act_as(dossier, "cashier")
                cashier.action_collect_fee(dossier.fee_ids.id)
        if act == "record_undelivered" and dossier.state == "ready":
            self.act_as(dossier, "cashier").action_collect_fee(dossier.fee_ids.id)
            self.try_send_parcel(self.act_as(dossier, "returner"), None)
        if act == "answer_consultation" and dossier.state in CONSULTED:
            self.act_as(dossier, CONSULTED[dossier.state]).action_consult(
                self.health.id, "Question", dossier.due_at
            )
        if act == "release" and dossier.state in HOLDERS | {"received": "receiver"}:
            holder = HOLDERS.get(dossier.state, "receiver")
            self.act_as(dossier, holder).action_assign(self.users[holder].id)
        if act == "recalculate":
            days = self.env["onestop.calendar.day"]
            day = date(2031, 1, 1) + timedelta(days=days.search_count([]))
            days.create({"date": day, "kind": "holiday", "name": "Decreed late"})
            self.company._publish_calendar()

    # ------------------------------------------------------------
    # How each act is tried
    # ------------------------------------------------------------

    def try_submit(self, dossier, facts):
        dossier.action_submit()

    def try_receive(self, dossier, facts):
        dossier.action_receive()

    def try_refuse(self, dossier, facts):
        dossier.action_refuse("Reason")

    def try_forward(self, dossier, facts):
        dossier.action_forward("In order")

    def try_send_back(self, dossier, facts):
        dossier.action_send_back("Reason")

    def try_assign(self, dossier, facts):
        dossier.action_assign(facts["holder"])

    def try_release(self, dossier, facts):
        dossier.action_release()

    def try_recall(self, dossier, facts):
        dossier.action_recall()

    def try_move_paper(self, dossier, facts):
        dossier.action_move_paper(facts["place"])

    def try_request_supplement(self, dossier, facts):
        dossier.action_request_supplement("Reason", ["A copy"])

    def try_request_payment(self, dossier, facts):
        dossier.action_request_payment("Reason")

    def try_suspend(self, dossier, facts):
        dossier.action_suspend("Reason", "Article 1")

    def try_resume(self, dossier, facts):
        dossier.action_resume()

    def try_extend(self, dossier, facts):
        dossier._do_extend("statutory", facts["due"], "Reason", "Article 1")

    def try_approve(self, dossier, facts):
        dossier._do_approve(seen=facts["digest"])

    def try_reject(self, dossier, facts):
        dossier._do_reject("Reason", seen=facts["digest"])

    def try_issue(self, dossier, facts):
        dossier.action_issue()

    def try_record_outside(self, dossier, facts):
        content = base64.b64encode(PDF).decode()
        dossier.action_record_outside("1/QD", "2026-01-05", "The head", content)

    def try_return(self, dossier, facts):
        dossier.action_return("counter", "Citizen", "089090000901")

    def try_give_back(self, dossier, facts):
        dossier.action_give_back("Citizen 901", "089090000901")

    def try_collect_online(self, dossier, facts):
        dossier.action_collect_online()

    def try_send_parcel(self, dossier, facts):
        dossier.action_send_parcel(
            "Citizen 901", "12 Main Road, An Giang", "0912345678"
        )

    def try_record_undelivered(self, dossier, facts):
        dossier.action_record_undelivered("Nobody at home")

    def try_revoke_decision(self, dossier, facts):
        dossier._do_revoke_decision("Reason")

    def try_request_withdrawal(self, dossier, facts):
        dossier.action_request_withdrawal("Reason")

    def try_accept_withdrawal(self, dossier, facts):
        dossier.action_accept_withdrawal()

    def try_decline_withdrawal(self, dossier, facts):
        dossier.action_decline_withdrawal("Reason")

    def try_stop(self, dossier, facts):
        dossier._do_stop("Reason", "Article 1")

    def try_collect_fee(self, dossier, facts):
        dossier.action_collect_fee(facts["fee"])

    def try_set_fee(self, dossier, facts):
        dossier.action_set_fee(
            facts["fee"],
            "Reason",
            amount=10000,
            relief="reduced",
            legal_basis="Article 1",
        )

    def try_cancel_receipt(self, dossier, facts):
        dossier.action_cancel_receipt(dossier.sudo().receipt_ids[:1].id, "Reason")

    def try_refund_fee(self, dossier, facts):
        dossier.action_refund_fee(dossier.sudo().receipt_ids[:1].id, "Reason")

    def try_expire(self, dossier, facts):
        dossier._occurred(facts["later"], "import").action_expire()

    def try_pass_on(self, dossier, facts):
        dossier.action_pass_on()

    def try_recalculate(self, dossier, facts):
        dossier.action_recalculate("Notice 1")

    def try_consult(self, dossier, facts):
        dossier.action_consult(self.health.id, "Question", facts["due"])

    def try_answer_consultation(self, dossier, facts):
        dossier.action_answer_consultation("No objection")

    def try_spawn(self, dossier, facts):
        dossier.action_spawn(facts["linked"])

    def try_transfer(self, dossier, facts):
        dossier.action_transfer(self.health.id, "Reason")

    def try_correct(self, dossier, facts):
        dossier.action_correct({"subject": "What is right", "copies": 2}, "Reason")

    def try_record_consent(self, dossier, facts):
        dossier._occurred(facts["later"], "import").action_record_consent()
