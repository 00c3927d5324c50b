# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ...ledger.canonical import digest
from ...ledger.outage import is_signed


class OnestopDossierEvent(models.Model):
    """Verification of what was received during an outage."""

    _inherit = "onestop.dossier.event"

    @api.model
    def _verify_ledgers(self):
        checked, findings = super()._verify_ledgers()
        count, found = self._verify_outages()
        return checked + count, findings + found

    @api.model
    def _verify_outages(self):
        """Each entry as its desk signed it, each dossier of an outage with its code."""
        findings = []
        self.env.cr.execute(
            """
            SELECT e.id, e.hash, e.signature, e.is_signed, e.payload, b.public_key,
                   e.erased_decision_id
              FROM onestop_outage_entry e JOIN onestop_code_block b ON b.id = e.block_id
             ORDER BY e.id
            """
        )
        rows = self.env.cr.fetchall()
        for entry_id, kept, signature, signed, payload, key, erased in rows:
            if payload is None:
                wrong = not erased and "text is gone without a decision"
            else:
                wrong = (digest(payload) != kept and "text differs from its hash") or (
                    signed
                    and not is_signed(payload, signature, key)
                    and "text is not what the desk signed"
                )
            if wrong:
                findings.append(
                    {
                        "ledger": "onestop.outage.entry",
                        "row": f"entry of an outage (id {entry_id})",
                        "reason": wrong,
                    }
                )
        self.env.cr.execute(
            """
            SELECT c.id, c.code FROM onestop_code_block_code c
              LEFT JOIN onestop_dossier d ON d.code = c.code
             WHERE c.dossier_id IS DISTINCT FROM d.id
             ORDER BY c.id
            """
        )
        codes = self.env.cr.fetchall()
        findings += [
            {
                "ledger": "onestop.code.block.code",
                "row": f"reserved code {code} (id {code_id})",
                "reason": "another dossier has this code",
            }
            for code_id, code in codes
        ]
        return len(rows), findings
