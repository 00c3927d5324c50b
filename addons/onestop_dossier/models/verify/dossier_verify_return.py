# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ...ledger.canonical import salted_digest

# Files that events name besides the result, each with its SHA-256.
NAMED_FILES = ("signature", "authority", "proof", "downloaded")
HASHED = ("recipient", "address", "phone", "carrier")


class OnestopDossierEvent(models.Model):
    """Verification of what was handed over: originals, consignments, signatures."""

    _inherit = "onestop.dossier.event"

    @api.model
    def _verify_ledgers(self):
        checked, findings = super()._verify_ledgers()
        count, found = self._verify_in_batches(self._verify_returns_of)
        return checked + count, findings + found

    @api.model
    def _verify_returns_of(self, ids):
        findings = [
            *self._wrong_originals(ids),
            *self._wrong_parcels(ids),
            *self._wrong_named_files(ids),
        ]
        # sudo: verification reads everything
        found = self.env["onestop.dossier.original"].sudo()
        parcels = self.env["onestop.parcel"].sudo()  # sudo: as above
        own = [("dossier_id", "in", ids)]
        return found.search_count(own) + parcels.search_count(own), findings

    @api.model
    def _wrong_originals(self, ids):
        """Each event's originals are its rows, and each row is named by its event."""
        # sudo: onestop.dossier.original - verification reads everything
        originals = self.env["onestop.dossier.original"].sudo()
        rows = originals.search([("dossier_id", "in", ids)], order="id")
        there = {}
        for row in rows:
            key = (row.move, row.dossier_part_id.id or None, row.count)
            there.setdefault(row.event_id.id, []).append(
                (*key, row.salted_hash or None)
            )
        said = {
            event["id"]: [
                (move["move"], move.get("part"), move["count"], move.get("hash"))
                for move in claimed
            ]
            for event, claimed in self._named(ids, "originals")
        }
        for event_id in sorted(said.keys() | there.keys()):
            if sorted(map(str, said.get(event_id, ()))) != sorted(
                map(str, there.get(event_id, ()))
            ):
                yield self._return_finding(
                    originals._name,
                    f"event id {event_id}",
                    "the originals handed over differ from what the event says",
                )
        for row in rows.filtered("salted_hash"):
            erased = row.erased_decision_id and not row.salt
            if not erased and row.salted_hash != salted_digest(
                row.salt or "", row.name or ""
            ):
                yield self._return_finding(
                    originals._name, f"id {row.id}", "it differs from its hash"
                )

    @api.model
    def _wrong_parcels(self, ids):
        # sudo: onestop.parcel - verification reads everything
        parcels = self.env["onestop.parcel"].sudo()
        rows = {p.id: p for p in parcels.search([("dossier_id", "in", ids)])}
        named = set()
        for event, said in self._named(ids, "parcel"):
            parcel = rows.get(said["id"])
            named.add(said["id"])
            reason = None
            if not parcel or parcel.dossier_id.id != event["dossier_id"]:
                reason = f"it is missing; event {event['sequence']} names it"
            elif "hash" in said and not (parcel.erased_decision_id and not parcel.salt):
                sealed = parcels._sealed({name: parcel[name] for name in HASHED})
                if salted_digest(parcel.salt or "", sealed) != said["hash"]:
                    reason = "it differs from the hash in its event"
            if reason:
                yield self._return_finding(parcels._name, f"id {said['id']}", reason)
        for parcel_id in sorted(rows.keys() - named):
            yield self._return_finding(
                parcels._name, f"id {parcel_id}", "no event names it"
            )

    @api.model
    def _wrong_named_files(self, ids):
        """Signatures, authorisations and proofs are those that events name."""
        self.env.cr.execute(
            "SELECT id, dossier_id, sha256 FROM onestop_dossier_file "
            "WHERE dossier_id = ANY(%s)",
            [ids],
        )
        files = {row[0]: row[1:] for row in self.env.cr.fetchall()}
        for key in NAMED_FILES:
            for event, said in self._named(ids, key):
                if "file" in said and files.get(said["file"]) != (
                    event["dossier_id"],
                    said["sha256"],
                ):
                    yield self._file_finding(
                        f"id {said['file']}",
                        f"it is not the {key} that event {event['sequence']} "
                        f"(id {event['id']}) names",
                    )

    @api.model
    def _return_finding(self, ledger, row, reason):
        return {"ledger": ledger, "row": row, "reason": reason}
