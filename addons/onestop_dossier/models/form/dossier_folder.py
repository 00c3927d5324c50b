# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import hashlib
import json
import zipfile

from odoo import models
from odoo.exceptions import UserError

from ...forms import Form
from ...forms.folder import ORDER, Entry, numbered
from ..file.dossier_file import QUARANTINED

ENDED = ("returned", "refused", "stopped")
KINDS = {
    "submitted": "Giấy tờ kèm theo",
    "authorisation": "Văn bản ủy quyền",
    "visit": "Biên bản xác minh",
    "sheet": "Phiếu thẩm định",
    "result": "Kết quả giải quyết",
    "receipt": "Biên lai thu phí, lệ phí",
    "proof": "Chứng từ bưu chính",
}
PAPERS = {
    "muc-luc.pdf": "onestop_dossier.report_dossier_folder",
    "phieu-kiem-soat.pdf": "onestop_dossier.report_dossier_control",
    "qua-trinh-xu-ly.pdf": "onestop_dossier.report_dossier_trace",
}


class OnestopDossier(models.Model):
    """The dossier as a filed folder (lập hồ sơ): contents, end certificate, package."""

    _inherit = "onestop.dossier"

    def _form_table(self):
        return super()._form_table() | {
            "folder": Form(
                self.env._("Table of contents of the folder"),
                "onestop_dossier.dossier_folder_report",
                lambda dossier: dossier._received_to_print(),
            ),
        }

    def action_download_folder(self):
        """Download the folder as one archive.

        :return: the action that downloads it.
        :raises UserError: the dossier was not received.
        """
        self.ensure_one()
        self._check_received()
        return {
            "type": "ir.actions.act_url",
            "url": f"/onestop/folder/{self.id}",
            "target": "download",
        }

    def _check_received(self):
        if not self.received_at:
            raise UserError(
                self.env._("A folder is put together once the dossier is received.")
            )

    # ------------------------------------------------------------
    # Contents
    # ------------------------------------------------------------

    def _folder_entries(self):
        """The papers of the folder in order, read as the user."""
        self.ensure_one()
        owner = (self.submitter_id or self.person_id).name
        entries = [
            Entry(
                title=part.name,
                kind="submitted",
                at=self.received_at,
                author=owner,
                sheets=part.sheets,
            )
            for part in self.part_ids.filtered("received")
            if not part.file_ids
        ]
        files = self.file_ids.filtered(lambda f: f.kind in ORDER).sorted("id")
        for file in files:
            part = file.dossier_part_id
            entries.append(
                Entry(
                    title=part.name or KINDS[file.kind],
                    kind=file.kind,
                    at=file.create_date,
                    # sudo: res.users - only the name of who put it in
                    author=owner if part else file.create_uid.sudo().name,
                    # The paper of a part is counted once, with its first file.
                    sheets=part.sheets if file == part.file_ids.sorted("id")[:1] else 0,
                    file=file.id,
                    name=file.name,
                    sha256=file.sha256,
                )
            )
        return numbered(entries)

    def _folder_values(self):
        """What table of contents and end certificate say; instants are naive UTC."""
        self.ensure_one()
        entries = self._folder_entries()
        return {
            "entries": entries,
            "sheets": sum(entry.sheets for entry in entries),
            "files": sum(bool(entry.file) for entry in entries),
            "results": self._result_facts(),
            "ended": self.state in ENDED,
            "began_at": self.received_at,
            "ended_at": self.returned_at or self.finished_at,
            "events": self.head_sequence,
            "head": self.head_hash,
            # sudo: onestop.department - the unit's name and its superior's
            "unit": self.support_department_id.sudo(),
            "competent": self.department_id.sudo().name,  # sudo: as above
            # sudo: onestop.paper.place - where the papers lie
            "paper": self.paper_place_id.sudo().display_name,
            "day": self._legal_day(self._moment()),
            "place": self.company_id.state_id.name or self.company_id.city,
            "filed_by": self.env.user.name,
            **self._register_place(self._legal_day(self.received_at)),
        }

    # ------------------------------------------------------------
    # Package
    # ------------------------------------------------------------

    def _write_folder(self, target):
        """Write the folder as a ZIP archive, as the present user.

        Table of contents, control slip and course as PDF/A, each file as it came, the
        events of the ledger word by word, and SHA-256 of everything.

        :param target: a file open for binary writing.
        :raises UserError: the dossier was not received.
        """
        self.ensure_one()
        self.check_access("read")
        self._check_received()
        sums = []
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:

            def put(name, content):
                archive.writestr(name, content)
                sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")

            reports = self.env["ir.actions.report"]
            for name, report in PAPERS.items():
                content, _kind = reports._render_onestop_pdf(report, self.ids)
                put(name, content)
            for entry in self._folder_entries():
                file = self.env["onestop.dossier.file"].browse(entry.file or ())
                # What a virus scanner has not let through is named, not packed.
                if file and file.scan_state not in QUARANTINED:
                    # sudo: ir.attachment - the file was read under its own rules
                    put(f"tai-lieu/{entry.filename}", file.attachment_id.sudo().raw)
            events = self.event_ids.sorted("sequence")
            ledger = [{"body": e.body, "hash": e.hash} for e in events]
            put("nhat-ky.json", json.dumps(ledger, ensure_ascii=False).encode())
            archive.writestr("SHA256SUMS", "".join(sums))
