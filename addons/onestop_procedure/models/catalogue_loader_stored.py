# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ..catalogue import CaseRow, FeeRow, PartRow, ProcedureRow, words
from ..catalogue.rows import merge_cases, one_fee, one_time
from ..catalogue.text import clean, clean_heading, split_list


class OnestopCatalogueLoader(models.AbstractModel):
    """What is on record, as a row of the files says it: the inverse of an import.

    The export writes these rows and the import compares with them, so that what was
    exported comes back as unchanged.
    """

    _inherit = "onestop.catalogue.loader"

    @api.model
    def _stored_rows(self, versions):
        """Rows of the files for versions.

        :param versions: records of onestop.procedure.version, or a list of them.
        :return: {version: `catalogue.ProcedureRow`}.
        """
        versions = self.env["onestop.procedure.version"].browse(
            [version.id for version in versions]
        )
        names = self._department_names(versions.procedure_id.department_id.ids)
        currency = self.env["ir.model.data"]._xmlid_to_res_id("base.VND")
        return {
            version: self._stored_row(version, names, currency) for version in versions
        }

    def _stored_row(self, version, names, currency):
        procedure, cases = version.procedure_id, version.case_ids
        fees = [tuple(self._fee_row(f, currency) for f in c.fee_ids) for c in cases]
        value, unit = one_time((case.time_value, case.time_unit) for case in cases)
        subjects = set(version.subject_ids.mapped("code"))
        channels = set(version.method_ids.mapped("channel"))
        levels = set(procedure.level_ids.mapped("code")) or {procedure.level}
        return ProcedureRow(
            line=0,
            code=procedure.code,
            name=clean(procedure.name),
            sector=procedure.sector_id.name,
            department=names[procedure.department_id.id],
            levels=tuple(code for code in words.LEVELS.values() if code in levels),
            time_value=value,
            time_unit=unit,
            fee=one_fee(fees),
            result=clean(version.result_name or "").lstrip(" :;,-"),
            online_level=version.online_level,
            legal_basis="; ".join(split_list(version.legal_basis or "")),
            frequency=procedure.frequency or "",
            onsite_mode=procedure.onsite_mode,
            issuing_body=clean(version.issuing_body or ""),
            central_decision=clean(version.central_decision or ""),
            executing_text=clean(version.executing_text or ""),
            subjects=tuple(code for code in words.SUBJECTS if code in subjects),
            channels=tuple(c for c in words.CHANNELS.values() if c in channels),
            source_url=clean(version.source_url or ""),
            cases=merge_cases(
                CaseRow(
                    clean_heading(case.name),
                    tuple(
                        PartRow(clean(part.name), part.originals, part.copies)
                        for part in case.part_ids
                    ),
                )
                for case in cases
            ),
        )

    @api.model
    def _fee_row(self, fee, currency):
        """A fee as a cell says it; one in another currency only in words."""
        note = clean(fee.note or "")
        if fee.mode == "fixed" and fee.currency_id.id != currency:
            amount = f"{fee.amount:.2f} {fee.currency_id.name}"
            return FeeRow("text", 0, ": ".join(filter(None, (amount, note))))
        return FeeRow(fee.mode, round(fee.amount), note)
