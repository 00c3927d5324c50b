# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain

TITLE = (
    "Ban hành Danh mục thủ tục hành chính thực hiện tiếp nhận, thẩm định, phê duyệt, "
    "trả kết quả tại Trung tâm Phục vụ hành chính công"
)


class OnestopReview(models.Model):
    """The Chair signs, and on the day of the decision new versions come in force."""

    _inherit = "onestop.review"

    # ------------------------------------------------------------
    # Signature
    # ------------------------------------------------------------

    def _do_sign(self):
        """The Chair's signature: the decision exists, its list is frozen."""
        self.ensure_one()
        today = self.env["onestop.membership"]._today()
        day = max(self.effective_from or today, today)
        self._move("sign", effective_from=day)
        # sudo: onestop.decision - it comes from the signature, not from a form
        review = self.sudo()
        decision = review.env["onestop.decision"].create(
            review._prepare_decision_values(today)
        )
        review.decision_id = decision
        if day <= today:
            review._take_effect()
        return True

    def _prepare_decision_values(self, today):
        issuer = self.env["onestop.department"].search(
            [("kind", "=", "province")], limit=1
        )
        if not issuer:
            raise UserError(
                self.env._("No agency of the kind “Provincial People's Committee”.")
            )
        return {
            "number": self.decision_number,
            "date": today,
            "title": TITLE,
            "kind": "onsite_list",
            "issuer_id": issuer.id,
            "by_chair": True,
            "effective_from": self.effective_from,
        }

    # ------------------------------------------------------------
    # Taking effect
    # ------------------------------------------------------------

    @api.model
    def _cron_take_effect(self):
        """Put the lists whose day has come in force."""
        today = self.env["onestop.membership"]._today()
        # sudo: onestop.review - the day comes by itself
        due = self.sudo().search(
            Domain("state", "=", "signed") & Domain("effective_from", "<=", today)
        )
        for review in due:
            review._take_effect()
            self.env["ir.cron"]._commit_progress(1)

    def _take_effect(self):
        """Publish a version for each accepted change; report what could not be made."""
        self._move("take_effect")
        self.decision_id._take_effect()
        lines = self.env["onestop.review.line"].search(
            [
                ("review_id", "=", self.id),
                ("part_id.state", "=", "accepted"),
                ("is_changed", "=", True),
                ("new_version_id", "=", False),
            ]
        )
        lines._make_versions(self.effective_from, self.decision_id)

    def action_retry(self):
        """Try again to put what had a problem in force, as the Centre or the Office.

        :raises AccessError: the user acts for neither.
        """
        self.ensure_one()
        self._check_keeper()
        if self.state != "in_force":
            raise UserError(self.env._("The list is not in force yet."))
        today = self.env["onestop.membership"]._today()
        # sudo: onestop.procedure.version - as signed by the Chair
        lines = self.sudo().line_ids.filtered("problem")
        lines._make_versions(max(self.effective_from, today), self.decision_id)
