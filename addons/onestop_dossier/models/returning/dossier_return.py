# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError

from ...ledger.canonical import salted

MOVES = ("given_back", "kept")


class OnestopDossier(models.Model):
    """Returning the result, and the originals that go over the counter with it."""

    _inherit = "onestop.dossier"

    original_ids = fields.One2many(
        "onestop.dossier.original",
        "dossier_id",
        string="Originals Handed Over",
        groups="base.group_user",
    )

    def action_return(
        self,
        channel,
        receiver_name,
        receiver_identity=None,
        authorised=False,
        *,
        phone=None,
        authority=None,
        slip_lost=False,
        signature=None,
        originals=None,
        taken_in=None,
    ):
        """Return the result to the citizen (national status 10).

        :param channel: "counter", "post" or "electronic".
        :param receiver_name: who receives it, as on the identity paper.
        :param receiver_identity: number of the identity paper, or the text of the QR
            code of a citizen identity card.
        :param authorised: whether somebody else receives it with an authorisation.
        :param phone: telephone of who receives.
        :param authority: the paper of somebody else: {"kind", "number", "on"
            (YYYY-MM-DD), "file": {"name", "content" in Base64}}.
        :param slip_lost: the slip was lost; who receives states so and signs.
        :param signature: PNG in Base64, from the touch screen.
        :param originals: [{"part": id, "count", "move": "given_back" or "kept"}].
        :param taken_in: old papers taken in: [{"name", "count"}].
        :return: True.
        :raises UserError: no receiver or no right to receive (NĐ 61/2018/NĐ-CP, Điều
            20), fees are not paid, or an original was given back before.
        """
        self._do_return(
            channel,
            receiver_name,
            receiver_identity,
            authorised,
            originals=originals,
            taken_in=taken_in,
            phone=phone,
            authority=authority,
            slip_lost=slip_lost,
            signature=signature,
        )
        return True

    def _do_return(
        self,
        channel,
        receiver_name,
        receiver_identity=None,
        authorised=False,
        *,
        originals=None,
        taken_in=None,
        parcel=None,
        proof=None,
        **told,
    ):
        channels = dict(self._fields["result_channel"].selection)
        if channel not in channels:
            raise UserError(self.env._("Choose how the result is handed over."))
        receiver = self._told_receiver(
            receiver_name, receiver_identity, authorised, told
        )
        # The carrier looks at the paper of who receives, not this counter.
        receiver.paper_needed = not parcel
        moves = self._told_originals(originals, taken_in)

        def values(act):
            dossier = self.sudo()  # sudo: onestop.dossier - _apply asked who acts
            dossier._keep_papers(act)
            if parcel:
                dossier._close_parcel(act)
            return {"returned_at": act.now, "step_id": False, "user_id": False}

        event = self._apply(
            "return",
            data={"channel": channel},
            values=values,
            receiver=receiver,
            moves=moves,
            channel=channel,
            parcel=parcel,
            proof=proof,
        )
        self._record_originals(event, moves)
        return event

    # ------------------------------------------------------------
    # Originals
    # ------------------------------------------------------------

    def _told_originals(self, originals, taken_in):
        """Originals and old papers as told, in clean values."""
        moves = []
        if not all(
            isinstance(told, dict) for told in [*(originals or ()), *(taken_in or ())]
        ):
            raise UserError(self.env._("Say of each original what becomes of it."))
        for told in originals or []:
            count = self._told_count(told.get("count"))
            part = told.get("part")
            if type(part) is not int or told.get("move") not in MOVES:
                raise UserError(self.env._("Say of each original what becomes of it."))
            if count:
                moves.append({"move": told["move"], "part": part, "count": count})
        for told in taken_in or []:
            count = self._told_count(told.get("count", 1))
            name = " ".join(str(told.get("name") or "").split())[:500]
            if not name or not count:
                raise UserError(self.env._("Name each old paper that is taken in."))
            salt, salted_hash = salted(name)
            moves.append(
                {
                    "move": "taken_in",
                    "count": count,
                    "hash": salted_hash,
                    "name": name,
                    "salt": salt,
                }
            )
        return moves

    def _told_count(self, count):
        if type(count) is not int or not 0 <= count <= 999:
            raise UserError(self.env._("Give the number of originals in figures."))
        return count

    def _originals_here(self):
        """Originals of each part that are with the Centre: {part: count}.

        The caller may read the dossier. One statement: acts are counted by them.
        """
        self.ensure_one()
        self.env["onestop.dossier.part"].flush_model()
        self.env["onestop.dossier.original"].flush_model()
        self.env.cr.execute(
            """
            SELECT p.id,
                   CASE WHEN COALESCE(p.originals_given, 0)
                             + COALESCE(p.copies_given, 0) > 0
                        THEN COALESCE(p.originals_given, 0)
                        ELSE COALESCE(p.originals, 0) END,
                   COALESCE((SELECT sum(o.count) FROM onestop_dossier_original o
                              WHERE o.dossier_part_id = p.id
                                AND o.move = 'given_back'), 0)
              FROM onestop_dossier_part p
             WHERE p.dossier_id = %s AND (p.received OR p.originals_given > 0)
             ORDER BY p.sequence, p.id
            """,
            [self.id],
        )
        parts = self.env["onestop.dossier.part"]
        return {
            parts.browse(part): handed_in - given_back
            for part, handed_in, given_back in self.env.cr.fetchall()
            if handed_in
        }

    def _guard_originals(self, act):
        moves = act.arguments["moves"]
        self._check_moves(moves)
        if moves:
            act.data["originals"] = [
                {k: move[k] for k in ("move", "part", "count", "hash") if k in move}
                for move in moves
            ]

    def _check_moves(self, moves):
        """Refuse to hand over more originals of a part than are here."""
        here = {part.id: count for part, count in self._originals_here().items()}
        seen = set()
        for move in moves:
            if move["move"] == "taken_in":
                continue
            key = (move["part"], move["move"])
            if move["part"] not in here or key in seen:
                raise UserError(
                    self.env._("No original of this part was handed in here.")
                )
            seen.add(key)
            here[move["part"]] -= move["count"]
            if here[move["part"]] < 0:
                part = self.part_ids.browse(move["part"])
                raise UserError(
                    self.env._(
                        "“%(part)s”: fewer originals are here than that; the others "
                        "were given back before.",
                        part=part.name,
                    )
                )

    def _record_originals(self, event, moves):
        # sudo: onestop.dossier.original - written by acts alone
        self.env["onestop.dossier.original"].sudo().create(
            [
                {
                    "dossier_id": self.id,
                    "event_id": event,
                    "move": move["move"],
                    "count": move["count"],
                    "dossier_part_id": move.get("part"),
                    "name": move.get("name"),
                    "salt": move.get("salt"),
                    "salted_hash": move.get("hash"),
                }
                for move in moves
            ]
        )
