# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Rows of the loaded dossiers, by table, in PostgreSQL's COPY format."""

import io
import secrets

from odoo.addons.onestop_dossier.ledger.columns import AFTER

LOG = ("create_uid", "write_uid", "create_date", "write_date")
COLUMNS = {
    "onestop_dossier": (
        *("id", *AFTER, "support_department_id", "receiver_id", "submitted_at"),
        *("warn_at", "head_sequence", "head_hash", "slip_secret", *LOG),
    ),
    "onestop_dossier_event": (
        *("id", "dossier_id", "sequence", "kind", "actor_id", "department_id"),
        *("state_from", "state_to", "occurred_at", "recorded_at", "source", "body"),
        *("previous_hash", "hash"),
    ),
    "onestop_dossier_viewer": ("dossier_id", "department_id"),
    "onestop_dossier_part": (
        *("dossier_id", "part_id", "sequence", "name", "required", "originals"),
        *("copies", "received", "finding", *LOG),
    ),
    "onestop_dossier_fee": (
        *("id", "dossier_id", "fee_id", "name", "kind", "currency_id", "is_stated"),
        *("quantity", "unit_amount", "amount", "collect_at", "paid_at", *LOG),
    ),
    "onestop_dossier_text": (
        *("id", "dossier_id", "event_id", "kind", "body", "salt", "for_citizen"),
        *LOG,
    ),
    "ir_attachment": (
        *("id", "name", "type", "res_model", "res_id", "mimetype", "store_fname"),
        *("checksum", "file_size", "public", *LOG),
    ),
    "onestop_dossier_file": (
        *("id", "dossier_id", "kind", "name", "mimetype", "size", "sha256"),
        *("scan_state", "attachment_id", *LOG),
    ),
}
TABLES = tuple(COLUMNS)
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


class Rows:
    """Rows of many dossiers, gathered before they are copied."""

    def __init__(self, world, recorded, source):
        self.world, self.recorded, self.source = world, recorded, source
        self.files = {table: io.StringIO() for table in TABLES}
        self.counts = dict.fromkeys(TABLES, 0)

    def add(self, teller):
        """Take over all rows of a dossier."""
        story = teller.story
        self._dossier(teller, story)
        number, log = story.ids["dossier"], self._log(teller)
        for event in story.events:
            event_id, *said, moment, body, previous, event_hash = event
            self._put(
                "onestop_dossier_event",
                *(event_id, number, *said, moment, self.recorded, self.source),
                *(body, previous, event_hash),
            )
        for text, event, kind, body, salt, for_citizen, _moment in story.texts:
            values = (text, number, event, kind, body, salt, for_citizen)
            self._put("onestop_dossier_text", *values, *log)
        viewers = {teller.unit["department"]}
        if story.row["received_at"]:
            viewers.add(teller.kind["department"])
        for department in viewers:
            self._put("onestop_dossier_viewer", number, department)
        for part in teller.kind["parts"]:
            names = ("part_id", "sequence", "name", "required", "originals", "copies")
            values = (part[name] for name in names)
            self._put("onestop_dossier_part", number, *values, True, "ok", *log)
        for fee_id, fee, paid in teller.fees:
            names = ("fee_id", "name", "kind", "currency_id", "is_stated")
            values = (fee_id, number, *(fee[name] for name in names))
            values += (1, fee["amount"], fee["amount"], fee["at"], paid)
            self._put("onestop_dossier_fee", *values, *log)
        if story.row["finished_at"] and story.row["outcome"] in ("granted", "rejected"):
            self._result(story, log)

    def _dossier(self, teller, story):
        row = story.row
        values = {
            **row,
            "id": story.ids["dossier"],
            "receiver_id": teller.receiver if row["received_at"] else None,
            "warn_at": story.warning(),
            "support_department_id": teller.unit["department"],
            "submitted_at": teller.submitted,
            "head_sequence": story.head[0],
            "head_hash": story.head[1],
            "slip_secret": "".join(secrets.choice(ALPHABET) for _each in range(6)),
            **dict(zip(LOG, self._log(teller), strict=True)),
        }
        columns = COLUMNS["onestop_dossier"]
        self._put("onestop_dossier", *(values[name] for name in columns))

    def _result(self, story, log):
        file, result = story.ids["file"], self.world.result
        size, mimetype = result["size"], "application/pdf"
        name = "ket-qua.pdf"
        attachment = story.ids["attachment"]
        self._put(
            "ir_attachment",
            *(attachment, name, "binary", "onestop.dossier.file", file, mimetype),
            *(result["fname"], result["checksum"], size, False, *log),
        )
        self._put(
            "onestop_dossier_file",
            *(file, story.ids["dossier"], "result", name, mimetype, size),
            *(result["sha256"], "unchecked", attachment, *log),
        )

    def _log(self, teller):
        return (teller.receiver, teller.receiver, teller.opened, teller.story.last)

    def _put(self, table, *values):
        file = self.files[table]
        file.write("\t".join(map(_text, values)))
        file.write("\n")
        self.counts[table] += 1

    def copy(self, cr):
        """Write all rows by the cursor of PostgreSQL's driver."""
        for table, file in self.files.items():
            file.seek(0)
            columns = ", ".join(COLUMNS[table])
            cr.copy_expert(f"COPY {table} ({columns}) FROM STDIN", file)


def _text(value):
    if value is None:
        return r"\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, str):
        return value.translate(ESCAPES)
    return str(value)
