# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError

from ...ledger.canonical import instant

# A desk has at least this share of its codes left, or it gets another block.
LOW = 2
# What a clerk enters of a part.
TICKED = ("received", "finding", "note", "originals", "certified", "copies", "files")


class OnestopReceptionDesk(models.AbstractModel):
    """The desk and the network: codes beforehand, entries afterwards."""

    _inherit = "onestop.reception.desk"

    @api.model
    def outage_prepare(self, desk, public_key, synced=True):
        """Reserve what the desk needs to go on alone; give back what it had before.

        Codes of today, and of the next working day when the Centre closes soon.

        :param desk: a name that the browser has given itself.
        :param public_key: base64 of its public key (P-256, SubjectPublicKeyInfo).
        :param synced: whether the browser has nothing left to send; only then are
            blocks of past days given back.
        :return: {"on": whether the Centre wants it, "now": ISO instant, "uid",
            "blocks": rows with their codes}.
        """
        centre = self._centre()
        answer = {"now": instant(self._moment()), "uid": self.env.uid, "blocks": []}
        if not centre.onestop_outage:
            return {**answer, "on": False}
        if not isinstance(desk, str) or not 8 <= len(desk) <= 64:
            raise UserError(self.env._("This desk has no name. Reload the desk."))
        today = self.env["onestop.membership"]._today()
        blocks = self.env["onestop.code.block"]
        held = blocks._of_desk(desk).filtered(lambda b: b.public_key == public_key)
        if synced:
            held.filtered(lambda block: block.day < today)._close()
        days = centre._outage_days(today)
        if not centre._outage_closes_soon(self._moment()):
            days = days[:1]
        for day in days:
            left = held.filtered(lambda b, day=day: b.day == day)._free_codes()
            if len(left) * LOW < centre.onestop_outage_codes:
                held |= blocks._reserve(self.env.company, day, desk, public_key)
        held = held.filtered(lambda block: not block.closed_at)
        return {**answer, "on": True, "blocks": [self._block_row(b) for b in held]}

    @api.model
    def _moment(self):
        return self.env["onestop.dossier"]._moment()

    @api.model
    def _block_row(self, block):
        # sudo: onestop.code.block.code - secrets of codes that this desk prints
        codes = block._free_codes().sudo().sorted("number")
        return {
            "id": block.id,
            "day": block.day.isoformat(),
            "codes": [{"code": code.code, "secret": code.secret} for code in codes],
        }

    @api.model
    def outage_send(self, block_id, text, signature, files=None):
        """Record what was received without network, and make the dossier of it.

        The same entry sent again changes nothing; with other content it is refused.

        :param block_id: the block that its code is of.
        :param text: the very text that the desk has signed; see ``ledger.outage``.
        :param signature: base64 of the signature.
        :param files: base64 of its files by SHA-256.
        :return: {"id", "state": received or conflict, "code", "given", "dossier_id",
            "conflicts": sentences}.
        :raises AccessError: the codes were reserved for somebody else.
        :raises UserError: no desk writes this.
        """
        self._centre()
        block = self.env["onestop.code.block"].browse(self._id(block_id)).exists()
        block.check_access("read")
        entry = self.env["onestop.outage.entry"]._record(block, text, signature, files)
        if entry.state == "waiting":
            entry.with_company(block.company_id)._try_receive()
        return entry._told()

    @api.model
    def outage_conflicts(self):
        """Conflicts of this unit that nobody has decided yet, the oldest first.

        :return: rows with both sides; see ``onestop.outage.entry``.
        """
        centre = self._centre()
        entries = self.env["onestop.outage.entry"].search(
            [
                ("department_id", "=", centre.onestop_department_id.id),
                ("state", "=", "conflict"),
            ],
            order="occurred_at, id",
        )
        return [
            {
                **entry._told(),
                "sides": entry.conflicts,
                "when": self._when(entry.occurred_at),
                "user": entry.user_id.name,
                "mine": entry.user_id == self.env.user,
                "can_accept": entry.can_accept,
                "rows": [
                    [str(cell or "") for cell in r] for r in entry._rows_compared()
                ],
            }
            for entry in entries
        ]

    @api.model
    def outage_accept(self, entry_id):
        """Receive a conflict as it stands on the slip.

        :return: as :meth:`outage_send`.
        :raises UserError: something has to be corrected first.
        """
        entry = self._outage_entry(entry_id)
        entry._receive_anyway()
        return entry._told()

    @api.model
    def outage_void(self, entry_id, reason):
        """Make the code of a conflict void.

        :param reason: why; the citizen holds a slip with this code.
        :return: as :meth:`outage_send`.
        """
        entry = self._outage_entry(entry_id)
        entry._void(reason)
        return entry._told()

    @api.model
    def outage_load(self, entry_id):
        """A conflict on the desk, to be corrected: as :meth:`load_draft`.

        What cannot be found any more (a person, a case) is left for the clerk.
        """
        entry = self._outage_entry(entry_id)
        said = entry._with_contents(entry._read().said)
        person, conflict = entry._person_of(said.get("person"))
        wrong = bool(conflict) or not person
        shown = self._shown_again(said, person)
        return {
            "outage_id": entry.id,
            "code": entry.code_id.code,
            "procedure": shown,
            "person": self.person_summary(person.id) if person and not wrong else False,
            "new_person": (said.get("person") or {}).get("new") if wrong else False,
            "submitter": False,
            "channel": said.get("channel") or "counter",
            "result_channel": said.get("result_channel") or "counter",
            "subject": said.get("subject") or "",
            "area": said.get("area") or False,
            "copies": said.get("copies") or 1,
            "consignment": said.get("consignment") or "",
            "arrived_at": said.get("arrived_at") or "",
            "authorisation": {"kind": "", "number": "", "on": ""},
            "conflicts": [c["text"] for c in entry.conflicts or []],
        }

    @api.model
    def _shown_again(self, said, person):
        """The procedure as it is now, ticked as it was then."""
        procedure = self.env["onestop.procedure"]
        procedure = procedure.browse(self._id(said.get("procedure_id"))).exists()
        if not procedure.version_id.case_ids:
            return False
        shown = self.open_case(
            procedure.id,
            self._id(said.get("case_id")),
            person.id or None,
            said.get("area"),
        )
        ticked = {row.get("id"): row for row in said.get("parts") or []}
        for row in shown["parts"]:
            then = ticked.get(row["id"]) or {}
            row |= {name: then[name] for name in TICKED if name in then}
        paid = {row.get("id") for row in said.get("paid") or []}
        for fee in shown["fees"]:
            fee["paid"] = fee["id"] in paid
        return shown

    @api.model
    def _outage_entry(self, entry_id):
        self._centre()
        entry = self.env["onestop.outage.entry"].browse(self._id(entry_id)).exists()
        entry.check_access("read")
        if not entry:
            raise UserError(self.env._("This entry is not on record."))
        return entry.with_company(entry.block_id.company_id)

    @api.model
    def receive(self, entry):
        """As before; an entry of an outage that was corrected keeps its code."""
        outage_id = self._id(entry.get("outage_id"))
        if not outage_id:
            return super().receive(entry)
        record = self._outage_entry(outage_id)
        problems = self._problems(entry) | self._missing(entry)
        if problems:
            return {"problems": problems}
        dossier = record._receive_corrected(entry)
        return self._received(dossier, dossier.bundle_id)
