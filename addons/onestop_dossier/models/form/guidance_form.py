# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models

from odoo.addons.onestop_procedure.phone import to_local

from ...forms import form_of


class OnestopGuidance(models.Model):
    """What forms 02 and 03 say, in the words of their circular."""

    _inherit = "onestop.guidance"

    def _rule_set(self):
        """The rules of the dossier once received; of the day before that."""
        self.ensure_one()
        dossiers = self.env["onestop.dossier"]
        day = dossiers._legal_day(self.given_at)
        # sudo: onestop.dossier - by which rules it was received
        return self.dossier_id.sudo().rule_set or dossiers._rule_set_on(day)

    def _form_values(self):
        """Plain values and records for the templates; instants are naive UTC."""
        self.ensure_one()
        self.person_id._log_reading(["street"])
        # sudo: onestop.dossier - what the form says of it
        dossier = self.dossier_id.sudo()
        # sudo: res.users, res.company - how to reach who gave the guidance
        officer, centre = self.user_id.sudo(), self.company_id.sudo()
        rules = self._rule_set()
        form = form_of(self.kind, rules)
        return {
            "form": form,
            "signers": form.who_signs(dossier.channel == "online"),
            "new_rules": rules == "nd118_2025",
            # sudo: onestop.department - the unit's name and its superior's
            "unit": self.department_id.sudo(),
            "day": dossier._legal_day(self.given_at),
            "officer": officer,
            "person_phone": to_local(self.person_id.phone),
            "phone": to_local(officer.phone or centre.phone),
            "website": centre.website,
            "place": centre.state_id.name or centre.city,
            "dossier": dossier,
            "submitter": dossier.submitter_id or self.person_id,
            "papers": len(
                dossier.part_ids.filtered(lambda p: p.file_ids or p.received)
            ),
        }
