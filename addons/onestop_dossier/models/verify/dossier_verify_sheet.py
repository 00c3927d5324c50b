# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ...ledger.canonical import salted_digest

PAPERS = {"sheet": "onestop.dossier.sheet", "visits": "onestop.dossier.visit"}


class OnestopDossierEvent(models.Model):
    """Verification of appraisal sheets and field verification records."""

    _inherit = "onestop.dossier.event"

    def _verify_sheets(self):
        return self._verify_in_batches(self._verify_sheets_of)

    @api.model
    def _verify_sheets_of(self, ids):
        """What events name says what it said, and each final sheet is named."""
        count, findings = 0, []
        for key, model in PAPERS.items():
            # sudo: verification reads everything
            papers = self.env[model].sudo().search([("dossier_id", "in", ids)])
            count += len(papers)
            by_id = {paper.id: paper for paper in papers}
            named = set()
            for event, said in self._named(ids, key):
                for claim in said if isinstance(said, list) else [said]:
                    named.add(claim["id"])
                    reason = self._wrong_with_paper(
                        event, claim, by_id.get(claim["id"])
                    )
                    if reason:
                        findings.append(self._paper_finding(model, claim["id"], reason))
            if key == "sheet":
                findings += [
                    self._paper_finding(model, paper.id, "no event names it")
                    for paper in papers.sorted("id")
                    if paper.state == "final" and paper.id not in named
                ]
        return count, findings

    @api.model
    def _wrong_with_paper(self, event, claim, paper):
        if not paper:
            return (
                f"it is missing; event {event['sequence']} (id {event['id']}) names it"
            )
        if paper.dossier_id.id != event["dossier_id"]:
            return "it does not belong to the dossier of the event that names it"
        if paper.erased_decision_id and not paper.salt:
            return None
        if salted_digest(paper.salt or "", paper._sealed_text()) != claim["hash"]:
            return "it differs from the hash in its event"
        return None

    @api.model
    def _paper_finding(self, model, paper_id, reason):
        return {"ledger": model, "row": f"id {paper_id}", "reason": reason}
