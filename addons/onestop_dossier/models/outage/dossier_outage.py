# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models

# Carried in the context by the receiving of an outage entry. An object's identity
# cannot come over RPC.
OUTAGE = object()


class OnestopDossier(models.Model):
    """A dossier received while the network failed: its code was given by the desk."""

    _inherit = "onestop.dossier"

    def _outage_entry(self):
        """The entry of an outage that is being received, or none."""
        given = self.env.context.get("onestop_outage")
        known = isinstance(given, tuple) and given[0] is OUTAGE
        return self.env["onestop.outage.entry"].browse(given[1] if known else ())

    def _given_code(self):
        # sudo: onestop.outage.entry - the code that was reserved for this very entry
        entry = self._outage_entry().sudo()
        return super()._given_code() or entry.code_id.code

    def _guard_version(self, act):
        """Rules in force at reception (design §5.7), though told of it later.

        What a clerk received in good faith on a day on which the version was in force
        is not undone by a suspension that he could not know of; he decides it.
        """
        # sudo: onestop.outage.entry - its hash, and what was decided on it
        entry = self._outage_entry().sudo()
        if entry:
            act.data["outage"] = {"entry": entry.id, "hash": entry.hash}
        if "procedure" in (entry.accepted or []):
            day = self._legal_day(act.now)
            version = self.procedure_id._versions_at(day).get(self.procedure_id.id)
            if version and version == self.case_id.version_id:
                return
        super()._guard_version(act)
