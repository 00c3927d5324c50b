# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import hashlib
import json

from odoo import api, models

from ...ledger.canonical import salted_digest


class OnestopDossierEvent(models.Model):
    """Verification of what events name: texts and files.

    Asked from both sides: what an event names is there and has its hash, and what is
    there is named by an event.
    """

    _inherit = "onestop.dossier.event"

    @api.model
    def _named(self, dossier_ids, key):
        """What the events of these dossiers name under ``key``, with the event.

        A body that cannot be read is reported with its chain.
        """
        self.env.cr.execute(
            """
            SELECT id, dossier_id, sequence, body FROM onestop_dossier_event
             WHERE dossier_id = ANY(%s) AND strpos(body, %s) > 0
             ORDER BY dossier_id, sequence
            """,
            [dossier_ids, f'"{key}"'],
        )
        for event in self.env.cr.dictfetchall():
            try:
                said = json.loads(event["body"])["data"].get(key)
            except (AttributeError, KeyError, TypeError, ValueError):
                continue
            if said:
                yield event, said

    # ------------------------------------------------------------
    # Texts
    # ------------------------------------------------------------

    def _verify_texts(self):
        return self._verify_in_batches(self._verify_texts_of)

    @api.model
    def _verify_texts_of(self, ids):
        """Each text has the hash that its event names, or was erased by a decision."""
        findings = []
        self.env.cr.execute(
            """
            SELECT id, dossier_id, event_id, kind, body, salt, erased_decision_id
              FROM onestop_dossier_text WHERE dossier_id = ANY(%s) ORDER BY id
            """,
            [ids],
        )
        texts = {text["id"]: text for text in self.env.cr.dictfetchall()}
        named = set()
        for event, said in self._named(ids, "texts"):
            for claim in said:
                text = texts.get(claim["id"])
                named.add(claim["id"])
                reason = self._wrong_with_text(event, claim, text)
                if reason:
                    findings.append(self._text_finding(claim["id"], reason))
        findings += [
            self._text_finding(text_id, "no event names it")
            for text_id in sorted(texts.keys() - named)
        ]
        return len(texts), findings

    @api.model
    def _wrong_with_text(self, event, claim, text):
        if not text:
            return (
                f"it is missing; event {event['sequence']} (id {event['id']}) names it"
            )
        if text["event_id"] != event["id"] or text["kind"] != claim["kind"]:
            return "it does not belong to the event that names it"
        if text["erased_decision_id"] and not text["body"]:
            return None
        body, salt = text["body"] or "", text["salt"] or ""
        if salted_digest(salt, body) != claim["hash"]:
            return "it differs from the hash in its event"
        return None

    @api.model
    def _text_finding(self, text_id, reason):
        return {
            "ledger": "onestop.dossier.text",
            "row": f"id {text_id}",
            "reason": reason,
        }

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    def _verify_files(self):
        """Each file has its SHA-256, and each issued result that of its event."""
        count, findings = 0, []
        for ids in self._batches("onestop_dossier_file"):
            # sudo: onestop.dossier.file - verification reads everything
            for file in self.env["onestop.dossier.file"].sudo().browse(ids):
                count += 1
                content = file.attachment_id.raw or b""
                if hashlib.sha256(content).hexdigest() != file.sha256:
                    findings.append(
                        self._file_finding(
                            f"id {file.id} ({file.dossier_id.code})",
                            "its content does not have its SHA-256",
                        )
                    )
            self.env.invalidate_all(flush=False)
        return count, findings + self._verify_results()

    def _verify_results(self):
        findings = []
        for ids in self._batches("onestop_dossier"):
            self.env.cr.execute(
                "SELECT id, dossier_id, sha256 FROM onestop_dossier_file "
                "WHERE dossier_id = ANY(%s) AND kind = 'result'",
                [ids],
            )
            files = {row[0]: row[1:] for row in self.env.cr.fetchall()}
            findings += [
                self._file_finding(
                    f"id {said['file']}",
                    f"it is not the result that event {event['sequence']} "
                    f"(id {event['id']}) issued",
                )
                for event, said in self._named(ids, "result")
                if files.get(said["file"]) != (event["dossier_id"], said["sha256"])
            ]
        return findings

    @api.model
    def _file_finding(self, row, reason):
        return {"ledger": "onestop.dossier.file", "row": row, "reason": reason}
