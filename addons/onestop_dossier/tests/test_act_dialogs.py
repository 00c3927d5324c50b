# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .acts import ActCase


@tagged("post_install", "-at_install")
class TestActDialogs(ActCase):
    """The dialogs of the acts with other agencies, as the role that opens them."""

    def dialog(self, dossier, act, user):
        record = self.act_as(dossier, user).with_context(act=act)
        action = record.action_open_act()
        self.assertTrue(action["name"])
        return Form(
            self.env[action["res_model"]]
            .with_user(self.users[user])
            .with_context(**action["context"])
        )

    def confirm(self, form):
        return form.save().action_do()

    def test_ask_and_answer(self):
        dossier = self.dossier_in("processing", procedure_id=self.procedure.id)
        form = self.dialog(dossier, "consult", "appraiser")
        form.department_id = self.health
        form.question = "Is it safe?"
        form.answer_by = dossier.due_at
        self.confirm(form)
        form = self.dialog(dossier, "answer_consultation", "stranger")
        self.assertEqual(form.asked, "Is it safe?")
        form.answer = "It is"
        self.confirm(form)
        self.assertTrue(dossier.consultation_ids.answered_at)

    def test_open_a_linked_dossier(self):
        dossier = self.dossier_in("processing", procedure_id=self.procedure.id)
        form = self.dialog(dossier, "spawn", "appraiser")
        form.procedure_id = self.linked
        self.confirm(form)
        self.assertEqual(dossier.sudo().child_ids.procedure_id, self.linked)

    def test_transfer(self):
        dossier = self.dossier_in("processing", procedure_id=self.procedure.id)
        form = self.dialog(dossier, "transfer", "head")
        form.department_id = self.health
        form.reason = "Misrouted"
        self.confirm(form)
        self.assertEqual(dossier.department_id, self.health)

    def test_correct(self):
        dossier = self.dossier_in("processing", procedure_id=self.procedure.id)
        form = self.dialog(dossier, "correct", "receiver")
        self.assertEqual(form.right_person_id, self.citizen)
        self.assertEqual(form.right_case_id, dossier.case_id)
        form.right_person_id = self.other_citizen
        form.right_procedure_id = self.linked
        self.assertEqual(form.right_case_id, self.linked.version_id.case_ids)
        form.reason = "Mistyped"
        self.confirm(form)
        self.assertEqual(dossier.person_id, self.other_citizen)
        self.assertEqual(dossier.department_id, self.health)

    def test_send_back_to_a_step(self):
        dossier = self.dossier_in("approving", procedure_id=self.procedure.id)
        form = self.dialog(dossier, "send_back", "head")
        form.step_id = dossier.sudo()._steps_before()
        form.reason = "Look again"
        self.confirm(form)
        self.assertEqual(dossier.state, "processing")

    def test_a_second_supplement(self):
        dossier = self.dossier_in("supplement", procedure_id=self.procedure.id)
        self.act_as(dossier, "receiver").action_resume()
        form = self.dialog(dossier, "request_supplement", "appraiser")
        form.reason = "Unclear"
        with self.assertRaises(UserError):
            self.confirm(form)
        form = self.dialog(dossier, "request_supplement", "appraiser")
        form.reason = "Unclear"
        form.exception = "The first was misread"
        self.confirm(form)
        self.assertTrue(dossier.repeated_at)

    def test_count_again(self):
        dossier = self.dossier_in("processing", procedure_id=self.procedure.id)
        self.arrange(dossier, "recalculate")
        form = self.dialog(dossier, "recalculate", "director")
        form.reason = "Notice 12"
        self.confirm(form)
        last = dossier.sudo().event_ids.sorted("sequence")[-1]
        self.assertEqual(last.kind, "recalculate")

    def test_a_drafted_paper_opens_its_act(self):
        dossier = self.dossier_in("processing", procedure_id=self.procedure.id)
        dossier.sudo()._warn(dossier.due_at + timedelta(days=1))
        draft = dossier.draft_ids.filtered(lambda d: d.kind == "apology")
        head = draft.with_user(self.users["head"])
        action = head.action_open_sign()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.users["head"])
            .with_context(**action["context"])
        )
        self.assertEqual(form.extension, "apology")
        self.assertEqual(form.reason, draft.reason)
        self.assertEqual(form.new_due, draft.new_due)
        self.assertEqual(draft.state, "drafted")
        with self.assertRaises(UserError):
            draft.with_user(self.users["receiver"]).action_pass_on()
