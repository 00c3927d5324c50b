# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.onestop_procedure.models.membership import LEGAL_ZONE

FINDINGS = ("ok", "missing", "wrong")


class OnestopReceptionDesk(models.AbstractModel):
    """From what was entered to a dossier: kept as a draft, or received."""

    _inherit = "onestop.reception.desk"

    @api.model
    def receive(self, entry):
        """Receive what was entered: the code is given, the clock starts.

        NĐ 61/2018/NĐ-CP, Điều 17. The same entry sent twice (its ``token``) makes one
        dossier.

        :param entry: what the desk holds; see :meth:`_filing_values`. ``dossier_id``
            and ``head`` when a draft or one of the inbox is received;
            ``paid_fee_ids`` fees collected now; ``together`` ids of dossiers that the
            same person handed in before this one, for one slip.
        :return: {"problems": {field: sentence}}, or {"id", "code", "due", "same_day",
            "print": the report action}.
        :raises UserError: an act refuses; nothing is kept then.
        """
        self._centre()
        known = self._of_token(entry)
        if known and known.state != "draft":
            return self._received(known, known.bundle_id)
        problems = self._problems(entry) | self._missing(entry)
        if problems:
            return {"problems": problems}
        dossier = self._keep(entry)
        if dossier.channel == "online" and dossier.state == "draft":
            dossier.action_submit()
        head = entry.get("head") if self._id(entry.get("dossier_id")) else None
        if dossier.state == "submitted" and head is not None:
            dossier.with_context(onestop_head=head).action_receive()
        else:
            dossier.action_receive()
        receipt = self._collect(dossier, entry.get("paid_fee_ids") or [])
        bundle = self._bundle(dossier, entry.get("together"))
        answer = self._received(dossier, bundle)
        if receipt:
            answer["receipt"] = receipt.action_print()
        return answer

    @api.model
    def _collect(self, dossier, fee_ids):
        """Take the money of fees in cash: one receipt for all of them.

        Two, where the books of the unit keep fees and charges apart.
        """
        receipts = self.env["onestop.receipt"]
        fees = dossier.fee_ids.filtered(lambda f: f.fee_id.id in fee_ids)
        if not fees:
            return receipts
        # sudo: onestop.receipt.book - which books the unit has
        books = self.env["onestop.receipt.book"].sudo()
        apart = books._keeps_kinds_apart(dossier.support_department_id)
        for part in fees.grouped("kind").values() if apart else [fees]:
            receipts |= dossier._do_collect_fees(part, "cash")
        return receipts

    @api.model
    def hand_over(self, dossier_ids):
        """Print what one person handed in in a row: one slip and a hand-over list.

        :param dossier_ids: ids of dossiers that this user has just received.
        :return: {"print": the report action}, or False when there is nothing.
        """
        self._centre()
        ids = [dossier_id for dossier_id in dossier_ids or [] if self._id(dossier_id)]
        dossiers = self.env["onestop.dossier"].search(
            [("id", "in", ids), ("receiver_id", "=", self.env.uid)], order="id"
        )
        if not dossiers:
            return False
        last = dossiers[-1:]
        return self._received(last, last.bundle_id or self._bundle(last, ids))

    @api.model
    def save_draft(self, entry):
        """Keep what was entered: it has no code and is no reception.

        A consignment that arrived by post is registered so: with when it arrived.

        :return: {"problems"} as :meth:`receive`, or {"id"}.
        """
        self._centre()
        problems = self._problems(entry)
        return {"problems": problems} if problems else {"id": self._keep(entry).id}

    @api.model
    def load_draft(self, dossier_id):
        """A draft, or a dossier of the online inbox, on the desk again.

        :return: as :meth:`open_case`, with what was entered.
        :raises UserError: it was received already; open it instead.
        """
        self._centre()
        dossier = self.env["onestop.dossier"].browse(self._id(dossier_id)).exists()
        dossier.check_access("read")
        if dossier.state not in ("draft", "submitted"):
            raise UserError(
                self.env._("This dossier was received already. Open it from the list.")
            )
        shown = self.open_case(
            dossier.procedure_id.id,
            dossier.case_id.id,
            dossier.person_id.id,
            dossier.area,
            dossier.channel,
        )
        kept = {part.part_id.id: part for part in dossier.part_ids}
        for row in shown["parts"]:
            part = kept.get(row["id"])
            if part:
                row |= {
                    "received": part.received,
                    "finding": part.finding or (part.file_ids and "ok") or False,
                    "note": part.note or "",
                    "originals": part.originals_given or row["originals"],
                    "certified": part.certified_given or row["certified"],
                    "copies": part.copies_given or row["copies"],
                    "kept": len(part.file_ids),
                    "kept_files": [
                        {"id": file.attachment_id.id, "name": file.name}
                        for file in part.file_ids
                    ],
                }
        shown["duplicates"] = [
            row for row in shown["duplicates"] if row["id"] != dossier.id
        ]
        submitter = dossier.submitter_id
        authority = dossier.authorisation_on
        arrived = dossier.arrived_at and fields.Datetime.context_timestamp(
            self.with_context(tz=LEGAL_ZONE), dossier.arrived_at
        )
        return {
            "procedure": shown,
            "dossier_id": dossier.id,
            "head": dossier.head_sequence,
            "state": dossier.state,
            "code": dossier.code or "",
            "left": dossier.answer_left or "",
            "late": dossier.is_answer_late,
            "person": self.person_summary(dossier.person_id.id),
            "submitter": self.person_summary(submitter.id) if submitter else False,
            "channel": dossier.channel,
            "result_channel": dossier.result_channel,
            "notice_wish": dossier.notice_wish or "",
            "subject": dossier.subject or "",
            "copies": dossier.copies,
            "area": dossier.area,
            "consignment": dossier.consignment or "",
            "arrived_at": arrived and f"{arrived:%Y-%m-%dT%H:%M}" or "",
            "arrived": self._when(dossier.arrived_at) or "",
            "authorisation": {
                "kind": dossier.authorisation_kind or "",
                "number": dossier.authorisation_number or "",
                "on": f"{authority:%d/%m/%Y}" if authority else "",
            },
        }

    # ------------------------------------------------------------
    # What is kept
    # ------------------------------------------------------------

    @api.model
    def _of_token(self, entry):
        token = entry.get("token")
        dossiers = self.env["onestop.dossier"]
        if not token or not isinstance(token, str):
            return dossiers
        return dossiers.search([("entry_token", "=", token)], limit=1)

    @api.model
    def _keep(self, entry):
        """The dossier of this entry, with its parts and files."""
        dossiers = self.env["onestop.dossier"]
        dossier = dossiers.browse(self._id(entry.get("dossier_id"))).exists()
        dossier = dossier or self._of_token(entry)
        if dossier:
            dossier.check_access("write")
            if dossier.state == "draft":
                self._rewrite(dossier, self._filing_values(entry))
        else:
            dossier = dossiers.create(
                {"company_id": self.env.company.id, **self._filing_values(entry)}
            )
        if dossier.channel == "online" and dossier.state == "draft":
            dossier._write_protected({"assisted_by_id": self.env.uid})
        self._keep_parts(dossier, entry.get("parts") or [])
        paper = (entry.get("authorisation") or {}).get("file")
        if paper and self._is_proxy(entry):
            dossier._scan_authority(paper.get("name"), paper.get("content"))
        return dossier

    @api.model
    def _rewrite(self, dossier, values):
        """Write what differs: another case makes another tick list."""
        changed = {
            name: value
            for name, value in values.items()
            if dossier._fields[name].convert_to_write(dossier[name], dossier) != value
        }
        if changed:
            dossier.write(changed)

    @api.model
    def _filing_values(self, entry):
        """The columns of a draft, of what the desk sent."""
        proxy, post = self._is_proxy(entry), entry.get("channel") == "post"
        authority = (entry.get("authorisation") or {}) if proxy else {}
        day = self._read_day(authority.get("on"))
        return {
            "person_id": entry["person_id"],
            "submitter_id": entry["submitter_id"] if proxy else False,
            "procedure_id": entry["procedure_id"],
            "case_id": self._id(entry.get("case_id")),
            "channel": entry.get("channel") or "counter",
            "result_channel": entry.get("result_channel") or "counter",
            "notice_wish": entry.get("notice_wish") or False,
            "subject": (entry.get("subject") or "").strip() or False,
            "copies": entry.get("copies", 1),
            "area": entry.get("area") == "remote" and "remote",
            "arrived_at": self._read_moment(entry.get("arrived_at")) if post else False,
            "consignment": post and (entry.get("consignment") or "").strip() or False,
            "authorisation_kind": authority.get("kind") or False,
            "authorisation_number": authority.get("number") or False,
            "authorisation_on": day,
            "entry_token": entry.get("token") or False,
        }

    @api.model
    def _keep_parts(self, dossier, rows):
        rows = {row.get("id"): row for row in rows}
        if rows and set(rows) != set(dossier.part_ids.part_id.ids):
            raise UserError(
                self.env._("The parts have changed. Choose the case again.")
            )
        for part in dossier.part_ids:
            row = rows.get(part.part_id.id)
            if not row:
                continue
            ticked = self._ticked(row, paper=dossier.channel != "online")
            if any(part[name] != value for name, value in ticked.items()):
                part.write(ticked)
            for file in row.get("files") or []:
                dossier.action_scan(part.id, file.get("name"), file.get("content"))
            if row.get("reused"):
                dossier._reuse_file(part, (row.get("reuse") or {}).get("file"))

    @api.model
    def _ticked(self, row, paper=True):
        """Findings of a part; what came as a file alone was not handed in on paper."""

        def count(name):
            value = row.get(name)
            return value if type(value) is int and 0 <= value < 1000 else 0

        received = paper and bool(row.get("received"))
        finding = row.get("finding")
        if finding not in FINDINGS:
            finding = "ok" if row.get("received") or row.get("reused") else False
        return {
            "received": received,
            "finding": finding,
            "note": (row.get("note") or "").strip() or False,
            "originals_given": count("originals") if received else 0,
            "certified_given": count("certified") if received else 0,
            "copies_given": count("copies") if received else 0,
        }

    @api.model
    def _bundle(self, dossier, together):
        """One slip for what the same person handed in in a row."""
        ids = [dossier_id for dossier_id in together or [] if self._id(dossier_id)]
        dossiers = self.env["onestop.dossier"]
        if not ids:
            return dossiers.bundle_id
        others = dossiers.search(
            [
                ("id", "in", ids),
                ("receiver_id", "=", self.env.uid),
                ("company_id", "=", dossier.company_id.id),
                ("bundle_id", "=", False),
            ]
        )
        handed_in_by = dossier.submitter_id or dossier.person_id
        same = (others - dossier).filtered(
            lambda d: (d.submitter_id or d.person_id) == handed_in_by
        )
        if not same:
            return dossiers.bundle_id
        return self.env["onestop.dossier.bundle"]._make(same | dossier)

    @api.model
    def _received(self, dossier, bundle):
        """What the desk says and prints after a reception."""
        report = self.env.ref("onestop_dossier.dossier_slip_report")
        document = dossier
        if bundle:
            report = self.env.ref("onestop_dossier.bundle_slip_report")
            document = bundle
        legal_day = dossier._legal_day
        due = dossier.due_at
        return {
            "id": dossier.id,
            "code": dossier.code,
            "person": dossier.person_id.name,
            "procedure": dossier.procedure_id.name,
            "bundle": bundle.id,
            "due": self._when(due) or "",
            "same_day": not due or legal_day(due) == legal_day(dossier.received_at),
            "print": report.report_action(document.ids),
        }
