# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_users import check_identity


class OnestopProcess(models.Model):
    """From the hand-in of the agency to the posting at the Centre."""

    _inherit = "onestop.process"

    @api.model
    def _acts_with_words(self):
        """Moves made in the dialog ``onestop.chain.act``."""
        return {
            "action_return": {
                "title": self.env._("Return to the agency"),
                "note": "required",
            },
            "action_submit": {
                "title": self.env._("Submit to the Chair"),
                "note": "optional",
                "decision": "optional",
            },
            "action_approve": {
                "title": self.env._("Approve the processes"),
                "note": "optional",
                "decision": "required",
            },
        }

    def action_fill_steps(self):
        """Name agency and role of the steps that name none, in all lines."""
        self.ensure_one()
        self.check_access("write")
        return self.line_ids.version_id.case_ids.action_fill_steps()

    def action_hand_in(self):
        """Hand the processes in at the Centre.

        :raises UserError: a line is not ready; the message names what is missing.
        :raises AccessError: the user is not head or deputy of the agency.
        """
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Add the drafts that you hand in first."))
        for line in self.line_ids:
            line._check_ready()
        # sudo: onestop.process.line - a new check begins; the findings are the Centre's
        self.sudo().line_ids.write({"finding": False, "finding_note": False})
        self._move("hand_in")
        return True

    def action_all_in_order(self):
        """Find all lines in order that have no finding yet, for the Centre.

        :raises AccessError: the user does not act for the Centre.
        """
        self.ensure_one()
        self.line_ids.filtered(lambda line: not line.finding).write({"finding": "ok"})
        return True

    def action_check(self):
        """Confirm the check of the Centre and pass the processes to the Office.

        :raises UserError: a line has no finding yet, or one is not in order.
        :raises AccessError: the user does not act for the Centre.
        """
        self.ensure_one()
        open_lines = self.line_ids.filtered(lambda line: line.finding != "ok")
        if open_lines:
            raise UserError(
                self.env._(
                    "Not in order yet: %(lines)s. Record a finding for each line, or "
                    "return the processes.",
                    lines=", ".join(open_lines.mapped("display_name")),
                )
            )
        for line in self.line_ids:
            line._check_ready()
        self._move("check")
        return True

    def action_return(self, note):
        """Return the processes to the agency: Centre, Office or Chair, in turn.

        :param note: the reason; it stays in the course of the paper.
        :raises AccessError: it is not the turn of the user's office.
        """
        self.ensure_one()
        move = {"checked": "return_office", "submitted": "return_chair"}.get(
            self.state, "return_centre"
        )
        self._move(move, note, decision_id=False)
        return True

    def action_submit(self, note="", decision_id=False):
        """Submit the processes to the Chair.

        :param note: remark of the Office.
        :param decision_id: id of the decision that was prepared, if there is one.
        :raises AccessError: the user does not act for the Office.
        """
        self.ensure_one()
        self._move("submit", note, decision_id=decision_id or False)
        return True

    @check_identity
    def action_approve(self, note="", decision_id=False):
        """Approve the processes by decision of the Chair.

        :param note: remark of the Chair.
        :param decision_id: id of a decision of the kind "process".
        :return: True, or the identity dialog.
        :raises UserError: the decision approves no internal processes, or a line is
            not ready any more.
        :raises AccessError: the user is neither Chair nor Vice-chair.
        """
        return self._do_approve(note, decision_id)

    def _do_approve(self, note="", decision_id=False):
        self.ensure_one()
        decision = self.env["onestop.decision"].browse(decision_id or [])
        decision = decision or self.decision_id
        decision.check_access("read")
        decision._check_signable()
        if decision.kind != "process":
            raise UserError(
                self.env._("Choose a decision that approves internal processes.")
            )
        for line in self.line_ids:
            line._check_ready()
        today = self.env["onestop.membership"]._today()
        day = max(decision.effective_from, today)
        self._move("approve", note, decision_id=decision.id, effective_on=day)
        decision._sign()
        # sudo: onestop.procedure.version - the Chair's decision publishes them, to
        # take effect by themselves on its day
        self.sudo().line_ids.version_id._publish_process(decision, day)
        return True

    def action_post(self, place="board", day=None, note=""):
        """Make the approved processes public at the Centre (plan III.2-2).

        :param place: board, kiosk or portal.
        :param day: legal day (Viet Nam) of the posting, default today.
        :param note: where exactly.
        :raises AccessError: the user does not act for the Centre.
        """
        self.ensure_one()
        if self.state == "approved":
            self._move("post", note)
        elif self.state != "posted" or not self._in_office("centre"):
            # Says in words why not.
            self._move("post", note)
        # sudo: onestop.process.posting - kept by this act alone
        self.env["onestop.process.posting"].sudo().create(
            {
                "process_id": self.id,
                "place": place,
                "posted_on": fields.Date.to_date(day)
                or self.env["onestop.membership"]._today(),
                "user_id": self.env.uid,
                "note": note or False,
            }
        )
        return True
