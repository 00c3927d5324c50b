# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError

from odoo.addons.onestop_procedure import clock

from ..clock.dossier_clock import aware


class OnestopDossier(models.Model):
    """Acts that stop and start the clock: supplement, payment, suspension."""

    _inherit = "onestop.dossier"

    def action_request_supplement(self, reason, items=None, exception=None):
        """Ask the citizen to supplement the dossier (form 02, national status 5).

        The clock stands still until :meth:`action_resume`. NĐ 61/2018/NĐ-CP as
        amended by NĐ 107/2021/NĐ-CP: once while handling. A second request, or one
        that comes later than the rules say, needs ``exception``; from the second on
        the service index (QĐ 766/QĐ-TTg) counts the dossier as overdue.

        :param reason: text for the citizen.
        :param items: list of texts, what is asked for.
        :param exception: why it is asked again or so late; kept inside.
        :return: True.
        :raises UserError: no reason, or asked again without an exception.
        """
        self._do_request_supplement(reason, items, exception)
        return True

    def action_pass_on(self):
        """Record that the counter told the citizen what a handler asks for.

        Handlers do not deal with citizens themselves; the citizen's time to answer
        begins now.

        :return: True.
        :raises UserError: nothing is to be passed on.
        """
        self._apply("pass_on")
        return True

    def action_request_payment(self, reason, fee_ids=None):
        """Ask the citizen to meet a financial obligation (national status 6).

        :param reason: what is to be paid and why, for the citizen.
        :param fee_ids: ids of the dossier's unpaid fees that are asked for. When all
            of them are paid the dossier goes on by itself. None: something that is
            paid elsewhere, such as a tax; the counter resumes by hand.
        :return: True.
        :raises UserError: not unpaid fees of this dossier.
        """
        self._do_request_payment(reason, fee_ids)
        return True

    def action_suspend(self, reason, legal_basis):
        """Suspend the handling on a legal basis; the clock stands still.

        :param reason: text for the citizen.
        :param legal_basis: article and law.
        :return: True.
        """
        self._do_pause("suspend", reason, legal_basis)
        return True

    def action_resume(self):
        """Go on where the dossier was left; the clock runs again.

        :return: True.
        """
        self._apply("resume")
        return True

    # ------------------------------------------------------------
    # What the acts do
    # ------------------------------------------------------------

    def _do_request_supplement(self, reason, items=None, exception=None, **notice):
        """``notice``: what the desk entered for form 02 besides."""
        wanted = "\n".join(str(item) for item in items or [])
        return self._apply(
            "request_supplement",
            texts={"reason": reason, "items": wanted, "exception": exception},
            for_citizen=("reason", "items"),
            **notice,
        )

    def _do_request_payment(self, reason, fee_ids=None):
        # sudo: onestop.dossier - its fees; _apply checks who acts
        fees = self.sudo()._unpaid_fees().filtered(lambda f: f.id in (fee_ids or ()))
        if len(fees) != len(set(fee_ids or ())):
            raise UserError(
                self.env._("Choose fees of this dossier that are still to be paid.")
            )
        return self._apply(
            "request_payment",
            texts={"reason": reason},
            data={"fees": fees.ids} if fees else {},
            for_citizen=True,
        )

    def _do_pause(self, name, reason, legal_basis=None):
        return self._apply(
            name, texts={"reason": reason, "legal_basis": legal_basis}, for_citizen=True
        )

    def _answer_data(self, act):
        """Until when the citizen answers, for the event.

        A handler's request goes through the counter: the time runs when it is passed
        on. Working days by the Centre's calendar, to closing time of the last.
        """
        rules = self._rules(act.history)
        if act.name == "request_payment":
            days = rules.payment_days
        else:
            days = self.case_id.supplement_days or rules.supplement_days
            asks = act.name == "request_supplement"
            if asks and act.department != self.support_department_id:
                return {"relay": True}
        # sudo: res.company, onestop.calendar.revision - public opening hours
        revision = self.company_id.sudo()._onestop_calendar()
        # A Centre without a calendar receives nothing; what it asks has no end.
        return {
            "answer_days": days if revision else 0,
            "revision": revision.id or None,
        }

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    def _guard_supplement_by_law(self, act):
        if not self.received_at:
            return
        rules = self._rules(act.history)
        asked = sum(
            event["kind"] == "request_supplement"
            and event["after"].get("received") is not None
            for event in act.history
        )
        again = asked >= rules.supplements
        late = self._asks_late(act, rules)
        act.data["supplement"] = {"number": asked + 1, "late": late}
        if not (again or late) or (act.texts.get("exception") or "").strip():
            return
        if again:
            raise UserError(
                self.env._(
                    "A supplement was requested already; while handling it may be "
                    "requested %(limit)s time(s) only. Decide on what is there. If it "
                    "has to be asked again, say why: the service index then counts "
                    "the dossier as overdue.",
                    limit=rules.supplements,
                )
            )
        raise UserError(
            self.env._(
                "A supplement is asked for within %(days)s working days of reception. "
                "Say why it is asked for so late.",
                days=rules.supplement_ask_days,
            )
        )

    def _asks_late(self, act, rules):
        days = rules.supplement_ask_days
        if not days:
            return False
        calendar = self.company_id._onestop_clock()
        limit = clock.Limit(days, clock.Unit.WORKDAY)
        last = clock.due_at(aware(self.received_at), limit, calendar)
        return aware(act.now) > last

    def _guard_to_pass_on(self, act):
        if not self.relay_at:
            raise UserError(
                self.env._("No request of a handler waits to be passed on.")
            )
