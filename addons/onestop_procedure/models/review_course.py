# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from dateutil.relativedelta import relativedelta

from odoo import api, models
from odoo.exceptions import UserError

from odoo.addons.base.models.res_users import check_identity

from ..chain import Move


class OnestopReview(models.Model):
    """A round passes from the Centre to the Office and to the Chair."""

    _inherit = "onestop.review"

    @api.model
    def _moves(self):
        return {
            "open": Move(("draft",), "open", "centre"),
            "consolidate": Move(("open",), "consolidated", "centre", "office"),
            "reopen": Move(("consolidated",), "open", "centre"),
            "give_back": Move(("consolidated",), "open", "office", "centre"),
            "submit": Move(("consolidated",), "submitted", "office", "chair"),
            "refuse": Move(("submitted",), "consolidated", "chair", "office"),
            "sign": Move(("submitted",), "signed", "chair"),
            "take_effect": Move(("signed",), "in_force", "chair"),
        }

    def _chain_department(self):
        return self.env["onestop.department"]

    def _task_day(self):
        return self.period_to

    def action_open(self):
        """Open the round: a part for each agency, a line for each procedure in force.

        :raises AccessError: the user does not act for the Centre.
        """
        self.ensure_one()
        today = self.env["onestop.membership"]._today()
        self._move(
            "open",
            opened_on=today,
            counted_from=today - relativedelta(years=1),
            counted_to=today - relativedelta(days=1),
        )
        # sudo: onestop.review.part, .line - nobody else makes them
        self.sudo()._open_parts()

    def action_consolidate(self):
        """Close the round for the agencies and hand it to the Office.

        A part that was not accepted stays out: its procedures stay as they are.

        :raises UserError: a part waits for the Centre, or none was accepted.
        """
        self.ensure_one()
        # sudo: onestop.review.part - whether it waits, whoever may read it
        waiting = self.sudo().part_ids.filtered(lambda part: part.state == "handed_in")
        if waiting:
            raise UserError(
                self.env._(
                    "Accept or return the part of %(agency)s first.",
                    agency=waiting[0].department_id.name,
                )
            )
        if not self.part_accepted_count:
            raise UserError(self.env._("No agency's part was accepted yet."))
        self._move("consolidate")

    def action_reopen(self):
        """Take the round back to the agencies, as the Centre."""
        self._move("reopen")

    @api.model
    def _acts_with_words(self):
        return {
            "action_return": {
                "title": self.env._("Return to be completed"),
                "note": "required",
            }
        }

    def action_return(self, note):
        """Give the round back: the Office to the Centre, the Chair to the Office.

        :param note: what is to be completed, plain text.
        """
        self.ensure_one()
        if not (note or "").strip():
            raise UserError(self.env._("Say what is to be completed."))
        self._move("refuse" if self.state == "submitted" else "give_back", note)

    def action_submit(self):
        """Submit the draft decision to the Chair, as the Office.

        :raises UserError: the number of the decision is missing.
        """
        self.ensure_one()
        if not self.decision_number:
            raise UserError(
                self.env._("Write the number that is kept for the decision first.")
            )
        self._move("submit")

    @check_identity
    def action_sign(self):
        """Sign the Decision on the list of on-the-spot procedures, as the Chair.

        Plan of 2019, III.2. Asks for the identity of the user first.
        """
        return self._do_sign()
