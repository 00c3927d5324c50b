# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json

from odoo import api, models
from odoo.exceptions import UserError

from ...ledger.canonical import parse_instant

HANDED = ("return", "give_back", "collect_online")


class OnestopDossier(models.Model):
    """Originals given back when there is no result, or later; the return record."""

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

    # ------------------------------------------------------------
    # The printed record
    # ------------------------------------------------------------

    def _return_values(self, event=None):
        """What the return record says (Giấy biên nhận trả kết quả, domain §3.7).

        Read as the caller may read; the identity number only by the Centre's staff.

        :param event: the act that is printed; the last hand-over if not given.
        :return: plain values and records: ``event``, ``at`` (naive UTC), ``channel``,
            ``giver`` (name of the officer), ``receiver``, ``identity``, ``phone``,
            ``authority``, ``kind`` (owner, submitter, authorised, representative),
            ``slip_lost``, ``signature`` (file, may be empty), ``given_back``,
            ``kept``, ``taken_in`` (lists of (name, count)), ``result`` (file).
        :raises UserError: nothing was handed over yet.
        """
        self.ensure_one()
        event = (
            event
            or self.event_ids.filtered(lambda e: e.kind in HANDED).sorted("sequence")[
                -1:
            ]
        )
        if not event:
            raise UserError(self.env._("Nothing was handed over yet."))
        said = json.loads(event.body)
        data = said["data"]
        texts = {text.kind: text.body for text in event.text_ids}
        files = self.env["onestop.dossier.file"]
        signature = data.get("signature", {}).get("file")
        rows = self.original_ids.filtered(lambda o: o.event_id == event)
        moved = {
            move: [
                (row.dossier_part_id.name or row.name or "", row.count)
                for row in rows
                if row.move == move
            ]
            for move in ("given_back", "kept", "taken_in")
        }
        return {
            "event": event,
            "at": parse_instant(said["occurred"]),
            "channel": data.get("channel"),
            # sudo: res.users - only the name of who handed it over
            "giver": event.actor_id.sudo().name,
            "receiver": texts.get("receiver") or "",
            "identity": texts.get("identity") or "",
            "phone": texts.get("phone") or "",
            "authority": texts.get("authority") or "",
            "kind": data.get("receiver"),
            "slip_lost": bool(data.get("slip_lost")),
            # Searched: an agency has no right to the hand of who received.
            "signature": files.search([("id", "=", signature or 0)]),
            "result": self.file_ids.filtered(lambda f: f.kind == "result").sorted("id")[
                -1:
            ],
            **moved,
        }
