# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .return_common import ReturnCase


@tagged("post_install", "-at_install")
class TestRating(ReturnCase):
    """One rating a dossier; who was rated does not see by whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.question = cls.env["onestop.rating.question"].create({"name": "Polite?"})

    def rating(self, dossier):
        return dossier.sudo()._own_rating()

    def rate(self, dossier, *told, user="citizen"):
        return self.act_as(dossier, user).action_rate(*told)

    def test_who_is_rated_does_not_word_the_questions(self):
        with self.assertRaisesRegex(AccessError, "who leads a Centre"):
            self.question.with_user(self.users["head"]).name = "Fast?"
        with self.assertRaisesRegex(AccessError, "who leads a Centre"):
            self.question.with_user(self.users["head"]).create({"name": "Fast?"})
        self.question.with_user(self.users["director"]).active = False

    def test_rated_once_and_changed_for_some_days(self):
        dossier = self.dossier_in("returned")
        self.rate(dossier, 5, {str(self.question.id): 2}, "Thank you")
        self.rate(dossier, 1, {self.question.id: 0})
        rating = self.rating(dossier)
        self.assertEqual(len(rating), 1)
        self.assertEqual((rating.rating, rating.feedback), (1, False))
        self.assertEqual(rating.onestop_answer_ids.points, 0)
        self.assertEqual(rating.onestop_department_id, self.justice)
        self.assertFalse(rating.access_token)
        self.company.onestop_rating_days = 0
        with self.assertRaisesRegex(UserError, "over"):
            self.rate(dossier, 5)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE rating_rating SET rating = 5, "
                "create_date = create_date - interval '1 day' WHERE id = %s",
                [rating.id],
            )

    def test_what_is_no_rating(self):
        dossier = self.dossier_in("returned")
        for wrong in ((0,), (2,), (6,), ("5",), (True,), (5, {"x": 1})):
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                self.rate(dossier, *wrong)
        for wrong in ((5, {self.question.id: 3}), (5, None, 7)):
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                self.rate(dossier, *wrong)
        self.company.onestop_rating_scale = "five"
        self.rate(dossier, 2)

    def test_not_before_the_end(self):
        dossier = self.dossier_in("ready")
        with self.assertRaisesRegex(UserError, "end"):
            self.rate(dossier, 5)
        self.rate(self.dossier_in("refused"), 1)

    def test_by_the_link(self):
        dossier = self.dossier_in("returned")
        url = dossier.sudo()._rating_url()
        _rating, code, token = url.rsplit("/", 2)
        self.assertEqual(code, dossier.code)
        public = self.env["onestop.dossier"].with_user(self.env.ref("base.public_user"))
        other = self.dossier_in("returned").sudo()
        for wrong in ((code, "x"), ("K99.02-1", token), (code, other._rating_token())):
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                public._rate_by_link(*wrong, 5)
        public._rate_by_link(code, token, 3)
        self.assertEqual(self.rating(dossier).onestop_source, "link")

    def test_at_the_counter(self):
        dossier = self.dossier_in("returned")
        desk = (
            self.env["onestop.return.desk"]
            .with_user(self.users["returner"])
            .with_company(self.company)
        )
        choices = desk.rating_form(dossier.id)["choices"]
        self.assertEqual(
            choices, [(5, "Very satisfied"), (3, "Satisfied"), (1, "Not satisfied")]
        )
        desk.rate(dossier.id, 3, {}, None)
        # The officer cannot change what the citizen said.
        with self.assertRaises(UserError):
            desk.rate(dossier.id, 5, {}, None)
        self.assertEqual(self.rating(dossier).rating, 3)

    def test_who_was_rated_does_not_see_it(self):
        dossier = self.dossier_in("returned")
        self.rate(dossier, 1, None, "Slow")
        rating = self.rating(dossier)
        self.env.flush_all()
        for user in ("appraiser", "head", "deputy", "receiver", "returner", "stranger"):
            ratings = self.env["rating.rating"].with_user(self.users[user])
            with self.subTest(user=user):
                found = ratings.search([("onestop_dossier_id", "=", dossier.id)])
                self.assertFalse(found)
                with self.assertRaises(AccessError):
                    ratings.browse(rating.id).read(["feedback"])
                groups = ratings._read_group(
                    [("res_model", "=", "onestop.dossier")], [], ["rating:avg"]
                )
                self.assertFalse(groups[0][0])
        director = rating.with_user(self.users["director"])
        self.assertEqual(director.feedback, "Slow")
        for name in ("rating_last_value", "rating_ids"):
            self.assertNotIn(name, self.env["onestop.dossier"]._fields)

    def test_not_by_hand(self):
        """Over RPC nobody makes, changes or deletes a rating of a dossier."""
        dossier = self.dossier_in("returned")
        model = self.env["ir.model"]._get_id("onestop.dossier")
        values = {"res_model_id": model, "res_id": dossier.id, "rating": 5}
        for user in ("appraiser", "returner", "director"):
            ratings = self.env["rating.rating"].with_user(self.users[user])
            for vals in (values, {**values, "onestop_dossier_id": dossier.id}):
                with self.subTest(user=user), self.assertRaises(AccessError):
                    ratings.with_context(onestop_rating="RATED").create(vals)
        self.rate(dossier, 1)
        mine = self.rating(dossier).with_user(self.users["director"])
        for attempt in (
            lambda: mine.write({"rating": 5}),
            mine.reset,
            mine.unlink,
        ):
            with self.assertRaises(AccessError):
                attempt()
        with self.assertRaises(AccessError):
            self.rate(dossier, 5, user="other")
        with self.assertRaises(AccessError):
            self.rate(dossier, 5, user="returner")

    def test_the_database_holds_it(self):
        dossier = self.dossier_in("returned")
        ready = self.dossier_in("ready")
        self.rate(dossier, 1)
        self.env.flush_all()
        copied = "INSERT INTO rating_rating (res_model, res_id, onestop_dossier_id)"
        for attack in (
            f"{copied} VALUES ('onestop.dossier', {dossier.id}, {dossier.id})",
            f"{copied} VALUES ('onestop.dossier', {ready.id}, {ready.id})",
            f"{copied} VALUES ('onestop.dossier', {dossier.id}, NULL)",
            f"DELETE FROM rating_rating WHERE onestop_dossier_id = {dossier.id}",
            "UPDATE rating_rating SET onestop_dossier_id = NULL, res_model = 'x' "
            f"WHERE onestop_dossier_id = {dossier.id}",
        ):
            with (
                self.subTest(attack=attack),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.IntegrityError),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(attack)
