# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import binascii
import re
from dataclasses import dataclass, field
from datetime import date

from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.onestop_procedure.identity import check_citizen_number, search_key
from odoo.addons.onestop_procedure.identity_card import (
    CardError,
    looks_like_card,
    parse_card,
)

# Old identity cards, passports and other papers that have no check of their own.
OTHER_NUMBER = re.compile(r"(?=.*\d)[A-Za-z0-9-]{5,20}")
# Events that did not happen at this counter just now have no paper to be shown.
NOT_SHOWN = ("demo", "import")


@dataclass
class Receiver:
    """Who takes something with him, as told at the counter."""

    name: str = ""
    number: str = ""
    old_number: str = ""
    phone: str = ""
    authorised: bool = False
    authority: dict = field(default_factory=dict)
    slip_lost: bool = False
    signature: bytes = b""
    # Found by the guard: owner, submitter, authorised, representative.
    kind: str = ""
    paper_needed: bool = True


class OnestopDossier(models.Model):
    """Identity and right of whoever receives a result or originals.

    A result is handed over against the slip and an identity paper; whoever is not the
    owner or submitter shows an authorisation (NĐ 61/2018/NĐ-CP, Điều 20).
    """

    _inherit = "onestop.dossier"

    def _told_receiver(self, name, number, authorised, told):
        """The receiver as told, in clean values.

        :param number: number of the identity paper, or the text of the QR code of a
            citizen identity card.
        :param told: phone, authority, slip_lost, signature.
        :raises UserError: something does not have the form that it should have.
        """
        told = dict(told)
        for value in (name, number, told.get("phone"), told.get("signature")):
            if value and not isinstance(value, str):
                raise UserError(self.env._("Name, number and phone are plain text."))
        receiver = Receiver(
            name=" ".join((name or "").split()),
            number=(number or "").strip(),
            phone=(told.get("phone") or "").strip()[:30],
            authorised=bool(authorised),
            slip_lost=bool(told.get("slip_lost")),
            authority=self._told_authority(told.get("authority")),
            signature=self._told_signature(told.get("signature")),
        )
        if looks_like_card(receiver.number):
            self._read_card(receiver)
        receiver.number = receiver.number.replace(" ", "").upper()
        return receiver

    def _read_card(self, receiver):
        try:
            card = parse_card(receiver.number)
        except CardError as error:
            raise UserError(
                self.env._(
                    "The card was not read whole. Scan it again, or type the number."
                )
            ) from error
        receiver.number, receiver.old_number = card.number, card.old_number or ""
        receiver.name = card.name

    def _told_authority(self, authority):
        """Kind, number, day and file of the paper by which somebody else receives."""
        if not authority:
            return {}
        kinds = dict(self._fields["authorisation_kind"].selection)
        if not isinstance(authority, dict) or authority.get("kind") not in kinds:
            raise UserError(self.env._("Choose the kind of the authorisation."))
        try:
            day = fields.Date.to_date(authority.get("on") or None)
        except (TypeError, ValueError):
            day = None
        given = authority.get("file")
        given = given if isinstance(given, dict) else {}
        return {
            "kind": authority["kind"],
            "number": str(authority.get("number") or "").strip()[:100],
            "on": day,
            "name": str(given.get("name") or "uy-quyen.pdf")[:200],
            "content": self._decoded(given.get("content")),
        }

    def _told_signature(self, signature):
        content = self._decoded((signature or "").rpartition(",")[2])
        if content and not content.startswith(b"\x89PNG"):
            raise UserError(
                self.env._("The signature did not arrive whole. Sign again.")
            )
        return content

    def _decoded(self, content):
        try:
            return base64.b64decode(content or "", validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise UserError(self.env._("The file did not arrive whole.")) from error

    # ------------------------------------------------------------
    # Guard
    # ------------------------------------------------------------

    def _guard_receiver(self, act):
        receiver = act.arguments["receiver"]
        if not receiver.name:
            raise UserError(
                self.env._("Enter who receives the result, as on the identity paper.")
            )
        # A trial has nobody who could come.
        if not self.is_trial:
            live = act.source not in NOT_SHOWN and receiver.paper_needed
            self._check_identity_paper(receiver, live)
            receiver.kind = self._receiver_kind(receiver)
            self._check_right(receiver, live, self._legal_day(act.now))
        self._tell_receiver(act, receiver)

    def _check_identity_paper(self, receiver, live):
        # sudo: res.company - a setting, for whoever acts
        needed = live and self.company_id.sudo().onestop_identity_at_return
        if not receiver.number:
            if needed:
                raise UserError(
                    self.env._(
                        "Scan the identity card of who receives, or type its number: "
                        "a result is handed over against an identity paper."
                    )
                )
            return
        digits = receiver.number.isdigit()
        if digits and len(receiver.number) == 12:
            problem = check_citizen_number(receiver.number)
            if problem:
                raise UserError(self.env["onestop.person"]._identity_problem(problem))
        elif (digits and len(receiver.number) != 9) or not OTHER_NUMBER.fullmatch(
            receiver.number
        ):
            raise UserError(
                self.env._(
                    "“%(number)s” is no number of an identity paper: a citizen "
                    "identity card has 12 digits, an old one 9.",
                    number=receiver.number,
                )
            )

    def _receiver_kind(self, receiver):
        """Owner or submitter, where name and number are theirs."""
        for kind, person in (
            ("owner", self.person_id),
            ("submitter", self.submitter_id),
        ):
            if not person or person.kind != "citizen":
                continue
            # sudo: onestop.person - compared, not shown
            known = person.sudo().identity_number
            if known and receiver.number:
                if known in (receiver.number, receiver.old_number):
                    return kind
                # An old number cannot be compared with a new one; the name can.
                if len(known) == len(receiver.number):
                    continue
            if search_key(person.name) == search_key(receiver.name):
                return kind
        return "authorised" if self.person_id.kind == "citizen" else "representative"

    def _check_right(self, receiver, live, day):
        if receiver.kind in ("owner", "submitter"):
            receiver.authorised = False
        elif not live:
            return
        elif not receiver.authority:
            names = (self.person_id | self.submitter_id).mapped("name")
            raise UserError(
                self.env._(
                    "%(name)s with this identity paper is neither owner nor submitter "
                    "(%(people)s). Whoever receives for them shows an authorisation: "
                    "enter its kind, number and date, and scan it.",
                    name=receiver.name,
                    people=", ".join(names),
                )
            )
        else:
            receiver.authorised = True
            self._check_authority(receiver.authority, day)
        if live and receiver.slip_lost and not receiver.signature:
            raise UserError(
                self.env._(
                    "Without the slip, who receives signs the statement that it was "
                    "lost."
                )
            )

    def _check_authority(self, authority, day: date):
        if not authority["on"] or authority["on"] > day:
            raise UserError(
                self.env._(
                    "Enter the date of the authorisation; it is not later than today."
                )
            )
        if authority["kind"] != "law" and not authority["number"]:
            raise UserError(self.env._("Enter number and symbol of the authorisation."))
        if not authority["content"]:
            raise UserError(
                self.env._("Scan the authorisation: it stays in the dossier.")
            )

    def _tell_receiver(self, act, receiver):
        """What the event says of who receives: texts apart, hashes in the ledger."""
        act.data["receiver"] = receiver.kind or None
        act.data["authorised"] = receiver.authorised
        act.texts["receiver"] = receiver.name
        if receiver.number:
            act.texts["identity"] = receiver.number
        if receiver.phone:
            act.texts["phone"] = receiver.phone
        if receiver.slip_lost:
            act.data["slip_lost"] = True
        if receiver.authorised and receiver.authority:
            act.texts["authority"] = self._authority_words(receiver.authority)
            act.data["authority"] = {"kind": receiver.authority["kind"]}

    def _authority_words(self, authority):
        # sudo: ir.model.fields - the words of the form are those of the Centre
        labels = dict(
            self._fields["authorisation_kind"]._description_selection(self.env)
        )
        words = labels[authority["kind"]]
        if authority["number"]:
            words += f" · {authority['number']}"
        return f"{words} · {authority['on']:%d/%m/%Y}"

    def _keep_papers(self, act):
        """Store signature and authorisation, and name them in the event."""
        receiver = act.arguments["receiver"]
        files = self.env["onestop.dossier.file"]
        if receiver.signature:
            kept = files._store(
                self, "chu-ky.png", receiver.signature, kind="signature"
            )
            act.data["signature"] = {"file": kept.id, "sha256": kept.sha256}
        if receiver.authorised and receiver.authority.get("content"):
            authority = receiver.authority
            kept = files._store(
                self, authority["name"], authority["content"], kind="authorisation"
            )
            act.data["authority"] |= {"file": kept.id, "sha256": kept.sha256}
