# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import models

from odoo.addons.onestop_procedure.identity import search_key

from ...ledger.outage import is_plausible

# A clerk may receive all the same; everything else is corrected, or the code is void.
ACCEPTABLE = frozenset({"duplicate", "person", "fee", "file", "procedure"})


class OnestopOutageEntry(models.Model):
    """What the server finds otherwise than the desk did without it.

    One method a kind; each gives None, or {"kind", "text": a sentence, "mine": what
    stands on the slip, "theirs": what stands in the system}.
    """

    _inherit = "onestop.outage.entry"

    def _conflicts(self, read):
        """All that stands between this entry and a dossier.

        :param read: the entry as read.
        """
        found = [
            self._conflict_altered(),
            self._conflict_time(read),
            self._conflict_code(),
            self._conflict_online(read),
            self._conflict_procedure(read),
        ]
        person, person_conflict = self._person_of(read.said.get("person"))
        found += [
            person_conflict,
            person and self._conflict_duplicate(person, read),
            self._conflict_parts(read),
            self._conflict_fee(read),
            self._conflict_file(),
        ]
        return [conflict for conflict in found if conflict]

    def _masked(self, number):
        """The end of a number; the whole one stands in what the desk wrote."""
        return "•" * 8 + number[-4:] if number else ""

    def _differs(self, kind, text, mine="", theirs=""):
        return {"kind": kind, "text": text, "mine": mine or "", "theirs": theirs or ""}

    # ------------------------------------------------------------
    # The entry itself
    # ------------------------------------------------------------

    def _conflict_altered(self):
        if not self.is_signed:
            return self._differs(
                "altered",
                self.env._(
                    "This is not what the desk signed, or an entry before it is "
                    "missing. Compare it with the paper slip."
                ),
            )
        return None

    def _conflict_time(self, read):
        # sudo: onestop.outage.entry - moments of the same block
        others = self.sudo().search(
            [("block_id", "=", self.block_id.id), ("id", "!=", self.id)]
        )
        number = self.code_id.number
        earlier = others.filtered(lambda e: e.code_id.number < number)
        later = others.filtered(lambda e: e.code_id.number > number)
        desk = self.env["onestop.reception.desk"]
        plausible = is_plausible(
            read.occurred,
            self.block_id.reserved_at,
            self.sent_at,
            max(earlier.mapped("occurred_at"), default=None),
            min(later.mapped("occurred_at"), default=None),
        )
        day = self.env["onestop.dossier"]._legal_day(read.occurred)
        if plausible and day == self.block_id.day:
            return None
        return self._differs(
            "time",
            self.env._(
                "The desk cannot have received it then: its clock was wrong, or the "
                "order of the codes is."
            ),
            desk._when(read.occurred),
            self.env._(
                "codes reserved %(from)s, sent %(to)s",
                **{
                    "from": desk._when(self.block_id.reserved_at),
                    "to": desk._when(self.sent_at),
                },
            ),
        )

    def _conflict_code(self):
        code = self.code_id
        if code.state == "reserved":
            return None
        labels = dict(code._fields["state"]._description_selection(self.env))
        return self._differs(
            "code",
            self.env._("The code on the slip is not free any more."),
            code.code,
            labels[code.state],
        )

    def _conflict_online(self, read):
        # sudo: onestop.dossier - one that this very desk has sent
        known = (
            self.env["onestop.dossier"]
            .sudo()
            .search(
                [("entry_token", "=", read.token), ("state", "!=", "draft")], limit=1
            )
        )
        if not known:
            return None
        return self._differs(
            "online",
            self.env._(
                "It was received just before the network failed; the answer was lost. "
                "That dossier stays; make the code of the slip void."
            ),
            self.code_id.code,
            known.code,
        )

    # ------------------------------------------------------------
    # What was asked for
    # ------------------------------------------------------------

    def _conflict_procedure(self, read):
        procedures = self.env["onestop.procedure"]
        desk = self.env["onestop.reception.desk"]
        procedure = procedures.browse(desk._id(read.said.get("procedure_id"))).exists()
        day = self.env["onestop.dossier"]._legal_day(read.occurred)
        version = procedure._versions_at(day).get(procedure.id) if procedure else None
        case_ids = version.case_ids.ids if version else []
        in_force = read.said.get("case_id") in case_ids
        if procedure.state == "published" and in_force:
            return None
        states = dict(procedures._fields["state"]._description_selection(self.env))
        text = self.env._(
            "The procedure has changed since the desk was last connected."
        )
        if in_force:
            text = self.env._(
                "The procedure was in force on that day, and is not published any more."
            )
        return self._differs(
            "procedure" if in_force else "version",
            text,
            str(read.said.get("procedure") or ""),
            f"{procedure.name or ''} ({states.get(procedure.state, '-')})",
        )

    def _conflict_duplicate(self, person, read):
        desk = self.env["onestop.reception.desk"]
        procedure = self.env["onestop.procedure"].browse(
            desk._id(read.said.get("procedure_id"))
        )
        if not procedure.exists():
            return None
        rows = desk.check(person.id, procedure.id)["duplicates"]
        if not rows:
            return None
        return self._differs(
            "duplicate",
            self.env._("This person already has an open dossier of this procedure."),
            self.code_id.code,
            ", ".join(f"{row['code']} ({row['centre']}, {row['on']})" for row in rows),
        )

    def _conflict_parts(self, read):
        desk = self.env["onestop.reception.desk"]
        case = self.env["onestop.procedure.case"].browse(
            desk._id(read.said.get("case_id"))
        )
        rows = read.said.get("parts") or []
        # sudo: onestop.procedure.part - public content of the procedure
        asked = set(case.exists().sudo().part_ids.ids)
        named = {row.get("id") for row in rows}
        problem = desk._missing(read.said).get("parts")
        if case.exists() and named != asked:
            problem = self.env._("The parts have changed. Choose the case again.")
        return self._differs("parts", problem) if problem else None

    def _conflict_fee(self, read):
        desk = self.env["onestop.reception.desk"]
        for row in read.said.get("paid") or []:
            # sudo: onestop.procedure.fee - public content of the procedure
            fee = (
                self.env["onestop.procedure.fee"].sudo().browse(desk._id(row.get("id")))
            )
            if (
                not fee.exists()
                or fee.mode != "fixed"
                or fee.amount != row.get("amount")
            ):
                return self._differs(
                    "fee",
                    self.env._("The money collected differs from the fee in force."),
                    f"{row.get('name')}: {row.get('amount')}",
                    f"{fee.exists().name or '-'}: {fee.exists().amount or '-'}",
                )
        return None

    def _conflict_file(self):
        contents = self._file_contents()
        lost = [f["name"] for f in self._named_files() if f["sha256"] not in contents]
        if not lost:
            return None
        return self._differs(
            "file",
            self.env._("A file did not arrive, or not whole. Scan the paper again."),
            ", ".join(lost),
        )

    # ------------------------------------------------------------
    # Who
    # ------------------------------------------------------------

    def _person_of(self, given):
        """The person of an entry: known, or found by number, or still to be entered.

        :param given: {"id"} of somebody found before the network failed, or {"new":
            values of the form}.
        :return: (person, empty when he is new; conflict or None).
        """
        desk = self.env["onestop.reception.desk"]
        persons = self.env["onestop.person"]
        given = given if isinstance(given, dict) else {}
        known = persons.browse(desk._id(given.get("id"))).exists()
        if known:
            return known, None
        values, problems = desk._read_person(given.get("new") or {})
        number = values.get("identity_number") or values.get("tax_code")
        if problems:
            return persons, self._differs(
                "person_wrong",
                " ".join(problems.values()),
                f"{values.get('name') or '-'} · {self._masked(number) or '-'}",
            )
        found = desk._by_number(number)[:1]
        born = values.get("birth_date") and found.birth_date
        same = search_key(found.name) == search_key(values["name"]) and (
            not born or found.birth_date == values["birth_date"]
        )
        if not found or same:
            return found, None
        return found, self._differs(
            "person",
            self.env._("Somebody else is on record with this number."),
            values["name"],
            found.name,
        )
