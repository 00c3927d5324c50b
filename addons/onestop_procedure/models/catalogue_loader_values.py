# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Command

from ..catalogue import CaseRow, default_process, read_laws
from ..catalogue.text import clean, clean_heading, comparison_key, split_list
from ..catalogue.words import FEE_NAME, GENERAL_CASE

# The one case of a new procedure of whose documents nothing is told.
GENERAL = (CaseRow(GENERAL_CASE),)


class OnestopCatalogueLoader(models.AbstractModel):
    """What a row of the catalogue becomes as values of records.

    Of a version that follows another one, all is kept that the files do not say
    otherwise: conditions, processes, forms, what agencies wrote themselves.
    """

    _inherit = "onestop.catalogue.loader"

    @api.model
    def _known(self, rows):
        """What the values of rows refer to, found once for all of them."""
        laws = [n for row in rows for n in read_laws(row.legal_basis)[0]]
        return {
            "departments": self._departments_by_name(),
            "sectors": self._sectors_by_name(),
            "laws": self.env["onestop.decision"]._get_or_create_laws(laws),
            "levels": self._by_code("onestop.level"),
            "subjects": self._by_code("onestop.subject"),
        }

    @api.model
    def _by_code(self, model):
        return {r.code: r.id for r in self.env[model].search_fetch([], ["code"])}

    @api.model
    def _identity_values(self, row, known):
        values = {
            "name": row.name,
            "department_id": known["departments"][comparison_key(row.department)],
            "sector_id": known["sectors"][comparison_key(row.sector)].id,
            "level": row.level,
        }
        if row.levels is not None:
            ids = [known["levels"][code] for code in row.levels]
            values["level_ids"] = [Command.set(ids)]
        if row.frequency:
            values["frequency"] = row.frequency
        return values

    @api.model
    def _version_values(self, entry, procedure, number, onsite_mode, known):
        """Values of the version that an entry asks for.

        :param onsite_mode: class of the plan for a row that names none.
        """
        row, before = entry.row, entry.version
        values = before.copy_data()[0] if before else {}
        values.pop("case_ids", None)
        texts = {
            "online_level": row.online_level,
            "result_name": row.result,
            "legal_basis": row.legal_basis,
            "issuing_body": row.issuing_body,
            "central_decision": row.central_decision,
            "executing_text": row.executing_text,
            "source_url": row.source_url,
        }
        values.update({name: text for name, text in texts.items() if text is not None})
        if "result" in entry.changes:
            # The list of results would bring the former words back.
            values.pop("result_ids", None)
        if row.legal_basis is not None and (
            not before or "legal_basis" in entry.changes
        ):
            numbers = read_laws(row.legal_basis)[0]
            ids = [known["laws"][number].id for number in numbers]
            values["legal_basis_ids"] = [Command.set(ids)]
        if row.executing_text and (not before or "executing_text" in entry.changes):
            keys = map(comparison_key, split_list(row.executing_text))
            ids = {known["departments"].get(key) for key in keys} - {None, False}
            values["executing_ids"] = [Command.set(sorted(ids))]
        if row.subjects is not None:
            ids = [known["subjects"][code] for code in row.subjects]
            values["subject_ids"] = [Command.set(ids)]
        if row.channels is not None:
            values["method_ids"] = self._method_lines(row, before)
        mode = row.onsite_mode or (before and procedure.onsite_mode) or onsite_mode
        return {
            **values,
            "procedure_id": procedure.id,
            "number": number,
            "case_ids": self._case_lines(entry, mode),
        }

    def _method_lines(self, row, before):
        kept = before.method_ids if before else self.env["onestop.procedure.method"]
        lines = [
            method.copy_data({"version_id": False})[0]
            for method in kept
            if method.channel in row.channels
        ]
        present = set(kept.mapped("channel"))
        lines += [{"channel": c} for c in row.channels if c not in present]
        return self._lines(lines)

    def _case_lines(self, entry, mode):
        before = entry.version.case_ids if entry.version else []
        if not entry.version or "cases" in entry.changes:
            kept = {clean_heading(case.name): case for case in reversed(before)}
            pairs = [(kept.get(case.name), case) for case in entry.row.cases or GENERAL]
        else:
            pairs = [(case, None) for case in before]
        return self._lines(
            self._case_values(entry, case, kept, mode) for kept, case in pairs
        )

    def _case_values(self, entry, case, kept, mode):
        """Values of a case.

        :param case: `catalogue.CaseRow`; None when its documents stay as they are.
        :param kept: the case before, if there is one.
        """
        row, changes = entry.row, entry.changes
        values = kept.copy_data({"version_id": False})[0] if kept else {}
        time = (kept.time_value, kept.time_unit) if kept else None
        if not kept or "time" in changes:
            time = row.time
            values["time_value"], values["time_unit"] = time
        is_same_time = kept and time == (kept.time_value, kept.time_unit)
        # The files know nothing of internal processes, and an agency may have written
        # its own: it stays as long as it fits.
        if not is_same_time or "onsite_mode" in changes:
            values["step_ids"] = self._lines(
                {"activity": s.activity, "onsite": s.onsite, "duration": s.hours}
                for s in default_process(*time, mode)
            )
        if not kept or "fee" in changes:
            fee = row.fee
            line = {"mode": fee.mode, "amount": fee.amount, "note": fee.note}
            values["fee_ids"] = [Command.create({"name": FEE_NAME, **line})]
        if case:
            values["name"] = case.name if not kept else kept.name
            values["part_ids"] = self._lines(self._part_values(case, kept))
        return values

    def _part_values(self, case, kept):
        """Values of the documents, with forms and codes that were on record."""
        stored = {clean(part.name): part for part in kept.part_ids} if kept else {}
        for part in case.parts:
            before = stored.get(part.name)
            values = (
                before.copy_data({"case_id": False})[0]
                if before
                else {"name": part.name, "required": part.required}
            )
            yield {**values, "originals": part.originals, "copies": part.copies}

    def _lines(self, values):
        return [
            Command.create({**line, "sequence": sequence})
            for sequence, line in enumerate(values, 1)
        ]
