# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.exceptions import UserError

from ...forms import split_copies


class OnestopReceptionDesk(models.AbstractModel):
    """When it cannot be received: one guidance, or a refusal with its reason."""

    _inherit = "onestop.reception.desk"

    @api.model
    def guide(self, entry):
        """Guide the citizen, once and completely (form 02); nothing is registered.

        A dossier of the online inbox waits for its supplement from now on
        (NĐ 45/2020/NĐ-CP, Điều 11 khoản 4).

        :param entry: {"person_id", "procedure_id", "dossier_id" or none, "reason",
            "items": [{"part_id", "name", "note"}], "advice": how to mend it, or none,
            "again": whether the user has read that a guidance was given before}.
        :return: {"guided": earlier guidance} when there is one and ``again`` is not
            set, else {"id", "number", "print": the report action}.
        :raises UserError: no reason, or nothing is asked for.
        """
        self._centre()
        person, procedure, dossier = self._subject(entry)
        if not entry.get("again"):
            guided = self.check(person.id, procedure.id)["guided"]
            if guided:
                return {"guided": guided}
        items = self._items(entry.get("items"), procedure)
        reason = self._text(entry.get("reason"))
        advice = self._text(entry.get("advice"))
        notices = self.env["onestop.guidance"]
        if dossier.state == "submitted" and reason and items:
            # The act makes form 02, of what was entered here.
            dossier._do_request_supplement(
                reason,
                [item["name"] for item in items],
                notice_items=items,
                advice=advice,
            )
            return self._given(dossier.guidance_ids.sorted("id")[-1:])
        return self._given(
            notices._give("guidance", person, procedure, reason, items, dossier, advice)
        )

    @api.model
    def refuse(self, entry):
        """Refuse reception, with the reason in writing (form 03).

        A draft or a dossier of the online inbox ends as refused (national status 3);
        without one the refusal itself is kept.

        :param entry: {"person_id", "procedure_id", "dossier_id" or none, "reason"}.
        :return: {"id", "print": the report action}.
        :raises UserError: no reason.
        """
        self._centre()
        person, procedure, dossier = self._subject(entry)
        reason = self._text(entry.get("reason"))
        if dossier:
            dossier.action_refuse(reason)
            return self._given(dossier.guidance_ids.sorted("id")[-1:])
        notices = self.env["onestop.guidance"]
        return self._given(notices._give("refusal", person, procedure, reason))

    # ------------------------------------------------------------
    # What was entered
    # ------------------------------------------------------------

    @api.model
    def _subject(self, entry):
        """Person, procedure and dossier of a notice, as the user sees them."""
        dossiers = self.env["onestop.dossier"]
        dossier = dossiers.browse(self._id(entry.get("dossier_id"))).exists()
        if dossier:
            dossier.check_access("read")
            return dossier.person_id, dossier.procedure_id, dossier
        person = self._id(entry.get("person_id"))
        procedure = self._id(entry.get("procedure_id"))
        if not person or not procedure:
            raise UserError(
                self.env._("Find the person (F2) and choose the procedure (F3) first.")
            )
        return self._person(person), self._procedure(procedure), dossiers

    @api.model
    def _items(self, rows, procedure):
        """Papers asked for; counts as in the case when it is one of its parts."""
        # sudo: onestop.procedure.part - public content of the procedure
        known = procedure.sudo().version_id.case_ids.part_ids
        items = []
        for number, row in enumerate(rows or []):
            name = self._text(row.get("name"))
            if not name:
                continue
            part = known.filtered(lambda p, row=row: p.id == row.get("part_id"))
            items.append(
                {
                    "sequence": number,
                    "part_id": part.id,
                    "name": name,
                    "originals": part.originals,
                    **split_copies(name, part.copies),
                    "note": self._text(row.get("note")) or False,
                }
            )
        return items

    @api.model
    def _text(self, value):
        return value.strip() if isinstance(value, str) else ""

    @api.model
    def _given(self, notice):
        return {
            "id": notice.id,
            "number": notice.number or "",
            "print": notice.action_print(),
        }
