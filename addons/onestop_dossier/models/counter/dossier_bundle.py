# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models


class OnestopDossierBundle(models.Model):
    """Dossiers that one person handed in together: one slip, one hand-over list.

    Each keeps its own code and due date; the bundle is what was printed.
    """

    _name = "onestop.dossier.bundle"
    _description = "Dossiers handed in together"
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", string="Centre", required=True, index=True, ondelete="restrict"
    )
    person_id = fields.Many2one(
        "onestop.person",
        string="Handed In By",
        required=True,
        index=True,
        ondelete="restrict",
    )
    user_id = fields.Many2one(
        "res.users", string="Received By", required=True, ondelete="restrict"
    )
    handed_at = fields.Datetime(required=True)
    dossier_ids = fields.One2many("onestop.dossier", "bundle_id", readonly=True)

    @api.depends("dossier_ids.code")
    def _compute_display_name(self):
        for bundle in self:
            codes = bundle.dossier_ids.mapped("code")
            bundle.display_name = ", ".join(filter(None, codes))

    @api.model
    def _make(self, dossiers):
        """The bundle of dossiers that this user has just received.

        :param dossiers: received, of one Centre and one submitter.
        """
        first = dossiers[:1]
        # sudo: onestop.dossier.bundle - nobody may make one but by receiving
        bundle = self.sudo().create(
            {
                "company_id": first.company_id.id,
                "person_id": (first.submitter_id or first.person_id).id,
                "user_id": self.env.uid,
                "handed_at": fields.Datetime.now(),
            }
        )
        dossiers._write_protected({"bundle_id": bundle.id})
        return bundle.sudo(False)

    def _slip_values(self):
        """What slip and hand-over list say.

        :return: plain values and records for the template; instants are naive UTC.
        """
        self.ensure_one()
        slips = [
            {"dossier": dossier, **dossier._slip_values()}
            for dossier in self.dossier_ids.sorted("id")
        ]
        return {"slips": slips, "first": slips[0], "submitter": self.person_id}
