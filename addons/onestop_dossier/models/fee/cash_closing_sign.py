# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.base.models.res_users import check_identity

LEADERS = ("head", "deputy")


class OnestopCashClosing(models.Model):
    """A day counted, signed by its cashier, and closed by who leads the unit."""

    _inherit = "onestop.cash.closing"

    def action_open_count(self):
        """Open the dialog that counts and signs this day, or sends it back.

        :return: the window action.
        """
        self.ensure_one()
        back = self.env.context.get("default_mode") == "send_back"
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send back") if back else self.env._("Count and sign"),
            "res_model": "onestop.cash.count",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_closing_id": self.id,
                "default_mode": "send_back" if back else "sign",
                "dialog_size": "medium",
            },
        }

    def action_sign(self, counted, explanation=None, denominations=None):
        """Sign the day as its cashier: the cash is counted, the figures are fixed.

        :param counted: cash counted (currency of the closing).
        :param explanation: why it differs from the receipts; required then.
        :param denominations: dictionary of value of a note to number of notes; its
            sum is what was counted.
        :return: True.
        :raises UserError: counted otherwise than expected without an explanation, or
            signed already.
        :raises AccessError: another's day.
        """
        self._do_sign(counted, explanation, denominations)
        return True

    @check_identity
    def action_close(self):
        """Close the signed day as head or deputy of the unit.

        :return: True.
        :raises UserError: the cashier has not signed.
        :raises AccessError: the cashier himself, or no leader of the unit.
        """
        return self._do_close()

    def action_send_back(self, reason):
        """Send a signed day back to its cashier, to be counted again.

        :param reason: what does not agree.
        :return: True.
        :raises UserError: no reason, or not signed.
        :raises AccessError: no leader of the unit.
        """
        for closing in self:
            closing._check_leader()
            if closing.state != "signed":
                raise UserError(self.env._("The day is not waiting to be closed."))
            if not (reason or "").strip():
                raise UserError(self.env._("Say what does not agree."))
            closing._locked().write(
                {"state": "open", "sheet": False, "signed_at": False, "note": reason}
            )
        return True

    def _do_sign(self, counted, explanation=None, denominations=None):
        self.ensure_one()
        self.check_access("read")
        if self.cashier_id != self.env.user:
            raise AccessError(
                self.env._("The cashier himself counts and signs his day.")
            )
        closing = self._locked()
        if closing.state != "open":
            raise UserError(self.env._("This day is signed already."))
        counted = closing._read_counted(counted, denominations)
        sheet = closing._sheet()
        if counted != float(sheet["cash"]) and not (explanation or "").strip():
            raise UserError(
                self.env._(
                    "Cash counted: %(counted)s; by the receipts it is %(expected)s. "
                    "Count again, or explain the difference.",
                    counted=closing.currency_id.format(counted),
                    expected=closing.currency_id.format(float(sheet["cash"])),
                )
            )
        closing.write(
            {
                "state": "signed",
                "sheet": sheet,
                "counted": counted,
                "denominations": denominations or False,
                "explanation": explanation or False,
                "signed_at": fields.Datetime.now(),
            }
        )

    def _read_counted(self, counted, denominations):
        wrong = UserError(self.env._("Enter the cash that was counted."))
        if denominations:
            try:
                found = {int(k): int(v) for k, v in denominations.items()}
            except (AttributeError, TypeError, ValueError) as error:
                raise wrong from error
            if any(value <= 0 or number < 0 for value, number in found.items()):
                raise wrong
            total = sum(value * number for value, number in found.items())
            if counted not in (None, False) and counted != total:
                raise UserError(
                    self.env._("The notes do not add up to the amount entered.")
                )
            return float(total)
        if isinstance(counted, bool) or not isinstance(counted, int | float):
            raise wrong
        if not 0 <= counted < 10**12:
            raise wrong
        return float(counted)

    def _do_close(self):
        for closing in self:
            closing._check_leader()
            if closing.cashier_id == self.env.user:
                raise AccessError(
                    self.env._("Somebody else than the cashier closes the day.")
                )
            closing = closing._locked()
            if closing.state != "signed":
                raise UserError(self.env._("The cashier signs first."))
            closing.write(
                {
                    "state": "closed",
                    "head_id": self.env.uid,
                    "closed_at": fields.Datetime.now(),
                }
            )
        return True

    def _locked(self):
        """This day, locked against entries, to be written by who was checked."""
        self.env.cr.execute(
            "SELECT id FROM onestop_cash_closing WHERE id = ANY(%s) FOR UPDATE",
            [self.ids],
        )
        self.invalidate_recordset()
        return self.sudo()  # sudo: onestop.cash.closing - the role was asked before

    def _check_leader(self):
        self.check_access("read")
        # sudo: onestop.membership - whether this very user has the role
        memberships = self.env["onestop.membership"].sudo()
        if not memberships._has_role(self.env.user, LEADERS, self.department_id):
            raise AccessError(
                self.env._(
                    "The head or a deputy of %(agency)s closes the day.",
                    agency=self.department_id.name,
                )
            )
