# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

CODE = re.compile(r"(?:^|code=)([GHK]\d{2}[\d.]*-\d{6}-\d{4,})", re.IGNORECASE)


class OnestopParcelBatch(models.TransientModel):
    """Post list in the making: slips and labels are scanned one after the other."""

    _name = "onestop.parcel.batch"
    _description = "Post list in the making"

    carrier = fields.Char(
        required=True, default=lambda self: self.env.company.onestop_carrier
    )
    scan = fields.Char(
        help="The slip of a dossier adds it; the label of the carrier gives the last "
        "one its tracking number."
    )
    said = fields.Char(readonly=True)
    line_ids = fields.One2many("onestop.parcel.batch.line", "batch_id")

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "line_ids" in fields and not values.get("line_ids"):
            dossiers = self.env["onestop.dossier"].browse(
                self.env.context.get("active_ids", ())
            )
            values["line_ids"] = [
                Command.create(self._line_of(dossier))
                for dossier in dossiers
                if dossier.state == "ready"
            ]
        return values

    @api.model
    def _line_of(self, dossier):
        return {"dossier_id": dossier.id, **dossier._parcel_defaults()}

    @api.onchange("scan")
    def _onchange_scan(self):
        text = (self.scan or "").strip().replace("–", "-").replace("_", "-")
        self.scan = False
        if not text:
            return
        found = CODE.search(text)
        if not found:
            self.said = self._label(text)
            return
        code = found[1].upper()
        dossier = self.env["onestop.dossier"].search([("code", "=", code)], limit=1)
        self.said = self._add(dossier, code)

    def _label(self, text):
        """Give the last line the tracking number that was scanned."""
        last = self.line_ids[-1:]
        if not last or last.tracking:
            return self.env._("Scan the slip of a dossier first, then its label.")
        last.tracking = text.upper()
        return f"{last.dossier_id.code} · {last.tracking}"

    def _add(self, dossier, code):
        if not dossier:
            return self.env._("No dossier %s is to be seen by you.", code)
        if dossier in self.line_ids.dossier_id:
            return self.env._("%s is on the list already.", code)
        if dossier.state != "ready":
            return self.env._("%s has no result that could be sent.", code)
        if dossier.result_channel != "post":
            said = self.env._("%s: not asked for by post; sent all the same?", code)
        else:
            said = code
        self.line_ids = [Command.create(self._line_of(dossier))]
        return said

    def action_hand_over(self):
        """Hand everything on the list to the carrier, and print the list.

        :return: the report action of the list.
        :raises UserError: one line cannot be sent; then none is.
        """
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("Scan at least one dossier."))
        number = self.env["onestop.parcel.list"].hand_over(
            [
                {
                    "dossier_id": line.dossier_id.id,
                    "recipient": line.recipient,
                    "address": line.address,
                    "phone": line.phone,
                    "tracking": line.tracking,
                    "fee": line.fee,
                    "originals": line._originals(),
                }
                for line in self.line_ids
            ],
            self.carrier,
        )
        return self.env["onestop.parcel.list"].browse(number).action_print()
