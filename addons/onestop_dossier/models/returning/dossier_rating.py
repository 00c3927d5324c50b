# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError
from odoo.tools import consteq, mute_logger

from .rating import RATED

RATED_STATES = ("returned", "refused", "stopped")
# Answers of the overall question with their value on Odoo's scale of one to five.
SCALES = {"three": (5, 3, 1), "five": (5, 4, 3, 2, 1)}
# How long after the end a rating is taken at the counter.
AT_COUNTER_HOURS = 24
LONGEST_COMMENT = 2000


class OnestopDossier(models.Model):
    """Satisfaction rating, tied to the dossier once (design: ``rating`` of Odoo).

    The rating is a row of ``rating.rating``. The dossier is no ``rating.mixin``: that
    would make it a mail thread, open to messages over RPC, and keep the last rating
    on the dossier itself, where the agency that was rated reads it.
    """

    _inherit = "onestop.dossier"

    def action_rate(self, value, answers=None, comment=None):
        """Rate the handling of one's own dossier, once; change it for some days.

        :param value: 1 to 5, one of the Centre's scale (5 very satisfied).
        :param answers: {id of a question: 0, 1 or 2}.
        :param comment: free text.
        :return: True.
        :raises AccessError: not the owner or submitter.
        :raises UserError: not at its end yet, or the days to change it are over.
        """
        self.ensure_one()
        self.check_access("read")
        if not self._owns(self.env.user):
            raise AccessError(self.env._("This is not a dossier of yours."))
        self._rate("portal", value, answers, comment)
        return True

    @api.model
    def _rate_by_link(self, code, token, value, answers=None, comment=None):
        """Rate by the link of a notice, without an account.

        :raises UserError: the link is none of ours, or as :meth:`action_rate`.
        """
        dossier = self._of_rating_link(code, token)
        if not dossier:
            raise UserError(self.env._("This link is not valid."))
        dossier._rate("link", value, answers, comment)

    @api.model
    def _of_rating_link(self, code, token):
        """The dossier of a link, or none: nobody learns which part is wrong."""
        # sudo: onestop.dossier - whoever has the token may rate this one
        dossier = self.sudo().search([("code", "=", str(code)[:64])], limit=1)
        known = dossier._rating_token() if dossier else "0" * 64
        given = str(token).encode("ascii", "replace").decode()
        return dossier if consteq(known, given) and dossier else dossier.browse()

    def _rating_token(self):
        self.ensure_one()
        # sudo: ir.config_parameter - the database's own secret
        return tools.hmac(self.env(su=True), "onestop-rating", (self.id, self.code))

    def _rating_url(self):
        """Address under which the citizen rates without an account, for notices."""
        self.ensure_one()
        path = f"/rating/{self.code}/{self._rating_token()}"
        return tools.urls.urljoin(self.company_id._onestop_public_url(), path)

    def _notice_link(self):
        """A notice about a dossier at its end leads to its rating."""
        # sudo: onestop.dossier - written into a notice to its owner
        if self.sudo().state in RATED_STATES and self.code:
            return self.sudo()._rating_url()  # sudo: as above
        return super()._notice_link()

    def _rating_form(self):
        """What a page or screen asks: plain values.

        :return: {"open": bool, "changes_until" (naive UTC or False), "choices":
            [(value, label)], "questions": [(id, label)], "value", "comment",
            "answers"}.
        """
        self.ensure_one()
        # sudo: onestop.dossier, rating.rating - the caller was checked
        dossier = self.sudo()
        rating = dossier._own_rating()
        until = rating and fields.Datetime.add(
            rating.create_date, days=dossier.company_id.onestop_rating_days
        )
        over = bool(until) and until < fields.Datetime.now()
        questions = (
            self.env["onestop.rating.question"].sudo().search([("active", "=", True)])
        )
        labels = dossier._rating_labels()
        return {
            "open": dossier.state in RATED_STATES and not dossier.is_trial and not over,
            "changes_until": until or False,
            "choices": [(value, labels[value]) for value in dossier._rating_values()],
            "questions": [(question.id, question.name) for question in questions],
            "value": int(rating.rating) if rating else 0,
            "comment": rating.feedback or "" if rating else "",
            "answers": {
                answer.question_id.id: answer.points
                for answer in rating.onestop_answer_ids
            },
        }

    def _rating_values(self):
        return SCALES[self.company_id.onestop_rating_scale or "three"]

    def _rating_labels(self):
        """The words of the Centre's scale: RHL, HL, KHL, or those of five answers."""
        # sudo: res.company - a setting, for every rater
        if self.sudo().company_id.onestop_rating_scale == "five":
            return {
                5: self.env._("Very satisfied"),
                4: self.env._("Satisfied"),
                3: self.env._("Neither satisfied nor dissatisfied"),
                2: self.env._("Not satisfied"),
                1: self.env._("Very dissatisfied"),
            }
        return {
            5: self.env._("Very satisfied"),
            3: self.env._("Satisfied"),
            1: self.env._("Not satisfied"),
        }

    def _own_rating(self):
        # sudo: rating.rating - of this dossier, the caller was checked
        ratings = self.env["rating.rating"].sudo()
        return ratings.search([("onestop_dossier_id", "=", self.id)], limit=1)

    def _rate(self, source, value, answers, comment):
        """Write the rating: one a dossier, held by an index of the database."""
        dossier = self.sudo()  # sudo: onestop.dossier - callers say who may rate
        values = dossier._rating_told(value, comment)
        points = dossier._points_told(answers)
        if dossier.is_trial or dossier.state not in RATED_STATES:
            raise UserError(
                self.env._("A dossier is rated when it has come to its end.")
            )
        ratings = self.env["rating.rating"].sudo().with_context(onestop_rating=RATED)
        rating = dossier._own_rating().with_context(onestop_rating=RATED)
        if rating:
            if not dossier._rating_form()["open"]:
                raise UserError(
                    self.env._("The time to change the rating is over; it stays.")
                )
            rating.write(values)
            rating.onestop_answer_ids.unlink()
        else:
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    rating = ratings.create(
                        {
                            **values,
                            "res_model_id": self.env["ir.model"]._get_id(self._name),
                            "res_id": dossier.id,
                            "onestop_dossier_id": dossier.id,
                            "onestop_source": source,
                            "consumed": True,
                            # Odoo's own page for tokens is not ours.
                            "access_token": False,
                        }
                    )
            except UniqueViolation as error:
                raise UserError(
                    self.env._("This dossier was rated a moment ago.")
                ) from error
        # sudo: onestop.rating.answer - with the rating
        self.env["onestop.rating.answer"].sudo().create(
            [
                {"rating_id": rating.id, "question_id": question, "points": given}
                for question, given in points.items()
            ]
        )
        return rating

    def _rating_told(self, value, comment):
        if type(value) is not int or value not in self._rating_values():
            raise UserError(self.env._("Choose how satisfied you are."))
        if comment and not isinstance(comment, str):
            raise UserError(self.env._("The comment is plain text."))
        feedback = (comment or "").strip()[:LONGEST_COMMENT]
        return {"rating": value, "feedback": feedback or False}

    def _points_told(self, answers):
        """Points by question id; questions that are not asked any more are left out."""
        told = {}
        for key, given in (answers or {}).items():
            if not str(key).isdigit() or type(given) is not int or not 0 <= given <= 2:
                raise UserError(self.env._("A question is answered with 0, 1 or 2."))
            told[int(key)] = given
        questions = self.env["onestop.rating.question"]
        # sudo: onestop.rating.question - which are asked
        asked = questions.sudo().search([("id", "in", list(told))])
        return {question.id: told[question.id] for question in asked}

    def _rate_at_counter(self, value, answers, comment):
        """Take the rating of who stands at the counter, on the touch screen.

        :raises UserError: it ended long ago: then who had it rates on the portal.
        """
        self.check_access("read")
        ended = self.returned_at or self.finished_at or self.write_date
        limit = fields.Datetime.subtract(fields.Datetime.now(), hours=AT_COUNTER_HOURS)
        if ended < limit or self._own_rating():
            raise UserError(
                self.env._("This dossier cannot be rated at the counter any more.")
            )
        self._rate("counter", value, answers, comment)
