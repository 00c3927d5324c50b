# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import UserError

RELIEFS = ("exempt", "reduced")


class OnestopDossier(models.Model):
    """What a fee comes to: stated, reduced or waived, by a recorded act."""

    _inherit = "onestop.dossier"

    def action_set_fee(
        self,
        fee_id,
        reason,
        amount=None,
        quantity=None,
        relief=None,
        legal_basis=None,
    ):
        """State what a fee comes to, reduce it, or exempt the applicant from it.

        :param fee_id: id of an unpaid fee of this dossier.
        :param reason: how it was counted or why it is waived; the citizen reads it.
        :param amount: the amount; for a fee counted by quantity it follows from that.
        :param quantity: how many units; for fees that are counted so.
        :param relief: None, "exempt" or "reduced".
        :param legal_basis: article by which it is exempt or reduced.
        :return: True.
        :raises UserError: paid already, fixed by the procedure, or without a basis.
        """
        self._do_set_fee(fee_id, reason, amount, quantity, relief, legal_basis)
        return True

    def _do_set_fee(
        self,
        fee_id,
        reason,
        amount=None,
        quantity=None,
        relief=None,
        legal_basis=None,
    ):
        self.ensure_one()
        self.check_access("read")
        known = type(fee_id) is int and fee_id
        # sudo: onestop.dossier - its fees; _apply checks who acts
        fee = self.sudo().fee_ids.filtered(lambda f: f.id == known)
        if not fee:
            raise UserError(self.env._("This is not a fee of this dossier."))

        def values(act):
            stated = act.arguments["stated"]
            act.data |= {
                "fee": fee.id,
                "amount": fee.receipt_id._money(stated["amount"], fee.currency_id),
                "quantity": stated["quantity"],
                "relief": stated["relief"] or None,
            }
            fee.write(stated | {"is_stated": True, "relief_basis": legal_basis})
            return {}

        return self._apply(
            "set_fee",
            texts={"reason": reason, "legal_basis": legal_basis if relief else None},
            values=values,
            fee=fee,
            asked=(amount, quantity, relief),
            stated={},
            for_citizen=True,
        )

    # ------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------

    def _guard_fee_unpaid(self, act):
        if act.arguments["fee"].paid_at:
            raise UserError(
                self.env._("This fee is paid. Refund it first, or cancel its receipt.")
            )

    def _guard_fee_stated(self, act):
        fee, (amount, quantity, relief) = act.arguments["fee"], act.arguments["asked"]
        if relief and relief not in RELIEFS:
            raise UserError(self.env._("Choose whether it is exempt or reduced."))
        if relief:
            self._guard_legal_basis(act)
        quantity = self._read_quantity(fee, quantity)
        full = fee.unit_amount * quantity
        if relief == "exempt":
            amount = 0
        elif amount is None or amount is False:
            amount = full
        amount = self._read_amount(amount, fee.currency_id)
        if relief == "reduced" and full and amount >= full:
            raise UserError(self.env._("A reduced fee is less than the full one."))
        if not relief and full and amount != full:
            raise UserError(
                self.env._(
                    "The procedure fixes %(amount)s. To ask for less, choose a "
                    "reduction and name its legal basis.",
                    amount=fee.currency_id.format(full),
                )
            )
        if not relief and not amount:
            raise UserError(
                self.env._(
                    "Enter the amount; who pays nothing is exempt by an article."
                )
            )
        act.arguments["stated"].update(
            amount=amount, quantity=quantity, relief=relief or False
        )

    def _read_quantity(self, fee, quantity):
        if quantity is None or quantity is False:
            return fee.quantity
        if type(quantity) is not int or not 0 < quantity < 10**6:
            raise UserError(self.env._("Enter how many, as a whole number."))
        if quantity != 1 and not fee.unit:
            raise UserError(self.env._("This fee is not counted by quantity."))
        return quantity
