# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..ledger.dossier_transition import OCCURRED
from .dossier_outage import OUTAGE
from .outage_entry_conflict import ACCEPTABLE

# With these the code or the time of the slip cannot be kept.
NOT_KEPT = frozenset({"altered", "time", "code"})


class FeeRefused(UserError):
    """The money cannot be booked now; the dossier can be received without."""


class OnestopOutageEntry(models.Model):
    """From an entry to a dossier, or to a code that is void."""

    _inherit = "onestop.outage.entry"

    def _try_receive(self, resolution="straight"):
        """Make the dossier, unless something stands against it."""
        self.ensure_one()
        read = self._read()
        accepted = set(self.accepted or [])
        conflicts = self._conflicts(read)
        if all(conflict["kind"] in accepted for conflict in conflicts):
            try:
                with self.env.cr.savepoint():
                    self._make_dossier(read, resolution)
                return
            except UserError as error:
                kind = "fee" if isinstance(error, FeeRefused) else "refused"
                conflicts.append(self._differs(kind, str(error)))
        self._write_state({"state": "conflict", "conflicts": conflicts})

    def _write_state(self, values):
        # sudo: onestop.outage.entry - written by its own methods alone
        self.sudo().write(values)

    def _in_outage(self, read):
        """The desk of this entry, at the moment when it was received there."""
        desk = self.env["onestop.reception.desk"].with_company(self.block_id.company_id)
        return desk.with_context(
            onestop_occurred=(OCCURRED, min(read.occurred, self.sent_at), "outage"),
            onestop_outage=(OUTAGE, self.id),
        )

    def _make_dossier(self, read, resolution):
        """The dossier of what the desk wrote, with its code, at its moment."""
        said = self._with_contents(read.said)
        person, _conflict = self._person_of(said.get("person"))
        submitter = person.browse()
        if said.get("submitter"):
            submitter, _conflict = self._person_of(said["submitter"])
            submitter = submitter or self._new_person(said["submitter"])
        person = person or self._new_person(said.get("person"))
        entry = {
            **said,
            "dossier_id": self._draft_of(said).id,
            "token": read.token,
            "person_id": person.id,
            "submitter_id": submitter.id,
            "channel": "post" if said.get("channel") == "post" else "counter",
        }
        self._file(self._in_outage(read), entry, resolution)

    def _draft_of(self, said):
        """The draft on the desk when the network failed, if it still is one."""
        desk = self.env["onestop.reception.desk"]
        draft = self.env["onestop.dossier"].browse(desk._id(said.get("dossier_id")))
        draft = draft.exists()._filtered_access("write")
        return draft.filtered(lambda dossier: dossier.state == "draft")

    def _new_person(self, given):
        values, _problems = self.env["onestop.reception.desk"]._read_person(
            (given or {}).get("new") or {}
        )
        return self.env["onestop.person"].create(values)

    def _file(self, desk, entry, resolution):
        """Keep and receive the dossier; the code of the slip becomes its code."""
        problems = desk._problems(entry) | desk._missing(entry)
        if problems:
            raise UserError("\n".join(problems.values()))
        dossier = desk._keep(entry)
        code = self.code_id.sudo()  # sudo: onestop.code.block.code - as below
        kept = bool(dossier._outage_entry())
        if kept:
            # The citizen holds a slip with this code and this secret.
            dossier._write_protected({"slip_secret": code.secret})
            # sudo: onestop.code.block.code - used for the entry that it was given to
            code.write({"state": "used", "dossier_id": dossier.id})
        elif code.state == "reserved":
            code.write({"state": "spoiled"})
        dossier.action_receive()
        if "fee" not in (self.accepted or []):
            self._collect(dossier, entry)
        self._write_state(
            {
                "state": "received",
                "dossier_id": dossier.id,
                "conflicts": False if resolution == "straight" else self.conflicts,
                "resolution": resolution,
                "resolved_by_id": self.env.uid,
                "resolved_at": fields.Datetime.now(),
            }
        )

    def _collect(self, dossier, entry):
        """Book the money that was taken, with the number of the paper receipt."""
        paid = {row.get("id") for row in entry.get("paid") or []}
        fees = dossier.fee_ids.filtered(lambda f: f.fee_id.id in paid)
        if not fees:
            return
        number = entry.get("paper_receipt")
        try:
            dossier._do_collect_fees(
                fees,
                "cash",
                reference=number.strip() if isinstance(number, str) else None,
                received_at=dossier._moment(),
            )
        except UserError as error:
            raise FeeRefused(str(error)) from error

    # ------------------------------------------------------------
    # What a clerk decides
    # ------------------------------------------------------------

    def _open_conflict(self):
        """This conflict, locked; only receivers of the unit decide on it.

        :raises UserError: it was decided already.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: onestop.membership - whether this very user has the role
        memberships = self.env["onestop.membership"].sudo()
        if not memberships._has_role(
            self.env.user, ("receiver", "head", "deputy"), self.department_id
        ):
            raise AccessError(
                self.env._("Only a receiver of this unit decides on its conflicts.")
            )
        self.lock_for_update()
        if self.state not in ("conflict", "waiting"):
            raise UserError(self.env._("This entry was decided already."))
        return self

    def _receive_anyway(self):
        """Accept what differs and receive it as it stands on the slip.

        :raises UserError: something has to be corrected first.
        """
        self._open_conflict()
        self._check_own()
        kinds = {conflict["kind"] for conflict in self._conflicts(self._read())}
        if kinds - ACCEPTABLE:
            raise UserError(
                self.env._(
                    "Something has to be corrected first. Open the entry at the desk."
                )
            )
        self._write_state({"accepted": sorted(kinds)})
        self._try_receive("anyway")

    def _receive_corrected(self, entry):
        """Receive what a clerk has corrected at the desk.

        :param entry: as the desk sends it (``onestop.reception.desk.receive``).
        :return: the dossier.
        :raises UserError: an act refuses; the conflict stays.
        """
        self._open_conflict()
        read = self._read()
        kinds = {conflict["kind"] for conflict in self._conflicts(read)}
        if "online" in kinds:
            raise UserError(
                self.env._(
                    "It was received already. Make the code of the slip void, and tell "
                    "the citizen the other one."
                )
            )
        # The clerk has seen both sides: what may be accepted is.
        self._write_state({"accepted": sorted(kinds & {"procedure", "duplicate"})})
        entry = {**entry, "token": read.token, "dossier_id": False}
        entry["paid"] = [{"id": fee} for fee in entry.get("paid_fee_ids") or []]
        if kinds & NOT_KEPT:
            self._file(self.env["onestop.reception.desk"], entry, "recoded")
        else:
            self._check_own()
            self._file(self._in_outage(read), entry, "corrected")
        return self.dossier_id

    def _check_own(self):
        """Who received at the counter stands in the ledger: he sends it himself."""
        if self.user_id != self.env.user:
            raise UserError(
                self.env._(
                    "%(user)s received this dossier at the counter and has to confirm "
                    "it; others can only make the code void.",
                    user=self.user_id.name,
                )
            )

    def _void(self, reason):
        """Make the code void: no dossier comes of it, and the citizen is told why.

        :raises UserError: no reason.
        """
        self._open_conflict()
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(
                self.env._("Give the reason; the citizen holds a slip with this code.")
            )
        online = self._conflict_online(self._read())
        # sudo: onestop.code.block.code - a void code is given to nobody else
        code = self.code_id.sudo()
        if code.state == "reserved":
            code.write({"state": "spoiled"})
        self._write_state(
            {
                "state": "void",
                "reason": reason.strip(),
                "resolution": "online" if online else "void",
                "resolved_by_id": self.env.uid,
                "resolved_at": fields.Datetime.now(),
            }
        )
