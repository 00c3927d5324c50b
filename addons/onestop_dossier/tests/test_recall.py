# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import DossierCase


class DeskCase(DossierCase):
    """From desk to desk: places of the physical file, one an agency."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        places = cls.env["onestop.paper.place"]
        cls.counter_shelf, cls.cabinet, cls.far_away = (
            places.create({"name": name, "department_id": department.id})
            for name, department in (
                ("Counter shelf", cls.centre),
                ("Cabinet 2", cls.justice),
                ("Elsewhere", cls.health),
            )
        )

    def last(self, dossier):
        return dossier.sudo()._history()[-1]

    def at(self, moment, dossier, name):
        return self.act_as(dossier, name)._occurred(moment, "import")


@tagged("post_install", "-at_install")
class TestRecall(DeskCase):
    """Who forwarded a dossier takes it back while the next desk has not seen it."""

    def test_no_act_is_open(self):
        """The form of a finished dossier opens, for whom there is nothing to do."""
        dossier = self.dossier_in("returned")
        for name in ("appraiser", "records"):
            self.assertFalse(self.act_as(dossier, name).allowed_acts)
        # Originals that the Centre still has are given back at the counter.
        self.assertEqual(self.act_as(dossier, "receiver").allowed_acts, ["give_back"])

    def test_back_to_what_it_was(self):
        dossier = self.dossier_in("processing")
        appraiser = self.act_as(dossier, "appraiser")
        appraiser.action_assign(self.users["appraiser"].id)
        step, before = dossier.sudo().step_id, dossier.sudo().step_due_at
        appraiser.action_forward("In order", self.users["head"].id, self.cabinet.id)
        self.assertEqual(dossier.state, "approving")
        self.assertEqual(dossier.sudo().paper_place_id, self.cabinet)
        self.assertIn("recall", self.act_as(dossier, "appraiser").allowed_acts)
        self.act_as(dossier, "appraiser").action_recall()
        back = dossier.sudo()
        self.assertEqual(back.state, "processing")
        self.assertEqual(back.step_id, step)
        self.assertEqual(back.step_due_at, before)
        self.assertEqual(back.user_id, self.users["appraiser"])
        self.assertFalse(back.paper_place_id)
        self.assertEqual(self.last(dossier)["kind"], "recall")
        # Forwarded anew, it is as if nothing had been.
        self.act_as(dossier, "appraiser").action_forward("Better so")
        self.assertEqual(dossier.state, "approving")
        self.assertEqual(self.env["onestop.dossier.event"]._verify_ledgers()[1], [])

    def test_the_counter_recalls(self):
        dossier = self.dossier_in("received")
        step = dossier.sudo().step_id
        self.act_as(dossier, "receiver").action_forward()
        self.act_as(dossier, "receiver").action_recall()
        self.assertEqual(dossier.state, "received")
        self.assertEqual(dossier.sudo().step_id, step)
        with self.assertRaises(UserError):  # nothing is left to recall
            self.act_as(dossier, "receiver").action_recall()

    def test_two_people(self):
        """The next desk opened it a moment before: the recall is refused."""
        dossier = self.dossier_in("approving")
        self.assertIn("recall", self.act_as(dossier, "appraiser").allowed_acts)
        self.assertTrue(self.act_as(dossier, "head").action_mark_opened())
        self.assertNotIn("recall", self.act_as(dossier, "appraiser").allowed_acts)
        with self.assertRaises(UserError) as refused:
            self.act_as(dossier, "appraiser").action_recall()
        self.assertIn(self.users["head"].name, str(refused.exception))
        self.assertEqual(dossier.state, "approving")
        story = str(self.act_as(dossier, "appraiser").story)
        self.assertIn("Opened by the desk", story)

    def test_something_was_done_since(self):
        dossier = self.dossier_in("approving")
        self.act_as(dossier, "deputy").action_assign(self.users["head"].id)
        self.assertNotIn("recall", self.act_as(dossier, "appraiser").allowed_acts)
        with self.assertRaisesRegex(UserError, "since you forwarded it"):
            self.act_as(dossier, "appraiser").action_recall()

    def test_who_may_not(self):
        """Access twin: only who forwarded it last, whatever his roles."""
        dossier = self.dossier_in("approving")
        colleague = self.users["records"]
        self.add_role(colleague, self.justice, "appraiser")
        for name in ("receiver", "records", "head", "director", "stranger", "citizen"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.act_as(dossier, name).action_recall()
        self.assertEqual(dossier.state, "approving")

    def test_the_role_has_ended(self):
        dossier = self.dossier_in("approving")
        roles = self.env["onestop.membership"].search(
            [("user_id", "=", self.users["appraiser"].id)]
        )
        roles.valid_to = fields.Date.today() - timedelta(days=1)
        with self.assertRaises(AccessError):
            self.act_as(dossier, "appraiser").action_recall()

    def test_the_time_was_the_senders(self):
        """The clock of the step goes on as if it had not been forwarded."""
        procedure = self.make_procedure("9.000005", self.justice)
        dossier = self.new_dossier(procedure_id=procedure.id)
        procedure.version_id.case_ids.step_ids.flush_recordset()
        self.company._publish_calendar()
        start = fields.Datetime.to_datetime("2026-01-12 02:00:00")  # Monday, 9:00
        hour = timedelta(hours=1)
        self.at(start, dossier, "receiver").action_receive()
        self.at(start + hour, dossier, "receiver").action_forward()
        history = dossier.sudo()._history()
        plain = dossier.sudo()._clock_at(history)
        self.at(start + 2 * hour, dossier, "appraiser").action_forward("In order")
        self.at(start + 2 * hour, dossier, "appraiser").action_recall()
        again = dossier.sudo()._clock_at(dossier.sudo()._history())
        self.assertEqual(again.step_used, plain.step_used + 3600)
        self.assertEqual(again.step_from, plain.step_from)
        self.assertEqual(again.step_due, plain.step_due)
        self.assertEqual(again.steps, plain.steps)
        self.assertEqual(again.due, plain.due)
        self.assertEqual(again.agency, self.justice.id)


@tagged("post_install", "-at_install")
class TestOpened(DeskCase):
    """Who looks at a dossier first, of the desk that has got it."""

    def test_only_the_desk_that_got_it(self):
        dossier = self.dossier_in("processing")
        for name in ("receiver", "head", "records"):
            with self.subTest(user=name):
                self.assertFalse(self.act_as(dossier, name).action_mark_opened())
        self.assertFalse(dossier.sudo().opened_at)
        self.assertTrue(self.act_as(dossier, "appraiser").action_mark_opened())
        self.assertEqual(dossier.sudo().opened_by_id, self.users["appraiser"])
        self.assertFalse(self.act_as(dossier, "appraiser").action_mark_opened())
        # It leaves no event, and the next desk starts anew.
        sequence = dossier.sudo().head_sequence
        self.act_as(dossier, "appraiser").action_forward("In order")
        self.assertEqual(dossier.sudo().head_sequence, sequence + 1)
        self.assertFalse(dossier.sudo().opened_at)
        self.assertFalse(dossier.sudo().opened_by_id)

    def test_the_sender_opens_nothing(self):
        """Who forwards to a step of his own desk can still recall."""
        procedure = self.make_procedure(
            "9.000006", self.justice, ("receive", "appraise", "appraise", "approve")
        )
        dossier = self.dossier_in("processing", procedure_id=procedure.id)
        self.act_as(dossier, "appraiser").action_forward("First look")
        self.assertFalse(self.act_as(dossier, "appraiser").action_mark_opened())
        self.act_as(dossier, "appraiser").action_recall()
        self.assertEqual(dossier.state, "processing")

    def test_strangers_and_citizens(self):
        dossier = self.dossier_in("processing")
        with self.assertRaises(AccessError):
            self.act_as(dossier, "stranger").action_mark_opened()
        self.assertFalse(self.act_as(dossier, "citizen").action_mark_opened())
        with self.assertRaises(AccessError):
            self.act_as(dossier, "receiver").write({"opened_at": False})


@tagged("post_install", "-at_install")
class TestRelease(DeskCase):
    """Given back to the pool of the step."""

    def held(self, state="processing", name="appraiser"):
        dossier = self.dossier_in(state)
        self.act_as(dossier, name).action_assign(self.users[name].id)
        return dossier

    def test_the_holder_and_the_head(self):
        for name in ("appraiser", "head", "deputy"):
            with self.subTest(user=name):
                dossier = self.held()
                due = dossier.sudo().step_due_at
                self.act_as(dossier, name).action_release()
                self.assertFalse(dossier.sudo().user_id)
                self.assertEqual(dossier.state, "processing")
                self.assertEqual(dossier.sudo().step_due_at, due)

    def test_not_a_colleague(self):
        dossier = self.held("approving", "head")
        with self.assertRaisesRegex(UserError, "holds it"):
            self.act_as(dossier, "approver").action_release()
        for name in ("appraiser", "receiver", "stranger_head", "citizen"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.act_as(dossier, name).action_release()
        self.assertEqual(dossier.sudo().user_id, self.users["head"])

    def test_nobody_holds_it(self):
        dossier = self.dossier_in("processing")
        self.assertNotIn("release", self.act_as(dossier, "appraiser").allowed_acts)
        with self.assertRaisesRegex(UserError, "Nobody holds it"):
            self.act_as(dossier, "appraiser").action_release()

    def test_batch(self):
        held, free = self.held(), self.dossier_in("processing")
        batch = (
            self.env["onestop.dossier.batch"]
            .with_user(self.users["head"])
            .with_context(active_model="onestop.dossier", active_ids=(held | free).ids)
            .create({"act": "release"})
        )
        batch.action_check()
        while batch.action_run():
            pass
        self.assertEqual(batch.done_count, 1)
        self.assertIn("Nobody holds it", batch.left_out_ids.reason)
        self.assertFalse(held.sudo().user_id)


@tagged("post_install", "-at_install")
class TestPaper(DeskCase):
    """Where the physical file lies."""

    def test_moved_and_told(self):
        dossier = self.dossier_in("received")
        self.act_as(dossier, "receiver").action_move_paper(self.counter_shelf.id)
        self.assertEqual(dossier.sudo().paper_place_id, self.counter_shelf)
        self.assertIn("Counter shelf", str(self.act_as(dossier, "receiver").story))
        # Only the id stands in the ledger.
        body = dossier.sudo().event_ids.sorted("sequence")[-1].body
        self.assertNotIn("shelf", body)
        self.act_as(dossier, "receiver").action_forward(None, None, self.cabinet.id)
        self.assertEqual(dossier.sudo().paper_place_id, self.cabinet)
        self.act_as(dossier, "appraiser").action_assign(
            self.users["appraiser"].id, self.counter_shelf.id
        )
        self.assertEqual(dossier.sudo().paper_place_id, self.counter_shelf)

    def test_refused(self):
        dossier = self.dossier_in("processing")
        receiver = self.act_as(dossier, "receiver")
        gone = self.cabinet.copy({"name": "Gone", "active": False})
        for place in (None, True, "1", 0, gone.id, self.far_away.id):
            with self.subTest(place=place), self.assertRaises(UserError):
                receiver.action_move_paper(place)
        receiver.action_move_paper(self.cabinet.id)
        with self.assertRaisesRegex(UserError, "already"):
            receiver.action_move_paper(self.cabinet.id)
        with self.assertRaises(UserError):
            self.act_as(dossier, "appraiser").action_forward(
                "In order", None, self.far_away.id
            )
        self.assertEqual(dossier.state, "processing")

    def test_who_may_not(self):
        dossier = self.dossier_in("processing")
        for name in ("cashier", "director", "stranger", "citizen"):
            with self.subTest(user=name), self.assertRaises(AccessError):
                self.act_as(dossier, name).action_move_paper(self.cabinet.id)

    def test_who_keeps_the_places(self):
        places = self.env["onestop.paper.place"]
        for name, department in (("receiver", self.centre), ("head", self.justice)):
            mine = places.with_user(self.users[name]).create(
                {"name": "Mine", "department_id": department.id}
            )
            mine.name = "Still mine"
            with self.assertRaises(AccessError):
                mine.department_id = self.health
        for name in ("receiver", "appraiser", "stranger_head", "citizen"):
            keeper = places.with_user(self.users[name])
            with self.subTest(user=name), self.assertRaises(AccessError):
                keeper.create({"name": "New", "department_id": self.justice.id})
            with self.subTest(user=name), self.assertRaises(AccessError):
                keeper.browse(self.cabinet.id).name = "Other"

    def test_batch(self):
        dossiers = self.dossier_in("received") | self.dossier_in("processing")
        batch = (
            self.env["onestop.dossier.batch"]
            .with_user(self.users["receiver"])
            .with_context(active_model="onestop.dossier", active_ids=dossiers.ids)
            .create({"act": "move_paper"})
        )
        batch.action_check()
        self.assertEqual(batch.possible_count, 2)
        self.assertIn(self.cabinet, batch.place_ids)
        self.assertNotIn(self.far_away, batch.place_ids)
        with self.assertRaises(UserError):
            batch.action_run()
        batch.place_id = self.counter_shelf
        while batch.action_run():
            pass
        self.assertEqual(dossiers.sudo().paper_place_id, self.counter_shelf)
        self.assertEqual(batch.done_count, 2)

    def test_dialogs(self):
        dossier = self.dossier_in("received")
        acts = self.env["onestop.dossier.act"].with_user(self.users["receiver"])
        dialog = acts.create({"dossier_id": dossier.id, "act": "forward"})
        self.assertIn(self.cabinet, dialog.place_ids)
        self.assertNotIn(self.far_away, dialog.place_ids)
        dialog.place_id = self.cabinet
        dialog.action_do()
        self.assertEqual(dossier.sudo().paper_place_id, self.cabinet)
        acts.create({"dossier_id": dossier.id, "act": "recall"}).action_do()
        self.assertEqual(dossier.state, "received")
        acts.create({"dossier_id": dossier.id, "act": "release"}).action_do()
        self.assertFalse(dossier.sudo().user_id)


@tagged("post_install", "-at_install")
class TestWaitsForAgency(DeskCase):
    """The tab of what waits for another agency."""

    def waiting(self, dossier):
        found = self.env["onestop.dossier"].with_user(self.users["appraiser"])
        return bool(
            found.search([("waits_for_agency", "=", True), ("id", "=", dossier.id)])
        )

    def test_an_opinion(self):
        dossier = self.dossier_in("processing")
        self.assertFalse(self.waiting(dossier))
        until = fields.Datetime.now() + timedelta(days=2)
        self.act_as(dossier, "appraiser").action_consult(
            self.health.id, "Question", until
        )
        self.assertTrue(self.waiting(dossier))
        self.assertTrue(self.act_as(dossier, "appraiser").waits_for_agency)
        self.act_as(dossier, "stranger").action_answer_consultation("No objection")
        self.assertFalse(self.waiting(dossier))

    def test_a_linked_dossier(self):
        dossier = self.dossier_in("processing")
        linked = self.make_procedure("9.000007", self.health)
        child = self.act_as(dossier, "appraiser").action_spawn(linked.id)
        self.assertTrue(self.waiting(dossier))
        child = self.env["onestop.dossier"].browse(child)
        self.act_as(child, "receiver").action_refuse("Not needed")
        self.assertFalse(self.waiting(dossier))
