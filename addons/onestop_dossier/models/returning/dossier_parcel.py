# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.onestop_procedure.phone import to_e164

from ...ledger.canonical import salted


class OnestopDossier(models.Model):
    """Results by post: handed to the carrier, delivered with proof, or come back.

    The dossier is returned when delivery is proved, not when the consignment leaves:
    what is lost or comes back was not returned, and a closed dossier never opens
    again.
    """

    _inherit = "onestop.dossier"

    parcel_ids = fields.One2many(
        "onestop.parcel",
        "dossier_id",
        string="Consignments",
        groups="onestop_dossier.group_returner,onestop_dossier.group_receiver",
    )
    is_in_post = fields.Boolean(
        compute="_compute_is_in_post",
        search="_search_is_in_post",
        string="In the Post",
        groups="base.group_user",
    )

    @api.depends("parcel_ids.state")
    def _compute_is_in_post(self):
        for dossier in self:
            # sudo: onestop.parcel - only whether one is on the way
            states = dossier.sudo().parcel_ids.mapped("state")
            dossier.is_in_post = "sent" in states

    def _search_is_in_post(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: onestop.parcel - as above
        sent = self.env["onestop.parcel"].sudo()._search([("state", "=", "sent")])
        return [("id", "in", sent.subselect("dossier_id"))]

    def action_send_parcel(
        self,
        recipient,
        address,
        phone,
        tracking=None,
        carrier=None,
        fee=0,
        originals=None,
    ):
        """Hand the result to the post; the dossier stays ready until it is delivered.

        :param recipient: name on the consignment.
        :param address: where it goes, with commune and province.
        :param phone: telephone of the recipient, in Vietnamese notation.
        :param tracking: number of the carrier, if known.
        :param carrier: who takes it; that of the settings if not given.
        :param fee: postage in đồng.
        :param originals: [{"part": id, "count"}] that travel with it.
        :return: id of the consignment.
        :raises UserError: address or telephone will not do, fees are not paid, or a
            consignment is on the way.
        """
        return self._do_send_parcel(
            recipient=recipient,
            address=address,
            phone=phone,
            tracking=tracking,
            carrier=carrier,
            fee=fee,
            originals=originals,
        ).id

    def action_record_delivery(
        self, receiver_name, receiver_identity=None, proof=None, proof_name=None
    ):
        """Record that the post delivered: the result is returned (status 10).

        :param receiver_name: who received it, as the carrier says.
        :param receiver_identity: number of his identity paper, if the carrier says it.
        :param proof: the carrier's proof in Base64 (PDF or picture).
        :param proof_name: its file name.
        :return: True.
        :raises UserError: nothing is on the way, or there is no proof.
        """
        self._do_record_delivery(
            receiver_name, receiver_identity, self._decoded(proof), proof_name
        )
        return True

    def action_record_undelivered(self, reason):
        """Record that a consignment came back: it waits again to be returned.

        :param reason: what the carrier says; the citizen reads it.
        :return: True.
        :raises UserError: nothing is on the way.
        """
        self._do_record_undelivered(reason)
        return True

    # ------------------------------------------------------------
    # What the acts do
    # ------------------------------------------------------------

    def _do_send_parcel(
        self,
        *,
        recipient,
        address,
        phone,
        tracking=None,
        carrier=None,
        fee=0,
        originals=None,
        post_list=None,
    ):
        told = {
            "recipient": " ".join(str(recipient or "").split())[:200],
            "address": " ".join(str(address or "").split())[:500],
            "phone": to_e164(str(phone or "")),
            "tracking": str(tracking or "").strip().upper()[:50] or False,
            "carrier": str(carrier or "").strip()[:100],
            "fee": fee or 0,
        }
        moves = self._told_originals(
            [{**one, "move": "given_back"} for one in originals or []], None
        )
        sent = []

        def values(act):
            dossier = self.sudo()  # sudo: onestop.dossier - _apply asked who acts
            sent.append(dossier._make_parcel(act, told, moves, post_list))
            return {}

        self._apply("send_parcel", values=values, told=told, moves=moves)
        self._notify(
            "parcel_sent",
            once=str(sent[0].attempt),
            tracking=sent[0].tracking or "",
            carrier=sent[0].carrier,
        )
        return sent[0].sudo(False)

    def _make_parcel(self, act, told, moves, post_list):
        company = self.company_id
        told["carrier"] = (
            told["carrier"]
            or (post_list and post_list.carrier)
            or company.onestop_carrier
        )
        parcels = self.env["onestop.parcel"]
        # One that came back a moment ago is on the way no more.
        parcels.flush_model(["state"])
        salt, salted_hash = salted(parcels._sealed(told))
        attempt = len(self.parcel_ids) + 1
        parcel = parcels.create(
            {
                **told,
                "dossier_id": self.id,
                "list_id": post_list.id if post_list else False,
                "attempt": attempt,
                "currency_id": company.currency_id.id,
                "originals": [
                    {"part": move["part"], "count": move["count"]} for move in moves
                ],
                "sent_at": act.now,
                "proof_due_on": fields.Date.add(
                    self._legal_day(act.now), days=company.onestop_parcel_days
                ),
                "salt": salt,
                "salted_hash": salted_hash,
            }
        )
        act.data["parcel"] = {"id": parcel.id, "attempt": attempt, "hash": salted_hash}
        return parcel

    def _do_record_delivery(
        self, receiver_name, receiver_identity=None, proof=b"", proof_name=None
    ):
        parcel = self._parcel_on_the_way()
        return self._do_return(
            "post",
            receiver_name,
            receiver_identity,
            originals=[{**one, "move": "given_back"} for one in parcel.originals or []],
            parcel=parcel,
            proof=(proof_name or "bao-phat.pdf", proof),
        )

    def _do_record_undelivered(self, reason):
        parcel = self._parcel_on_the_way()

        def values(act):
            parcel.write({"state": "undelivered", "closed_at": act.now})
            return {}

        return self._apply(
            "record_undelivered",
            texts={"reason": reason},
            data={"parcel": {"id": parcel.id, "attempt": parcel.attempt}},
            values=values,
            for_citizen=True,
        )

    def _parcel_on_the_way(self):
        """The consignment that is on the way, locked by the act that follows.

        :raises UserError: there is none.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: onestop.parcel - _apply checks who acts
        parcel = self.sudo().parcel_ids.filtered(lambda p: p.state == "sent")
        if not parcel:
            raise UserError(self.env._("No consignment of this dossier is on the way."))
        return parcel

    def _close_parcel(self, act):
        """Keep the proof and close the consignment that was delivered."""
        parcel, (name, content) = act.arguments["parcel"], act.arguments["proof"]
        proof = self.env["onestop.dossier.file"]._store(
            self, name, content, kind="proof"
        )
        parcel.write(
            {"state": "delivered", "closed_at": act.now, "proof_file_id": proof.id}
        )
        act.data["parcel"] = {"id": parcel.id, "attempt": parcel.attempt}
        act.data["proof"] = {"file": proof.id, "sha256": proof.sha256}
