# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError


class OnestopDossier(models.Model):
    """Originals given back when there is no result, or later."""

    _inherit = "onestop.dossier"

    def action_give_back(
        self,
        receiver_name,
        receiver_identity=None,
        originals=None,
        *,
        authorised=False,
        phone=None,
        authority=None,
        slip_lost=False,
        signature=None,
    ):
        """Give originals back to the citizen: refused, stopped, withdrawn, or later.

        :param receiver_name: who receives them, as on the identity paper.
        :param receiver_identity: see :meth:`action_return`, as the other values.
        :param originals: [{"part": id, "count"}]; all that are here, if not given.
        :return: True.
        :raises UserError: no originals are here, or no right to receive them.
        """
        self._do_give_back(
            receiver_name,
            receiver_identity,
            originals,
            authorised=authorised,
            phone=phone,
            authority=authority,
            slip_lost=slip_lost,
            signature=signature,
        )
        return True

    def _do_give_back(
        self,
        receiver_name,
        receiver_identity=None,
        originals=None,
        authorised=False,
        **told,
    ):
        receiver = self._told_receiver(
            receiver_name, receiver_identity, authorised, told
        )
        if originals is None:
            self.check_access("read")
            # sudo: onestop.dossier - its parts; _apply checks who acts
            here = self.sudo()._originals_here()
            originals = [{"part": p.id, "count": n} for p, n in here.items() if n]
        moves = self._told_originals(
            [{**told_one, "move": "given_back"} for told_one in originals], None
        )

        def values(act):
            self.sudo()._keep_papers(act)  # sudo: onestop.dossier - _apply asked
            return {}

        event = self._apply("give_back", values=values, receiver=receiver, moves=moves)
        self._record_originals(event, moves)
        return event

    def _guard_something(self, act):
        if not act.arguments["moves"]:
            raise UserError(self.env._("No original is here that could be given back."))

    # ------------------------------------------------------------
    # For the screens
    # ------------------------------------------------------------

    @api.depends("original_ids")
    def _compute_allowed_acts(self):
        result = super()._compute_allowed_acts()
        for dossier in self:
            # sudo: onestop.dossier - whether the button would be of use
            if "give_back" in (dossier.allowed_acts or []) and not any(
                dossier.sudo()._originals_here().values()
            ):
                dossier.allowed_acts = [
                    act for act in dossier.allowed_acts if act != "give_back"
                ]
        return result

    def action_open_return_desk(self):
        """Open this dossier at the return desk.

        :return: the client action of the desk.
        """
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "onestop_dossier.return_action"
        )
        return action | {"params": {"dossier_id": self.id}}
