# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.onestop_procedure import clock

from ..clock.dossier_clock import aware


class OnestopDossier(models.Model):
    """Ask another agency for its opinion (NĐ 61/2018/NĐ-CP, Điều 19).

    The request has content and deadline; the agency's clock goes on. Whoever stays
    silent is reported to the asking agency's head and to the one-stop unit.
    """

    _inherit = "onestop.dossier"

    consultation_ids = fields.One2many(
        "onestop.dossier.consultation",
        "dossier_id",
        string="Opinions",
        groups="base.group_user",
    )

    def action_consult(self, department_id, question, due):
        """Ask another agency for its opinion; it sees the dossier from now on.

        :param department_id: id of the agency.
        :param question: what is asked.
        :param due: until when, UTC, as text or datetime.
        :return: id of the consultation.
        :raises UserError: no question, a deadline that is over, or no such agency.
        """
        try:
            until = fields.Datetime.to_datetime(due)
        except (TypeError, ValueError):
            until = None
        asked = self._department_of(department_id)
        found = []

        def values(act):
            found.append(self._new_consultation(act, asked, until))
            return {"viewer_ids": [Command.link(asked.id)]}

        self._apply(
            "consult",
            texts={"question": question},
            data={"department": asked.id},
            values=values,
            asked=asked,
            until=until,
        )
        return found[0].id

    def action_answer_consultation(self, answer):
        """Give the opinion that the user's agency was asked for.

        :param answer: the opinion.
        :return: True.
        :raises UserError: no answer.
        """
        self._apply("answer_consultation", texts={"answer": answer})
        return True

    def _department_of(self, department_id):
        # Programs send anything; a boolean is an int to Python.
        if isinstance(department_id, bool) or not isinstance(department_id, int):
            raise UserError(self.env._("Choose an agency."))
        # sudo: onestop.department - any agency may be named
        department = self.env["onestop.department"].sudo().browse(department_id)
        if not department.exists() or department.successor_id:
            raise UserError(self.env._("This agency does not exist any more."))
        return department

    def _new_consultation(self, act, asked, until):
        # sudo: onestop.dossier.consultation - made by this act alone
        consultation = (
            self.env["onestop.dossier.consultation"]
            .sudo()
            .create(
                {
                    "dossier_id": self.id,
                    "asker_id": act.department.id,
                    "department_id": asked.id,
                    "asked_at": act.now,
                    "due_at": until,
                }
            )
        )
        act.data["consultation"] = consultation.id
        return consultation

    def _consulted_departments(self):
        """Agencies whose opinion is still waited for."""
        # sudo: onestop.dossier.consultation - to find whose turn it is
        return (
            self.env["onestop.dossier.consultation"]
            .sudo()
            .search([("dossier_id", "=", self.id), ("answered_at", "=", False)])
            .department_id
        )

    def _after_act(self, act):
        result = super()._after_act(act)
        if act.name not in ("consult", "answer_consultation"):
            return result
        # sudo: onestop.dossier.consultation - follows from the act
        consultations = self.env["onestop.dossier.consultation"].sudo()
        text = act.data["texts"][0]["id"]
        if act.name == "consult":
            consultations.browse(act.data["consultation"]).question_id = text
        else:
            consultations.browse(act.data["consultations"]).write(
                {"answer_id": text, "answered_at": act.now}
            )
        return result

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    def _guard_question(self, act):
        if not (act.texts.get("question") or "").strip():
            raise UserError(self.env._("Write what you want to know."))
        until, asked = act.arguments["until"], act.arguments["asked"]
        if not until or until <= act.now:
            raise UserError(self.env._("Give a deadline that is still to come."))
        if asked == self._charge():
            raise UserError(self.env._("Ask another agency than your own."))
        if asked in self._consulted_departments():
            raise UserError(
                self.env._("The opinion of this agency is waited for already.")
            )

    def _guard_answer(self, act):
        if not (act.texts.get("answer") or "").strip():
            raise UserError(self.env._("Write the opinion of your agency."))
        # sudo: onestop.dossier.consultation - those of the acting agency
        mine = (
            self.env["onestop.dossier.consultation"]
            .sudo()
            .search(
                [
                    ("dossier_id", "=", self.id),
                    ("department_id", "=", act.department.id),
                    ("answered_at", "=", False),
                ]
            )
        )
        act.data["consultations"] = mine.ids
        act.data["late"] = any(one.due_at < act.now for one in mine)

    # ------------------------------------------------------------
    # Who stays silent, and for how long was waited
    # ------------------------------------------------------------

    @api.model
    def _report_silent(self):
        """Report agencies that gave no opinion in time; each once."""
        now = fields.Datetime.now()
        # sudo: onestop.dossier.consultation - all agencies; only tasks follow
        silent = (
            self.env["onestop.dossier.consultation"]
            .sudo()
            .search(
                [
                    ("due_at", "<", now),
                    ("answered_at", "=", False),
                    ("reported_at", "=", False),
                    ("dossier_id.finished_at", "=", False),
                ]
            )
        )
        memberships = self.env["onestop.membership"]
        heads = defaultdict(self.env["res.users"].browse)
        units = silent.dossier_id.support_department_id
        # sudo: onestop.membership - whom to tell
        for one in memberships.sudo().search(
            Domain("department_id", "in", (silent.asker_id | units).ids)
            & Domain("role", "=", "head")
            & memberships._domain_current()
        ):
            heads[one.department_id.id] |= one.user_id
        self.env["onestop.dossier.alert"]._raise(
            [
                (
                    {
                        "dossier_id": one.dossier_id.id,
                        "kind": "silent",
                        "level": 0,
                        "about": one.id,
                        "raised_at": now,
                    },
                    heads[one.asker_id.id]
                    | heads[one.dossier_id.support_department_id.id]
                    | one.dossier_id.user_id,
                )
                for one in silent
            ]
        )
        silent.write({"reported_at": now})

    def _partners(self, now):
        """Working seconds for which each agency's opinion was waited for.

        :param now: naive UTC.
        :return: dossier id -> {agency id: seconds}.
        """
        found = defaultdict(lambda: defaultdict(int))
        # sudo: onestop.dossier.consultation, res.company - times, public hours
        for one in (
            self.env["onestop.dossier.consultation"]
            .sudo()
            .search([("dossier_id", "in", self.ids)])
        ):
            calendar = one.dossier_id.company_id._onestop_clock()
            until = one.answered_at or now
            found[one.dossier_id.id][one.department_id.id] += clock.working_seconds(
                aware(one.asked_at), aware(until), calendar
            )
        return found
