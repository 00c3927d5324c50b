# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PDF
from .outage_common import OutageCase


@tagged("post_install", "-at_install")
class TestOutageConflicts(OutageCase):
    """Conflicts are shown with both sides and decided; nothing is lost."""

    def written(self, said=None, number=0, occurred=None, **more):
        """(block, what the desk has written)."""
        block, codes = self.held()
        said = said or self.said()
        occurred = occurred or self.moment(number + 1)
        return block, self.browser.compose(block, codes[number], said, occurred, **more)

    def conflict(self, kind, said=None, **more):
        """The entry that is in conflict for this reason."""
        block, written = self.written(said, **more)
        answer = self.send(block, written)
        self.assertEqual(answer["state"], "conflict")
        self.assertEqual(self.kinds(answer), {kind})
        self.assertFalse(answer["dossier_id"])
        rows = self.desk().outage_conflicts()
        self.assertIn(answer["id"], [row["id"] for row in rows])
        return self.entry_of(answer)

    # ------------------------------------------------------------
    # One test a kind
    # ------------------------------------------------------------

    def test_altered_in_the_browser(self):
        block, (text, signature) = self.written()
        answer = self.send(block, (text.replace("Form", "Farm"), signature))
        self.assertEqual(self.kinds(answer), {"altered"})
        self.assertFalse(self.entry_of(answer).can_accept)

    def test_an_entry_was_taken_out(self):
        block, codes = self.held()
        first = self.browser.compose(block, codes[0], self.said(), self.moment())
        second = self.browser.compose(block, codes[1], self.said(), self.moment(2))
        self.assertEqual(self.kinds(self.send(block, second)), {"altered"})
        self.assertEqual(self.send(block, first)["state"], "received")

    def test_back_dated(self):
        block, _codes = self.held()
        self.conflict("time", occurred=block.reserved_at - timedelta(seconds=1))

    def test_in_the_future(self):
        self.conflict("time", occurred=self.now() + timedelta(minutes=6))

    def test_a_clock_a_little_ahead_is_no_conflict(self):
        block, written = self.written(occurred=self.now() + timedelta(minutes=2))
        answer = self.send(block, written)
        self.assertEqual(answer["state"], "received", answer["conflicts"])
        dossier = self.env["onestop.dossier"].sudo().browse(answer["dossier_id"])
        self.assertLessEqual(dossier.received_at, self.entry_of(answer).sent_at)
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_out_of_order(self):
        block, written = self.written(occurred=None, number=0)
        self.send(block, written)
        said = self.said(person=self.other_citizen)
        self.conflict("time", said, number=1, occurred=self.moment(0))

    def test_code_used_already(self):
        block, written = self.written()
        self.send(block, written)
        other = self.said(person=self.other_citizen)
        entry = self.browser.compose(
            block,
            block.code_ids[0].code,
            other,
            self.moment(),
            previous="0" * 64,
        )
        answer = self.send(block, entry)
        self.assertEqual(self.kinds(answer), {"code"})

    def test_received_before_the_network_failed(self):
        token = "00000000-0000-4000-8000-000000000001"
        online = self.desk().receive(self.entry(token=token))
        block, written = self.written(self.said(person=self.other_citizen), token=token)
        answer = self.send(block, written)
        self.assertEqual(self.kinds(answer), {"online"})
        told = self.desk().outage_void(answer["id"], "Received twice")
        self.assertEqual(told["state"], "void")
        self.assertEqual(self.entry_of(answer).resolution, "online")
        self.assertEqual(block.code_ids[0].state, "spoiled")
        self.assertTrue(online["code"])

    def test_procedure_suspended_meanwhile(self):
        said = self.said()
        self.procedure.write({"state": "suspended"})
        entry = self.conflict("procedure", said)
        entry.action_receive_anyway()
        self.assertEqual((entry.state, entry.resolution), ("received", "anyway"))

    def test_version_changed_meanwhile(self):
        entry = self.conflict("version", self.said(case_id=-1))
        with self.assertRaisesRegex(UserError, "corrected"):
            entry.action_receive_anyway()

    def test_duplicate(self):
        self.received()
        entry = self.conflict("duplicate")
        self.assertTrue(entry.can_accept)
        entry.action_receive_anyway()
        self.assertEqual(entry.state, "received")
        self.assertEqual(entry.dossier_id.sudo().code, entry.code_id.code)

    def test_missing_part(self):
        said = self.said()
        said["parts"][0].update(received=False, finding=False)
        self.conflict("parts", said)

    def test_somebody_else_has_this_number(self):
        said = self.said()
        # sudo: the number as on his card
        number = self.other_citizen.sudo().identity_number
        said["person"] = {"new": {"name": "Somebody", "identity_number": number}}
        entry = self.conflict("person", said)
        entry.action_receive_anyway()
        self.assertEqual(entry.dossier_id.sudo().person_id, self.other_citizen)

    def test_number_with_a_digit_too_few(self):
        said = self.said()
        said["person"] = {"new": {"name": "Somebody", "identity_number": "0890900"}}
        entry = self.conflict("person_wrong", said)
        self.assertNotIn("0890900", str(entry.conflicts), "masked as everywhere")
        self.assertIn("••0900", str(entry.conflicts))

    def test_the_fee_has_changed(self):
        fee = self.procedure.version_id.case_ids.fee_ids[0]
        said = self.said(paid=[{"id": fee.id, "name": fee.name, "amount": 15000}])
        entry = self.conflict("fee", said)
        entry.action_receive_anyway()
        self.assertFalse(any(entry.dossier_id.sudo().fee_ids.mapped("paid_at")))

    def test_a_file_did_not_arrive(self):
        said = self.said()
        said["parts"][0]["files"] = [{"name": "a.pdf", "sha256": self.sha256(PDF)}]
        entry = self.conflict("file", said)
        entry.action_receive_anyway()
        self.assertEqual(entry.state, "received")

    def test_what_an_act_refuses_is_kept(self):
        said = self.said(copies=0)
        self.conflict("refused", said)

    # ------------------------------------------------------------
    # Decided
    # ------------------------------------------------------------

    def test_corrected_keeps_code_and_moment(self):
        said = self.said()
        said["parts"][0].update(received=False, finding=False)
        entry = self.conflict("parts", said)
        loaded = self.desk().outage_load(entry.id)
        self.assertEqual(loaded["code"], entry.code_id.code)
        shown = loaded["procedure"]
        self.assertEqual([p["received"] for p in shown["parts"]], [False, True])
        corrected = self.entry(outage_id=entry.id)
        answer = self.desk().receive(corrected)
        self.assertEqual(answer["code"], entry.code_id.code)
        dossier = self.env["onestop.dossier"].sudo().browse(answer["id"])
        self.assertEqual(dossier.received_at, entry.occurred_at)
        self.assertEqual(entry.resolution, "corrected")
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_altered_is_received_under_a_new_code(self):
        block, (text, signature) = self.written()
        answer = self.send(block, (text.replace("Form", "Farm"), signature))
        again = self.desk().receive(self.entry(outage_id=answer["id"]))
        entry = self.entry_of(answer)
        self.assertNotEqual(again["code"], entry.code_id.code)
        self.assertEqual(
            (entry.resolution, entry.code_id.state), ("recoded", "spoiled")
        )
        events = entry.dossier_id.sudo().event_ids
        self.assertEqual(set(events.mapped("source")), {"live"})

    def test_void_with_a_reason_and_once(self):
        self.received()
        entry = self.conflict("duplicate")
        with self.assertRaisesRegex(UserError, "reason"):
            entry.action_void(" ")
        entry.action_void("The citizen withdrew it at once")
        self.assertEqual((entry.state, entry.code_id.state), ("void", "spoiled"))
        for decide in (entry.action_receive_anyway, lambda: entry.action_void("Again")):
            with self.assertRaisesRegex(UserError, "decided already"):
                decide()

    def test_the_head_sees_and_only_his_unit_decides(self):
        self.received()
        entry = self.conflict("duplicate")
        director = entry.with_user(self.users["director"])
        self.assertEqual(director.conflict_text, entry.conflict_text)
        self.assertIn("K99.02-", director.comparison)
        self.assertNotIn("onestop.", director.comparison)
        with self.assertRaises(AccessError):
            entry.with_user(self.users["stranger"]).action_void("No business of mine")
        with self.assertRaisesRegex(UserError, "received this dossier"):
            director.action_receive_anyway()
        director.action_void("Decided with the citizen")
        self.assertEqual(entry.resolved_by_id, self.users["director"])

    def test_slip_and_dossier_side_by_side(self):
        block, written = self.written(due="2026-01-01T09:00:00Z")
        entry = self.entry_of(self.send(block, written))
        self.assertTrue(entry.is_due_changed)
        self.assertIn("Citizen 901", entry.comparison)
        # sudo: the whole number never stands there
        self.assertNotIn(self.citizen.sudo().identity_number, entry.comparison)

    def test_erased_by_a_decision(self):
        said = self.said()
        # sudo: the number as on his card
        number = self.other_citizen.sudo().identity_number
        said["person"] = {"new": {"name": "Somebody", "identity_number": number}}
        entry = self.conflict("person", said)
        entry.action_receive_anyway()
        self.assertIn("Somebody", str(entry.conflicts))
        decision = self.env["onestop.decision"].create(
            {"number": "1/QD", "date": "2026-01-05", "issuer_id": self.centre.id}
        )
        with self.assertRaises(AccessError):
            entry.action_erase(decision.id)
        entry.with_user(self.env.user).action_erase(decision.id)
        self.assertFalse(entry.sudo().payload or entry.sudo().conflicts)
        self.assertTrue(entry.hash)
