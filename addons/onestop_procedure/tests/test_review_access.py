# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json
from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .review_common import ReviewFixture


@tagged("post_install", "-at_install")
class TestReviewAccess(ReviewFixture, HttpCase):
    """Who reads and writes what of a round, over RPC as a foreign program calls."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.review = cls.open_review()
        cls.plain_staff = cls.make_login("plain", cls.justice, "staff")
        cls.nobody = cls.outsider
        cls.nobody.password = "t.outsider.secret"
        cls.admin.password = "t.admin.secret"
        cls.deputy.password = "t.deputy.secret"

    def call(self, user, model, method, args, kwargs=None):
        """(result, None) or (None, name of the error) of a call over the wire."""
        self.authenticate(user.login, f"{user.login}.secret")
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            response = self.url_open(
                "/web/dataset/call_kw",
                data=json.dumps(
                    {
                        "params": {
                            "model": model,
                            "method": method,
                            "args": args,
                            "kwargs": kwargs or {},
                        }
                    }
                ),
                headers={"Content-Type": "application/json"},
            ).json()
        error = response.get("error")
        return response.get("result"), error and error["data"]["name"].split(".")[-1]

    def lines_read_by(self, user):
        domain = [("review_id", "=", self.review.id)]
        return self.call(user, "onestop.review.line", "search_count", [domain])[0]

    def test_readers(self):
        readers = {
            self.head: 5,
            self.plain_staff: 5,
            self.health_head: 2,
            self.director: 7,
            self.desk: 7,
            self.chief: 7,
            self.chair: 7,
            self.nobody: 0,
        }
        found = {user.login: self.lines_read_by(user) for user in readers}
        self.assertEqual(found, {u.login: count for u, count in readers.items()})

    def test_writers_of_an_open_part(self):
        line = self.line(self.review, 1)
        may = {
            self.author: None,
            self.head: None,
            self.deputy: None,
            self.control: None,
            self.plain_staff: "AccessError",
            self.health_head: "AccessError",
            self.director: "AccessError",
            self.chair: "AccessError",
            self.nobody: "AccessError",
            self.admin: "AccessError",
        }
        for user, expected in may.items():
            with self.subTest(user=user.login):
                values = {"proposed_mode": "full", "note": user.login}
                _done, error = self.call(
                    user, "onestop.review.line", "write", [line.ids, values]
                )
                self.assertEqual(error, expected)
        self.hand_in(self.review)
        for user in (self.author, self.head, self.control):
            _done, error = self.call(
                user, "onestop.review.line", "write", [line.ids, {"note": "Late"}]
            )
            self.assertIn(error, ("UserError", "AccessError"))

    def test_what_was_counted_is_nobodys_to_change(self):
        line = self.line(self.review, 1)
        for values in (
            {"dossier_count": 9},
            {"present_mode": "full"},
            {"is_listed": False},
            {"regular_count": 0},
            {"part_id": self.part(self.review, self.health).id},
            {"department_id": self.health.id},
        ):
            _done, error = self.call(
                self.head, "onestop.review.line", "write", [line.ids, values]
            )
            self.assertEqual(error, "AccessError", values)
        for method, args in (
            ("unlink", [line.ids]),
            ("create", [{"review_id": self.review.id}]),
        ):
            _done, error = self.call(self.head, "onestop.review.line", method, args)
            self.assertEqual(error, "AccessError")

    def test_states_are_nobodys_to_write(self):
        part = self.part(self.review, self.justice)
        for user in (self.head, self.director, self.admin):
            _done, error = self.call(
                user, "onestop.review.part", "write", [part.ids, {"state": "accepted"}]
            )
            self.assertIn(error, ("UserError", "AccessError"))
            _done, error = self.call(
                user, "onestop.review", "write", [self.review.ids, {"state": "signed"}]
            )
            self.assertIn(error, ("UserError", "AccessError"))

    def test_who_makes_rounds(self):
        values = {
            "name": "Mine",
            "period_from": str(self.today),
            "period_to": str(self.today),
            "deadline": str(self.today + timedelta(days=1)),
        }
        may = {
            self.director: None,
            self.chief: None,
            self.control: None,
            self.head: "AccessError",
            self.desk: "AccessError",
            self.chair: "AccessError",
            self.admin: "AccessError",
        }
        for user, expected in may.items():
            with self.subTest(user=user.login):
                _done, error = self.call(user, "onestop.review", "create", [values])
                self.assertEqual(error, expected)
        opened = self.env["onestop.review"].with_user(self.director)
        with self.assertRaises(UserError):
            opened.with_context(default_opened_on=str(self.today)).create(values)

    def test_rounds_are_their_keepers_to_change(self):
        draft = self.make_review()
        _done, error = self.call(self.head, "onestop.review", "unlink", [draft.ids])
        self.assertEqual(error, "AccessError")
        for values in ({"decision_id": 1}, {"opened_on": str(self.today)}):
            _done, error = self.call(
                self.director, "onestop.review", "write", [draft.ids, values]
            )
            self.assertEqual(error, "UserError")
        _done, error = self.call(self.director, "onestop.review", "unlink", [draft.ids])
        self.assertIsNone(error)
        _done, error = self.call(
            self.director, "onestop.review", "unlink", [self.review.ids]
        )
        self.assertEqual(error, "UserError", "it was opened")

    def test_counters_in_the_list_of_a_round(self):
        """As the form sends it: the Centre's list of agencies, inside the round."""
        part = self.part(self.review, self.justice)
        values = {"part_ids": [[1, part.id, {"counters": 3}]]}
        for user, expected in ((self.director, None), (self.head, "AccessError")):
            _done, error = self.call(
                user, "onestop.review", "write", [self.review.ids, values]
            )
            self.assertEqual(error, expected)
        self.env.invalidate_all()
        self.assertEqual(self.justice.centre_counters, 3)
        values = {"part_ids": [[1, part.id, {"deadline": str(self.today)}]]}
        _done, error = self.call(
            self.director, "onestop.review", "write", [self.review.ids, values]
        )
        self.assertEqual(error, "AccessError")

    def test_every_move_by_every_role(self):
        """On fresh papers: each move is one office's, whoever else tries is refused."""
        everybody = (
            self.author,
            self.plain_staff,
            self.health_head,
            self.director,
            self.desk,
            self.chief,
            self.chair,
            self.nobody,
            self.admin,
        )
        part = self.part(self.review, self.justice)
        part.action_confirm_rest()
        course = (
            (part, "action_hand_in", self.head),
            (part, "action_accept", self.director),
            (self.review, "action_consolidate", self.director),
            (self.review, "action_submit", self.chief),
        )
        for paper, method, right in course:
            if method == "action_submit":
                self.review.with_user(self.chief).decision_number = "7/QĐ-UBND"
            for user in everybody:
                if user == right:
                    continue
                with self.subTest(method=method, user=user.login):
                    _done, error = self.call(user, paper._name, method, [paper.ids])
                    self.assertEqual(error, "AccessError")
            _done, error = self.call(right, paper._name, method, [paper.ids])
            self.assertIsNone(error)
        self.env.invalidate_all()
        self.assertEqual(self.review.state, "submitted")
        # The signature asks who it is before anything else.
        for user in everybody:
            self.call(user, "onestop.review", "action_sign", [self.review.ids])
        self.env.invalidate_all()
        self.assertEqual(self.review.state, "submitted")

    def test_annex_by_address(self):
        address = f"/onestop/review/{self.review.id}/annex.xlsx"
        self.authenticate("t.head", "t.head.secret")
        self.assertEqual(self.url_open(address).status_code, 200)
        self.logout()
        answer = self.url_open(address, allow_redirects=False)
        self.assertNotEqual(answer.status_code, 200)
