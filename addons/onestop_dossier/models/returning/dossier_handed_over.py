# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json

from odoo import models
from odoo.exceptions import UserError

from ...ledger.canonical import parse_instant

RETURNED = ("return", "collect_online")


class OnestopDossier(models.Model):
    """What was handed over, to whom and by whom, as the printed records say it."""

    _inherit = "onestop.dossier"

    def _last_event(self, kinds):
        """The last act of these kinds, or none."""
        return self.event_ids.filtered(lambda e: e.kind in kinds).sorted("sequence")[
            -1:
        ]

    def _return_values(self, event=None):
        """What the return record says (Giấy biên nhận trả kết quả, domain §3.7).

        Read as the caller may read; the identity number only by the Centre's staff.

        :param event: the act that is printed; that which returned the result if not
            given.
        :return: plain values and records: ``event``, ``at`` (naive UTC), ``channel``,
            ``giver`` (name of the officer), ``receiver``, ``identity``, ``phone``,
            ``authority``, ``kind`` (owner, submitter, authorised, representative),
            ``slip_lost``, ``signature`` (file, may be empty), ``given_back``,
            ``kept``, ``taken_in`` (lists of (name, count)), ``result`` (file).
        :raises UserError: nothing was handed over yet.
        """
        self.ensure_one()
        event = event or self._last_event(RETURNED)
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
