# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import re

from odoo import api, models
from odoo.tools import consteq

# Compared with when there is no such dossier, so that both answers take as long.
NO_SECRET = "??????"


class OnestopDossier(models.Model):
    """Tracking with the slip: the public code and its secret, without an account."""

    _inherit = "onestop.dossier"

    @api.model
    def _track(self, code, secret):
        """Find what the slip shows to whoever holds it.

        :param code: code of the dossier, as typed.
        :param secret: secret of the slip, as typed.
        :return: plain values (code, masked owner, status, steps, dates), or None when
            code and secret do not belong together, whichever of them is wrong.
        """
        code, secret = self._tidy_code(code), self._tidy_secret(secret)
        # sudo: onestop.dossier - whoever has the secret sees this little of it
        dossiers = self.sudo()
        dossier = dossiers.search([("code", "=", code)], limit=1) if code else dossiers
        known = dossier.slip_secret or NO_SECRET
        if not consteq(known, secret) or not dossier:
            return None
        return {
            "code": dossier.code,
            "owner": self._mask_name(dossier.person_id.name),
            "state": dossier.state,
            "state_label": dossier._portal_state_label(),
            "tone": dossier._portal_tone(),
            "is_late": dossier.is_late,
            "due": dossier._portal_time(dossier.due_at),
            "appointment": dossier._portal_time(dossier.appointment_at),
            "steps": dossier._portal_steps(),
            "centre": dossier.company_id.name,
        }

    @api.model
    def _tidy_code(self, code):
        return re.sub(r"\s+", "", code or "").upper()[:64]

    @api.model
    def _tidy_secret(self, secret):
        # Compared as bytes: whatever is typed has to be plain ASCII for that.
        plain = re.sub(r"[\s-]+", "", secret or "").upper()[:64]
        return plain.encode("ascii", "replace").decode()

    @api.model
    def _mask_name(self, name):
        """A name of which a stranger learns little: "N••• V•• A".

        Of each word stay the first letter, and at most three dots, so that not even
        its length is told.
        """
        return " ".join(
            word[0] + "•" * min(len(word) - 1, 3) for word in (name or "").split()
        )
