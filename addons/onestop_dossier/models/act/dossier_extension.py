# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_users import check_identity
from odoo.addons.onestop_procedure import clock

from ...ledger.canonical import parse_instant
from ..clock.dossier_clock import aware


class OnestopDossier(models.Model):
    """More time: by an article of law, or with an apology and a new appointment.

    Only the first moves the legal due date. An apology (form 04) is given once, and
    never changes the statistics.
    """

    _inherit = "onestop.dossier"

    @check_identity
    def action_extend(self, kind, new_due, reason, legal_basis=None):
        """Extend the time: by law, or with an apology and a new appointment.

        An apology (form 04) never changes the legal due date, is given once, and at
        the latest one working day before the time expires (NĐ 61/2018/NĐ-CP, Điều
        19); a later one is taken or not by the Centre's setting.

        :param kind: "statutory" or "apology".
        :param new_due: new date and time, UTC, as text or datetime.
        :param reason: text for the citizen.
        :param legal_basis: article and law that allow it; by default that of the
            procedure. For "statutory" only.
        :return: True.
        :raises UserError: the date is not later or beyond the ceiling, no article, or
            an apology was given already.
        """
        return self._do_extend(kind, new_due, reason, legal_basis)

    def _do_extend(self, kind, new_due, reason, legal_basis=None):
        try:
            due = fields.Datetime.to_datetime(new_due)
        except (TypeError, ValueError):
            due = None
        if not due:
            raise UserError(self.env._("Give the new date and time."))
        if kind not in ("statutory", "apology"):
            raise UserError(self.env._("Say whether the law extends the time or not."))
        texts = {"reason": reason}
        values = {"appointment_at": due}
        if kind == "statutory":
            self.ensure_one()
            self.check_access("read")
            # sudo: onestop.procedure.case - public content of the procedure
            article = self.sudo().case_id.extension_article
            texts["legal_basis"], values = legal_basis or article, {}
        self._apply(
            "extend",
            texts=texts,
            data={"kind": kind},
            values=values,
            kind=kind,
            new_due=due,
            for_citizen=True,
        )
        return True

    def _ground_of(self, act):
        late = self._charge()
        if act.arguments.get("kind") == "apology" and late != self.department_id:
            return self._office_ground(self.env.user, late)
        return super()._ground_of(act)

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    def _guard_later_due(self, act):
        if not self.due_at or act.arguments["new_due"] <= self.due_at:
            raise UserError(
                self.env._("The new date has to be later than the present due date.")
            )

    def _guard_extension(self, act):
        calendar = self.company_id._onestop_clock()
        rules = self._rules(act.history)
        if act.arguments["kind"] == "apology":
            self._check_apology(act, rules, calendar)
        else:
            self._check_statutory(act, rules, calendar)

    def _check_apology(self, act, rules, calendar):
        given = sum(
            event["kind"] == "extend" and event["data"]["kind"] == "apology"
            for event in act.history
        )
        if given >= rules.apologies:
            raise UserError(
                self.env._(
                    "A new appointment was given once already; once is the rule."
                )
            )
        if act.arguments["new_due"] <= act.now:
            raise UserError(self.env._("The new appointment is over already."))
        last = calendar.local(aware(self.due_at)).date()
        for _day in range(rules.apology_days):
            last = calendar.previous_working_day(last)
        late = calendar.local(aware(act.now)).date() > last
        if late and rules.apology_late == "refuse":
            raise UserError(
                self.env._(
                    "An apology is signed %(days)s working day(s) before the time "
                    "expires at the latest; that was on %(last)s.",
                    days=rules.apology_days,
                    last=f"{last:%d/%m/%Y}",
                )
            )
        act.data["late"] = late

    def _check_statutory(self, act, rules, calendar):
        late = clock.timeliness(aware(act.now), aware(self.due_at), calendar)
        if late is clock.Timeliness.LATE:
            raise UserError(
                self.env._(
                    "The due date has passed: the law extends only a time that still "
                    "runs. Apologise and give a new appointment."
                )
            )
        self._guard_legal_basis(act)
        # Extended twice, the ceiling counts from the due date before the first time.
        before = next(
            (
                parse_instant(one["after"]["due"])
                for one, two in zip(act.history, act.history[1:], strict=False)
                if two["kind"] == "extend" and two["data"]["kind"] == "statutory"
            ),
            self.due_at,
        )
        ceiling = self.case_id.extension_days or rules.extension_days
        longest = clock.due_at(
            aware(before), clock.Limit(ceiling, clock.Unit.WORKDAY), calendar
        )
        if aware(act.arguments["new_due"]) > longest:
            raise UserError(
                self.env._(
                    "The law lets the time be extended by %(days)s working days at "
                    "most, to %(last)s.",
                    days=ceiling,
                    last=f"{calendar.local(longest):%d/%m/%Y}",
                )
            )
