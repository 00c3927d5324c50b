# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import UTC, datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import DossierData
from .return_common import CARD, OTHER, ReturnCase, power


@tagged("post_install", "-at_install")
class TestReturnDesk(ReturnCase):
    """What the desk asks of the server, as the returner."""

    def desk(self, user="returner"):
        return (
            self.env["onestop.return.desk"]
            .with_user(self.users[user])
            .with_company(self.company)
        )

    def test_found_by_whatever_people_bring(self):
        self.citizen.phone = "+84912345678"
        dossier = self.dossier_in("ready")
        self.dossier_in("ready", person_id=self.other_citizen.id)
        for text in (
            dossier.code,
            f"https://x.example/track?code={dossier.code}",
            dossier.code.replace("-", "_").lower(),
            CARD,
            "089090000901",
            "0912345678",
            "citizen 901",
        ):
            with self.subTest(text=text):
                found = self.desk().find(text)
                self.assertEqual([row["id"] for row in found], [dossier.id])
        self.assertIn(
            dossier.id, [r["id"] for r in self.desk().find(dossier.code[-4:])]
        )
        self.assertEqual(self.desk().find("x"), [])
        with self.assertRaises(UserError):
            self.desk().find("089|090|x")

    def test_queue_by_how_it_is_wanted(self):
        dossier = self.dossier_in("ready", result_channel="post")
        self.dossier_in("processing")
        queue = {group["key"]: group for group in self.desk().queue()}
        self.assertEqual(queue["post"]["count"], 1)
        self.assertEqual(queue["post"]["rows"][0]["code"], dossier.code)
        self.assertEqual(queue["counter"]["count"], 0)
        self.assertEqual(queue["forgotten"]["count"], 0)

    def test_queue_names_what_nobody_collects(self):
        self.company.onestop_reminder_days = 3
        now = datetime.now(UTC)
        dossier = self.processing(now - timedelta(days=9))
        self.finish(now - timedelta(days=5), dossier)
        queue = {group["key"]: group for group in self.desk().queue()}
        self.assertEqual(queue["forgotten"]["count"], 1)

    def test_who_it_is(self):
        dossier = self.dossier_in("ready")
        told = self.desk().read_receiver(dossier.id, CARD)
        self.assertEqual((told["kind"], told["name"]), ("owner", "CITIZEN 901"))
        told = self.desk().read_receiver(dossier.id, "089090000902")
        self.assertEqual((told["kind"], told["name"]), ("authorised", ""))
        told = self.desk().read_receiver(dossier.id, "12345")
        self.assertTrue(told["problem"])

    def test_hand_over(self):
        dossier, part = self.dossier_with_originals("ready")
        loaded = self.desk().open_dossier(dossier.id)
        self.assertEqual(loaded["act"], "return")
        self.assertEqual(loaded["originals"][0]["here"], 2)
        self.assertNotIn("089090000901", str(loaded))
        entry = {
            "head": loaded["head"],
            "name": OTHER[0],
            "number": OTHER[1],
            "authority": power(),
            "originals": [{"part": part.id, "count": 2, "move": "given_back"}],
        }
        answer = self.desk().give(dossier.id, entry)
        self.assertTrue(answer["returned"])
        # What was seen is not what is there any more.
        with self.assertRaises(UserError):
            self.desk().give(dossier.id, entry)

    def test_originals_of_a_stopped_dossier(self):
        dossier, part = self.dossier_with_originals("stopped")
        loaded = self.desk().open_dossier(dossier.id)
        self.assertEqual(
            (loaded["act"], loaded["originals"][0]["back"]), ("give_back", 2)
        )
        move = {"part": part.id, "count": 2, "move": "given_back"}
        self.desk().give(dossier.id, {"number": CARD, "originals": [move]})
        self.assertEqual(self.desk().open_dossier(dossier.id)["act"], "")

    def test_access_twin(self):
        dossier = self.dossier_in("ready")
        for user in ("appraiser", "head", "stranger", "cashier", "citizen"):
            for method, arguments in (
                ("open_desk", ()),
                ("queue", ()),
                ("find", (dossier.code,)),
                ("open_dossier", (dossier.id,)),
                ("read_receiver", (dossier.id, CARD)),
                ("give", (dossier.id, {"number": CARD})),
            ):
                with (
                    self.subTest(user=user, method=method),
                    self.assertRaises(AccessError),
                ):
                    getattr(self.desk(user), method)(*arguments)
        # A receiver finds and looks; the act is not his.
        with self.assertRaises(AccessError):
            self.desk("receiver").give(dossier.id, {"number": CARD})


@tagged("post_install", "-at_install")
class TestReturnTour(DossierData, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.set_up_data()
        cls.procedure = cls.make_procedure(
            "9.000002",
            cls.justice,
            fee_ids=[
                Command.create(
                    {"name": "Charge", "amount": 20000, "collect_at": "return"}
                )
            ],
        )

    def test_return_at_the_desk(self):
        """Keyboard only: scanned card, an original, an old paper, signature, fee."""
        dossier = self.new_dossier()
        dossier.part_ids[0].originals_given = 2
        for step in ("receive", "forward", "appraise", "approve", "issue"):
            getattr(self, f"do_{step}")(dossier)
        self.start_tour(
            "/odoo/onestop-return", "onestop_dossier_return", login="t.returner"
        )
        self.env.invalidate_all()
        dossier = self.act_as(dossier, "returner")
        self.assertEqual(dossier.state, "returned")
        values = dossier._return_values()
        self.assertEqual(values["receiver"], "CITIZEN 901")
        self.assertEqual(values["given_back"], [("Form", 1)])
        self.assertEqual(values["kept"], [("Form", 1)])
        self.assertEqual(values["taken_in"], [("Former certificate", 1)])
        self.assertEqual(values["signature"].kind, "signature")
        self.assertTrue(dossier.fee_ids.paid_at)
