# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import re

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..models.screen.dossier_screen import BOARD
from .common import PDF, DossierCase

LISTED = {
    "code": {},
    "person_id": {"fields": {"display_name": {}}},
    "procedure_id": {"fields": {"display_name": {}}},
    "step_id": {"fields": {"display_name": {}}},
    "user_id": {"fields": {"display_name": {}}},
    "is_late": {},
    "time_left": {},
    "state": {},
}


@tagged("post_install", "-at_install")
class TestScreens(DossierCase):
    """What each person sees and may press, as that person."""

    def dialog(self, dossier, name, act, **values):
        """Fill in and confirm the dialog of an act, as the user of a role."""
        action = self.act_as(dossier, name).with_context(act=act).action_open_act()
        form = Form(
            self.env[action["res_model"]]
            .with_user(self.users[name])
            .with_context(**action["context"])
        )
        for field, value in values.items():
            form[field] = value
        return form.save().action_do()

    # ------------------------------------------------------------
    # Dialogs
    # ------------------------------------------------------------

    def test_supplement_asks_for_papers(self):
        dossier = self.dossier_in("processing")
        self.dialog(
            dossier,
            "appraiser",
            "request_supplement",
            reason="Unreadable",
            items="Card\n\n Form ",
        )
        record = self.act_as(dossier, "appraiser")
        self.assertEqual(record.state, "supplement")
        items = record.text_ids.filtered(lambda t: t.kind == "items")
        self.assertEqual(items.body, "Card\nForm")
        self.assertTrue(items.for_citizen)

    def test_forward_offers_colleagues_with_the_role(self):
        dossier = self.dossier_in("received")
        action = self.act_as(dossier, "receiver").with_context(act="forward")
        form = Form(
            self.env["onestop.dossier.act"]
            .with_user(self.users["receiver"])
            .with_context(**action.action_open_act()["context"])
        )
        self.assertEqual(form.holder_ids.ids, self.users["appraiser"].ids)
        form.holder_id = self.users["appraiser"]
        form.save().action_do()
        record = self.act_as(dossier, "appraiser")
        self.assertEqual(record.user_id, self.users["appraiser"])

    def test_return_offers_the_owner(self):
        dossier = self.dossier_in("ready")
        self.dialog(dossier, "returner", "return", receiver_identity="089090000901")
        texts = self.act_as(dossier, "returner").text_ids
        told = {text.kind: text.body for text in texts}
        self.assertEqual(told["receiver"], "Citizen 901")
        self.assertEqual(told["identity"], "089090000901")

    def test_two_who_saw_the_same_have_one_effect(self):
        dossier = self.dossier_in("processing")
        action = self.act_as(dossier, "appraiser").with_context(act="suspend")
        context = action.action_open_act()["context"]
        self.act_as(dossier, "appraiser").action_assign(self.users["appraiser"].id)
        late = (
            self.env["onestop.dossier.act"]
            .with_user(self.users["appraiser"])
            .with_context(**context)
            .create({"reason": "Dispute", "legal_basis": "Article 19"})
        )
        with self.assertRaisesRegex(UserError, "since you opened it"):
            late.action_do()

    def test_dialog_shows_a_stranger_nothing(self):
        dossier = self.dossier_in("processing")
        for model in ("act", "approval", "attach"):
            wizards = self.env[f"onestop.dossier.{model}"]
            wizards = wizards.with_user(self.users["stranger"])
            shown = [
                name
                for name, field in wizards._fields.items()
                if (field.compute or field.related) and name != "display_name"
            ]
            self.env.invalidate_all()
            for name in shown:
                with self.subTest(model=model, field=name):
                    self.assertRaises(
                        AccessError,
                        lambda wizards=wizards, name=name: (
                            wizards.new({"dossier_id": dossier.id})[name].mapped(
                                "display_name"
                            )
                            if wizards._fields[name].relational
                            else wizards.new({"dossier_id": dossier.id})[name]
                        ),
                    )

    def test_legal_acts_need_a_screen(self):
        """Without a request there is nobody to ask for a password."""
        dossier = self.dossier_in("approving")
        action = self.act_as(dossier, "head").with_context(act="approve")
        wizard = (
            self.env["onestop.dossier.approval"]
            .with_user(self.users["head"])
            .with_context(**action.action_open_act()["context"])
            .create({})
        )
        with self.assertRaisesRegex(UserError, "over HTTP"):
            wizard.action_decide()
        self.assertEqual(self.act_as(dossier, "head").state, "approving")

    def test_approval_keeps_what_was_shown(self):
        """The digest is that of the moment at which the screen opened."""
        dossier = self.dossier_in("approving")
        head = self.act_as(dossier, "head")
        wizard = (
            self.env["onestop.dossier.approval"]
            .with_user(self.users["head"])
            .create({"dossier_id": dossier.id})
        )
        self.assertEqual(wizard.seen, head.approval_digest)
        self.assertEqual(wizard.appraiser_id, self.users["appraiser"])
        head._attach("other.pdf", PDF, "draft")
        self.assertNotEqual(wizard.seen, self.act_as(dossier, "head").approval_digest)
        with self.assertRaisesRegex(UserError, "changed since you looked"):
            self.act_as(dossier, "head")._do_approve(seen=wizard.seen)

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    def attach(self, dossier, name, **values):
        wizard = (
            self.env["onestop.dossier.attach"]
            .with_user(self.users[name])
            .create(
                {
                    "dossier_id": dossier.id,
                    "file": base64.b64encode(PDF),
                    "file_name": "paper.pdf",
                    **values,
                }
            )
        )
        return wizard.action_attach()

    def test_scan_of_a_part(self):
        dossier = self.dossier_in("received")
        part = self.act_as(dossier, "receiver").part_ids[0]
        self.attach(dossier, "receiver", part_id=part.id)
        files = self.act_as(dossier, "receiver").part_ids[0].file_ids
        self.assertEqual(files.mapped("kind"), ["submitted"])

    def test_draft_and_result(self):
        dossier = self.dossier_in("processing")
        self.attach(dossier, "appraiser")
        self.do_appraise(dossier)
        self.do_approve(dossier)
        self.attach(dossier, "records")
        kinds = self.act_as(dossier, "records").file_ids.mapped("kind")
        self.assertEqual(kinds, ["draft", "result"])

    def test_scan_is_refused_to_others(self):
        dossier = self.dossier_in("received")
        part = self.act_as(dossier, "receiver").part_ids[0]
        for name in ("head", "stranger"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.act_as(dossier, name).action_scan(part.id, "x.pdf", "JVBERg==")

    # ------------------------------------------------------------
    # Lists
    # ------------------------------------------------------------

    def to_do(self, name):
        return (
            self.env["onestop.dossier"]
            .with_user(self.users[name])
            .search([("is_to_do", "=", True), ("person_id", "=", self.citizen.id)])
        )

    def test_what_is_mine_to_do(self):
        """A dossier waits for the role whose turn it is, and for no other."""
        waits_for = {
            "submitted": "receiver",
            "received": "receiver",
            "processing": "appraiser",
            "approving": "head deputy approver",
            "approved": "records",
            "ready": "returner",
            "returned": "",
            "supplement": "",
        }
        dossiers = {state: self.dossier_in(state) for state in waits_for}
        for name in self.ROLES:
            todo = self.to_do(name)
            expected = {s for s, names in waits_for.items() if name in names.split()}
            found = {s for s, d in dossiers.items() if d.id in todo.ids}
            self.assertEqual(found, expected, name)
            self.assertEqual(set(todo.mapped("is_to_do")) - {True}, set(), name)

    def test_held_by_another_is_not_mine(self):
        dossier = self.dossier_in("approving")
        self.act_as(dossier, "head").action_assign(self.users["deputy"].id)
        self.assertIn(dossier.id, self.to_do("deputy").ids)
        self.assertNotIn(dossier.id, self.to_do("head").ids)

    def test_board_has_the_open_states(self):
        self.dossier_in("processing")
        groups = (
            self.env["onestop.dossier"]
            .with_user(self.users["appraiser"])
            .with_context(read_group_expand=True)
            .web_read_group(
                [("state", "not in", ("refused", "returned", "stopped"))], ["state"]
            )["groups"]
        )
        self.assertEqual([group["state"] for group in groups], list(BOARD))

    def test_a_list_costs_the_same_for_any_length(self):
        for _number in range(3):
            self.dossier_in("processing")
        counts = []
        for limit in (1, 3):
            dossiers = self.env["onestop.dossier"].with_user(self.users["appraiser"])
            for _run in ("warm", "count"):
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                rows = dossiers.web_search_read(
                    [("person_id", "=", self.citizen.id)], LISTED, limit=limit
                )
                count = self.env.cr.sql_log_count - before
            self.assertEqual(len(rows["records"]), limit)
            counts.append(count)
        self.assertEqual(counts[0], counts[1])

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def test_history_in_words(self):
        dossier = self.dossier_in("supplement")
        story = self.act_as(dossier, "appraiser").story
        for words in ("Supplement requested", "Unclear scan", "T-JUSTICE"[2:].title()):
            self.assertIn(words, story)
        self.assertLess(story.index("Supplement"), story.index("Opened"))

    def test_due_date_explained(self):
        dossier = self.act_as(self.dossier_in("received"), "receiver")
        text = re.sub(r"\s+", " ", dossier.due_explanation)
        self.assertIn("the procedure allows 5 working days", text)
        [due] = re.findall(r'table-primary fw-bold">\s*<td>([^<]*)</td>', text)
        local = fields.Datetime.context_timestamp(
            dossier.with_context(tz="Asia/Ho_Chi_Minh"), dossier.due_at
        )
        self.assertIn(f"{local.day}/{local.month}/{local.year}", due)

    def test_extension_is_explained(self):
        dossier = self.dossier_in("processing")
        head = self.act_as(dossier, "head")
        later = fields.Datetime.add(head.due_at, days=7)
        head._do_extend(
            "statutory", fields.Datetime.to_string(later), "By law", "Article 7"
        )
        self.assertIn(
            "Extended by a signed decision",
            self.act_as(dossier, "head").due_explanation,
        )
