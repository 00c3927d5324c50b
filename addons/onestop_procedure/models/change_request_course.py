# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_users import check_identity


class OnestopChangeRequest(models.Model):
    """From the report of the agency to the decision of the Chair."""

    _inherit = "onestop.change.request"

    @api.model
    def _acts_with_words(self):
        """Moves made in the dialog ``onestop.chain.act``."""
        return {
            "action_return": {
                "title": self.env._("Return to the agency"),
                "note": "required",
            },
            "action_advise": {
                "title": self.env._("Advise the Chair"),
                "note": "required",
                "decision": "optional",
            },
            "action_send_back": {
                "title": self.env._("Back to the Office"),
                "note": "required",
            },
            "action_accept": {
                "title": self.env._("Accept and have it drafted"),
                "note": "optional",
                "decision": "required",
            },
            "action_decline": {
                "title": self.env._("Decline"),
                "note": "required",
                "decision": "optional",
            },
        }

    def action_report(self):
        """Report the change to the Office (plan III.7).

        :raises UserError: no procedure is named, or the day of the rule is missing.
        :raises AccessError: the user is not head or deputy of the agency.
        """
        self.ensure_one()
        if not self.line_ids:
            raise UserError(
                self.env._("Name the procedures that the change touches first.")
            )
        if not self.effective_on:
            raise UserError(self.env._("Say from which day on the new rule holds."))
        for line in self.line_ids:
            line._check_complete()
        today = self.env["onestop.membership"]._today()
        self._move("report", reported_on=today)
        return True

    def action_return(self, note):
        """Return the report to the agency.

        :param note: what is missing or wrong.
        :raises AccessError: the user does not act for the Office.
        """
        self.ensure_one()
        self._move("return", note)
        return True

    def action_advise(self, note, decision_id=False):
        """Lay the report before the Chair with the opinion of the Office.

        :param note: the opinion.
        :param decision_id: id of the decision that was prepared, if there is one.
        :raises AccessError: the user does not act for the Office.
        """
        self.ensure_one()
        self._move("advise", note, opinion=note, decision_id=decision_id or False)
        return True

    def action_send_back(self, note):
        """Ask the Office for another opinion.

        :param note: what the Chair wants to know.
        :raises AccessError: the user is neither Chair nor Vice-chair.
        """
        self.ensure_one()
        self._move("send_back", note)
        return True

    @check_identity
    def action_accept(self, note="", decision_id=False):
        """Accept the proposals; drafts of new versions are made at once.

        :param note: remark of the Chair.
        :param decision_id: id of the decision, recorded by the Office.
        :return: True, or the identity dialog.
        :raises AccessError: the user is neither Chair nor Vice-chair.
        """
        return self._do_accept(note, decision_id)

    @check_identity
    def action_decline(self, note, decision_id=False):
        """Decline the proposals.

        :param note: why.
        :param decision_id: id of the decision, if there is one.
        :return: True, or the identity dialog.
        :raises AccessError: the user is neither Chair nor Vice-chair.
        """
        return self._do_decline(note, decision_id)

    def _do_accept(self, note="", decision_id=False):
        self.ensure_one()
        decision = self._decision(decision_id)
        if not decision:
            raise UserError(
                self.env._("Choose the decision by which the change is accepted.")
            )
        self._move("accept", note, decision_id=decision.id)
        decision._sign()
        # sudo: onestop.procedure, onestop.procedure.version - the Chair's decision
        # makes the drafts; he does not write procedures himself
        self.sudo().line_ids._draft()
        self._move("draft")
        self._finish_if_done()
        return True

    def _do_decline(self, note, decision_id=False):
        self.ensure_one()
        decision = self._decision(decision_id)
        self._move("decline", note, decision_id=decision.id)
        decision._sign()
        return True

    def _decision(self, decision_id):
        """The decision named now, or prepared by the Office; it has to hold still."""
        decision = self.env["onestop.decision"].browse(decision_id or [])
        decision = decision or self.decision_id
        decision.check_access("read")
        decision._check_signable()
        return decision

    # ------------------------------------------------------------
    # End
    # ------------------------------------------------------------

    def _finish_if_done(self):
        """Close the papers of which every proposal is carried out."""
        # sudo: onestop.change.request - closes by itself, whoever published the last
        for request in self.sudo():
            if request.state == "drafted" and all(
                line.is_finished for line in request.line_ids
            ):
                request._move("finish")

    @api.model
    def _cron_finish(self):
        """Publications may come from anywhere: once a day the papers follow."""
        # sudo: onestop.change.request - the job follows all of them
        self.sudo().search([("state", "=", "drafted")])._finish_if_done()
