# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models
from odoo.exceptions import AccessError, UserError

from odoo.addons.onestop_procedure.phone import to_local

SHORTEST_ADDRESS = 8


class OnestopDossier(models.Model):
    """What must hold before a result is handed to the post, or returned by it."""

    _inherit = "onestop.dossier"

    def _guard_address(self, act):
        told = act.arguments["told"]
        if self.is_trial:
            raise UserError(self.env._("Nothing of a trial is sent by post."))
        if not told["recipient"]:
            raise UserError(self.env._("Enter the name of the recipient."))
        if len(told["address"]) < SHORTEST_ADDRESS or " " not in told["address"]:
            raise UserError(
                self.env._(
                    "Enter the whole address: house or hamlet, commune, province."
                )
            )
        if not told["phone"]:
            raise UserError(
                self.env._("The carrier needs a telephone number of the recipient.")
            )
        if type(told["fee"]) not in (int, float) or told["fee"] < 0:
            raise UserError(self.env._("The postage is an amount in đồng."))
        self._check_moves(act.arguments["moves"])

    def _guard_not_in_post(self, act):
        """Nothing is handed over twice: neither here nor by a second consignment."""
        if self.is_trial:
            return
        parcel = self.parcel_ids.filtered(lambda p: p.state == "sent")
        delivered = act.arguments.get("parcel")
        if parcel and parcel != delivered:
            raise UserError(
                self.env._(
                    "The result is in the post (%(carrier)s, %(tracking)s). First "
                    "record that it was delivered, or that it came back.",
                    carrier=parcel.carrier,
                    tracking=parcel.tracking or "…",
                )
            )
        if delivered and not parcel:
            raise UserError(self.env._("No consignment of this dossier is on the way."))
        if delivered and not act.arguments["proof"][1]:
            raise UserError(self.env._("Attach the carrier's proof of delivery."))
        by_post = act.arguments.get("channel") == "post"
        if by_post and not delivered and act.source in ("live", "outage"):
            raise UserError(
                self.env._(
                    "Hand the consignment to the post first; the dossier is returned "
                    "when its delivery is proved."
                )
            )

    def _guard_in_post(self, act):
        """The consignment of the data is still on the way, now that it is locked."""
        if not self.parcel_ids.filtered(lambda p: p.state == "sent"):
            raise UserError(self.env._("No consignment of this dossier is on the way."))

    def _check_sends(self):
        """Only who returns results at the Centre hands them to the post.

        :raises AccessError: no role for it at one of these dossiers' Centres.
        """
        # sudo: onestop.membership, onestop.dossier - whether this very user may
        roles = self.env["onestop.membership"].sudo()
        unit = self.sudo().support_department_id
        if len(unit) != 1 or not roles._has_role(self.env.user, ("returner",), unit):
            raise AccessError(
                self.env._("Only who returns results at the Centre sends them.")
            )

    # ------------------------------------------------------------
    # For the screens
    # ------------------------------------------------------------

    def _parcel_defaults(self):
        """Where a consignment would go: name, address and telephone on record."""
        self.ensure_one()
        person = self.submitter_id or self.person_id
        person._log_reading(["street", "phone"])
        # sudo: res.city - names of places
        commune = person.commune_id.sudo()
        places = [person.street, commune.name, commune.state_id.name]
        given = ", ".join(place for place in places if place)
        return {
            "recipient": person.name,
            "address": given,
            "phone": to_local(person.phone) or "",
        }
