# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import UserError

from .dossier import ACT

# How the dossier came to the counter: fixed when it is handed in.
FILED = frozenset(
    "arrived_at consignment authorisation_kind authorisation_number "
    "authorisation_on entry_token".split()
)


class OnestopDossier(models.Model):
    """How a dossier came to the counter: by whom, by post, with which authority."""

    _inherit = "onestop.dossier"

    receiver_id = fields.Many2one(
        "res.users",
        string="Received By",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups="base.group_user",
    )
    assisted_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
        help="Who filed it online for a citizen who could not.",
    )
    helped_department_id = fields.Many2one(
        "onestop.department",
        string="Place of Support",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
        help="Unit that helped the citizen file it for another Centre, which receives "
        "it (NĐ 118/2025/NĐ-CP). Empty: the receiving unit itself.",
    )
    arrived_at = fields.Datetime(
        copy=False,
        groups="base.group_user",
        help="When the postal consignment arrived at the Centre.",
    )
    consignment = fields.Char(
        string="Consignment Number", copy=False, groups="base.group_user"
    )
    authorisation_kind = fields.Selection(
        [
            ("contract", "Authorisation contract"),
            ("power", "Power of attorney"),
            ("introduction", "Letter of introduction"),
            ("law", "Representative by law"),
        ],
        string="Authorisation",
        copy=False,
        groups="base.group_user",
        help="By which paper the submitter acts for the owner.",
    )
    authorisation_number = fields.Char(copy=False, groups="base.group_user")
    authorisation_on = fields.Date(
        string="Date of Authorisation", copy=False, groups="base.group_user"
    )
    bundle_id = fields.Many2one(
        "onestop.dossier.bundle",
        string="Handed In Together With",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        groups="base.group_user",
    )
    entry_token = fields.Char(
        copy=False,
        export_string_translation=False,
        groups="base.group_user",
        help="Given by the desk: the same entry sent twice makes one dossier.",
    )

    _entry_unique = models.UniqueIndex(
        "(entry_token) WHERE entry_token IS NOT NULL",
        "This entry was received already. Reload the desk to see it.",
    )
    # The last dossiers of a receiver, and similar ones that were finished.
    _receiver_idx = models.Index(
        "(receiver_id, received_at DESC) WHERE receiver_id IS NOT NULL"
    )
    _finished_idx = models.Index(
        "(procedure_id, finished_at) WHERE finished_at IS NOT NULL"
    )

    def write(self, vals):
        if (
            FILED & vals.keys()
            and self.env.context.get("onestop_act") is not ACT
            and any(dossier.state != "draft" for dossier in self)
        ):
            raise UserError(
                self.env._(
                    "The dossier was handed in. How it arrived and by which "
                    "authorisation can no longer be changed."
                )
            )
        return super().write(vals)
