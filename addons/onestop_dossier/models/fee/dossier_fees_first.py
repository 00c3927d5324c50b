# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError


class OnestopDossier(models.Model):
    """Fees that are paid before a step opens."""

    _inherit = "onestop.dossier"

    def _guard_fees_first(self, act):
        """Refuse to open a step that waits for money.

        The step says so itself; or the Centre, for what is due at reception, when the
        dossier leaves the counter. What is due at return is asked for there.
        """
        if act.name == "forward":
            step = self._after_forward()[1]
            # sudo: res.company - a setting
            first = self.company_id.sudo().onestop_fees_first
            moments = {"reception"} if first and self.state == "received" else set()
        else:
            step = self._first_step_for(
                "approved" if act.name == "approve" else "ready"
            )
            moments = set()
        if step.payment_first:
            moments |= {"reception", "supplement"}
        if not moments:
            return
        waiting = self.fee_ids.filtered(
            lambda f: f.collect_at in moments and f.state in ("due", "to_state")
        )
        if waiting:
            raise UserError(
                self.env._(
                    "“%(step)s” opens when the fees are paid. Still to be paid: "
                    "%(fees)s. Collect them at the counter, or request the payment; "
                    "the clock stands still while the citizen pays.",
                    step=step.display_name or self.env._("The next step"),
                    fees=", ".join(fee._told() for fee in waiting),
                )
            )
