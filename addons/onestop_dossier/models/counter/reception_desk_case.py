# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_amount

from odoo.addons.onestop_procedure.identity import search_key

from ...forms import split_copies
from ...ledger.transitions import CLOSED
from ..file.dossier_file import QUARANTINED

FOUND = 8
# So many are looked at to put the likely ones first.
LOOKED_AT = 60


class OnestopReceptionDesk(models.AbstractModel):
    """What is asked for: the procedure as one types, its case, parts, fees, time."""

    _inherit = "onestop.reception.desk"

    @api.model
    def find_procedure(self, text, pooled=False):
        """Find a procedure by a few words or its code, without diacritics.

        :param pooled: only those of the pooled counter (rare procedures that the
            Centre's own staff receive).
        :return: list of rows; what arises often comes first.
        """
        self._centre()
        words = search_key(text or "").split()
        if not words and not pooled:
            return []
        procedures = self.env["onestop.procedure"]
        today = self.env["onestop.membership"]._today()
        domain = Domain("state", "=", "published") & Domain(
            "version_ids",
            "any",
            self.env["onestop.procedure.version"]._domain_at(today),
        )
        domain &= Domain.AND(Domain("search_key", "like", word) for word in words)
        if pooled:
            domain &= Domain("pooled", "=", True)
        often = {"frequent": 0, "low": 1}
        found = procedures.search(domain, limit=LOOKED_AT).sorted(
            lambda p: (p.code != text, often.get(p.frequency, 2), len(p.name), p.id)
        )
        return [
            {
                "id": procedure.id,
                "code": procedure.code,
                "name": procedure.name,
                "agency": procedure.department_id.name,
                "pooled": procedure.pooled,
                "time": procedure.time_text,
            }
            for procedure in found[:FOUND]
        ]

    @api.model
    def open_case(
        self, procedure_id, case_id=None, person_id=None, area=False, channel=None
    ):
        """Everything the desk shows of a procedure: cases, parts, fees, two promises.

        :param case_id: the case; default the first one.
        :param person_id: the owner, for what :meth:`check` says and what can be used
            again.
        :param area: "remote" where the procedure gives more time for remote areas.
        :param channel: how it is filed.
        :return: plain values; due date and usual time stand apart (legal and usual).
        :raises UserError: no version is in force today.
        """
        centre = self._centre()
        procedure = self._procedure(procedure_id)
        cases = procedure.version_id.case_ids
        if not cases:
            raise UserError(
                self.env._(
                    "The procedure %(code)s is not in force on this day. Choose the "
                    "one that took its place.",
                    code=procedure.code,
                )
            )
        case = cases.filtered(lambda c: c.id == self._id(case_id)) or cases[:1]
        now = self._now()
        area = case.remote_extra and area == "remote" and "remote"
        limit, due = case._due_if_received(centre, now, area, channel or "counter")
        legal_day = self.env["onestop.dossier"]._legal_day
        person = self._person(person_id) if self._id(person_id) else None
        reuse = self._reusable(person, case) if person else {}
        return {
            "id": procedure.id,
            "code": procedure.code,
            "name": procedure.name,
            "pooled": procedure.pooled,
            "agencies": self._agencies(procedure, centre),
            "case_id": case.id,
            "cases": [{"id": c.id, "name": c.name} for c in cases],
            "limit": self.env["onestop.dossier"]._limit_text(limit),
            "remote_extra": case.remote_extra,
            "due": self._when(due) or "",
            "same_day": not due or legal_day(due) == legal_day(now),
            "promise": case._promise(centre, now),
            "parts": [self._part_row(part, reuse) for part in case.part_ids],
            "fees": [self._fee_row(fee) for fee in case.fee_ids],
            **(self.check(person.id, procedure.id) if person else {}),
        }

    @api.model
    def check(self, person_id, procedure_id):
        """Whether this person already has an open dossier of this procedure.

        Asked of all Centres: since NĐ 118/2025 any of them receives for the province.
        Only code, day and Centre are told of what the user cannot open.

        :return: {"duplicates": rows, "guided": earlier guidance, newest first}.
        """
        self._centre()
        person, procedure = self._person(person_id), self._procedure(procedure_id)
        mine = self.env["onestop.dossier"]
        domain = (
            Domain("person_id", "=", person.id)
            & Domain("procedure_id", "=", procedure.id)
            & Domain("state", "not in", CLOSED)
        )
        # sudo: onestop.dossier - only code, day and Centre of a duplicate
        duplicates = mine.sudo().search(domain, limit=3)
        seen = duplicates.with_env(self.env)._filtered_access("read").ids
        given = self.env["onestop.guidance"]._given(person, procedure)
        return {
            "duplicates": [
                {
                    "id": dossier.id if dossier.id in seen else False,
                    "code": dossier.code or self.env._("draft"),
                    "centre": dossier.company_id.name,
                    "on": self._on(
                        dossier.received_at
                        or dossier.submitted_at
                        or dossier.create_date
                    ),
                }
                for dossier in duplicates
            ],
            "guided": [
                {
                    "id": notice.id,
                    "number": notice.number,
                    "on": self._on(notice.given_at),
                    "by": notice.user_id.name,
                    "reason": notice.reason,
                }
                for notice in given
            ],
        }

    # ------------------------------------------------------------
    # Rows
    # ------------------------------------------------------------

    @api.model
    def _agencies(self, procedure, centre):
        """Place of support, of reception, and who decides (three since NĐ 118/2025)."""
        # sudo: onestop.department - names of agencies
        unit = centre.onestop_department_id.sudo()
        competent = procedure.department_id.sudo()  # sudo: as above
        return {
            "support": unit.name,
            "reception": centre.name,
            "competent": competent._current().name,
        }

    @api.model
    def _part_row(self, part, reuse):
        return {
            "id": part.id,
            "name": part.name,
            "required": part.required,
            "asked_originals": part.originals,
            "asked_copies": part.copies,
            "originals": part.originals,
            **split_copies(part.name, part.copies),
            "received": False,
            "finding": False,
            "note": "",
            "files": [],
            "kept": 0,
            "kept_files": [],
            "reuse": reuse.get(part.code) or False,
            "reused": False,
        }

    @api.model
    def _fee_row(self, fee):
        labels = dict(fee._fields["collect_at"]._description_selection(self.env))
        return {
            "id": fee.id,
            "name": fee.name,
            "amount": fee.amount,
            "text": (
                format_amount(self.env, fee.amount, fee.currency_id)
                if fee.mode == "fixed"
                else fee.amount_text
            ),
            "collect_at": fee.collect_at,
            "collect_label": labels[fee.collect_at],
            "paid": False,
        }

    @api.model
    def _reusable(self, person, case):
        """Files of the same papers that this person handed in before, by paper code.

        Only of dossiers that the user may read (NĐ 107/2021/NĐ-CP: what was digitised
        is not asked for again).
        """
        codes = [part.code for part in case.part_ids if part.code]
        if not codes:
            return {}
        files = self.env["onestop.dossier.file"].search(
            Domain("dossier_id.person_id", "=", person.id)
            & Domain("kind", "=", "submitted")
            & Domain("scan_state", "not in", QUARANTINED)
            & Domain("newer_ids", "=", False)
            & Domain("dossier_part_id.part_id.code", "in", codes),
            order="id desc",
            limit=LOOKED_AT,
        )
        found = {}
        for file in files:
            code = file.dossier_part_id.part_id.code
            found.setdefault(
                code,
                {
                    "file": file.id,
                    "year": file.create_date.year,
                    "code": file.dossier_id.code or "",
                },
            )
        return found
