# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from datetime import date

from odoo import fields, models
from odoo.exceptions import UserError

from ...ledger.canonical import canonical, salted

TEXTS = ("place", "others", "findings", "opinion", "conclusion", "signatures")
# Series of the numbers, as the prints have it: 01/BB-….
SERIES = "BB"


class OnestopDossierVisit(models.Model):
    """Closing the record: complete, numbered, sealed."""

    _inherit = "onestop.dossier.visit"

    def action_done(self):
        """Close the record: number it, and keep it as it is.

        :return: True.
        :raises UserError: something is missing, or it is done already.
        :raises AccessError: no appraiser of the agency that has the dossier.
        """
        for visit in self:
            visit.check_access("read")
            visit._check_recording()
            visit._check_planned()
            visit._check_told()
            # sudo: onestop.dossier.visit - the role was asked above
            visit.sudo()._close()
        return True

    def _check_told(self):
        names = ["place", "owner_present", "findings", "conclusion", "signatures"]
        missing = [name for name in (*names, "held_from") if not self[name]]
        if not self.member_ids and not (self.others or "").strip():
            missing.append("member_ids")
        if missing:
            labels = self.fields_get(missing, ["string"])
            raise UserError(
                self.env._(
                    "The record is not complete. Enter: %(fields)s.",
                    fields=", ".join(labels[name]["string"] for name in missing),
                )
            )
        if self.held_from > fields.Datetime.now():
            raise UserError(self.env._("The visit lies in the future."))
        if self.held_to and self.held_to < self.held_from:
            raise UserError(self.env._("The visit ends before it begins."))

    def _close(self):
        now = fields.Datetime.now()
        agency = self.department_id
        year = self.dossier_id._legal_day(now).year
        number = self.env["onestop.dossier.counter"]._draw_number(
            f"{SERIES}/{agency.id}", date(year, 1, 1)
        )
        self.write({"number": f"{number:02d}/{SERIES}-{agency.short or ''}/{year}"})
        salt, salted_hash = salted(self._sealed_text())
        self.write(
            {
                "state": "done",
                "done_at": now,
                "user_id": self.env.uid,
                "salt": salt,
                "salted_hash": salted_hash,
            }
        )

    def _sealed_text(self):
        """What the record says, as canonical JSON."""
        self.ensure_one()
        return canonical(
            {
                "visit": self.id,
                "dossier": self.dossier_id.id,
                "number": self.number,
                "planned": fields.Date.to_string(self.planned_on),
                "from": self.held_from,
                "to": self.held_to or None,
                "members": sorted(self.member_ids.ids),
                "owner": self.owner_present,
                "texts": [self[name] or "" for name in TEXTS],
            }
        )
