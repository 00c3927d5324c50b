# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from collections import defaultdict

from odoo import api, models
from odoo.tools import split_every

from ..catalogue.rows import IDENTITY
from ..catalogue.text import comparison_key

# Versions written at a time: the share of the work after which progress is told.
CHUNK = 250


class OnestopCatalogueLoader(models.AbstractModel):
    """Writes what a plan holds."""

    _inherit = "onestop.catalogue.loader"

    @api.model
    def _apply(self, plan, valid_from, onsite_mode, report=None):
        """Write what a plan without problems holds.

        :param valid_from: legal day on which new versions take effect.
        :param onsite_mode: class of procedures whose file names none.
        :param report: called with (number done, number in all) as the work goes on.
        :return: the procedures written to.
        """
        report = report or (lambda done, total: None)
        entries = plan.new + plan.changed
        self._make_sectors(entries)
        known = self._known([entry.row for entry in entries])
        self._write_identities(plan, known)
        by_code = self._make_procedures(plan, known)
        drafted = plan.new + [entry for entry in plan.changed if entry.revises]
        numbers = self._next_numbers(by_code[entry.row.code] for entry in drafted)
        quiet = self.env["onestop.procedure.version"].with_context(
            tracking_disable=True
        )
        done = 0
        for chunk in split_every(CHUNK, drafted, list):
            report(done, len(drafted))
            values = []
            for entry in chunk:
                procedure = by_code[entry.row.code]
                values.append(
                    self._version_values(
                        entry, procedure, numbers[procedure.id], onsite_mode, known
                    )
                )
            versions = quiet.create(values)
            self._copied(chunk, versions)
            versions._publish(valid_from)
            done += len(chunk)
        report(done, len(drafted))
        for procedure in plan.named:
            procedure.list_mark = False
        touched = self.env["onestop.procedure"].browse(
            {by_code[entry.row.code].id for entry in entries}
        )
        note = self.env._("Imported from a file of the catalogue.")
        touched._message_log_batch(bodies=dict.fromkeys(touched.ids, note))
        return touched

    def _copied(self, entries, versions):
        """Link the steps of new versions as those before them were linked."""
        for entry, version in zip(entries, versions, strict=True):
            for case in entry.version.case_ids if entry.version else ():
                linked = any(step.back_step_id for step in case.step_ids)
                twin = linked and version.case_ids.filtered(
                    lambda c, case=case: c.name == case.name
                )
                if twin and len(twin.step_ids) == len(case.step_ids):
                    twin._copy_links(case)

    @api.model
    def _mark_gone(self, choices):
        """Mark procedures that a list does not name; nothing is taken away.

        :param choices: {onestop.procedure: "review" or "abolish"}
        """
        by_mark = defaultdict(lambda: self.env["onestop.procedure"])
        for procedure, mark in choices.items():
            by_mark[mark] |= procedure
        for mark, procedures in by_mark.items():
            procedures.list_mark = mark

    @api.model
    def _write_identities(self, plan, known):
        """Names, agencies, sectors, levels of procedures that were there before."""
        procedures, values_of = defaultdict(lambda: self.env["onestop.procedure"]), {}
        for entry in plan.new + plan.changed:
            differs = not entry.changes.keys().isdisjoint(IDENTITY)
            if entry.procedure and (differs or not entry.version):
                values = self._identity_values(entry.row, known)
                values_of[repr(values)] = values
                procedures[repr(values)] |= entry.procedure
        for key, values in values_of.items():
            procedures[key].write(values)

    @api.model
    def _make_procedures(self, plan, known):
        """The procedures of all entries by code; new ones are created."""
        entries = plan.new + plan.changed
        by_code = {e.row.code: e.procedure for e in entries if e.procedure}
        unknown = [entry.row for entry in plan.new if not entry.procedure]
        created = (
            self.env["onestop.procedure"]
            .with_context(tracking_disable=True)
            .create(
                [
                    {"code": row.code, **self._identity_values(row, known)}
                    for row in unknown
                ]
            )
        )
        by_code.update({procedure.code: procedure for procedure in created})
        return by_code

    @api.model
    def _make_sectors(self, entries):
        sectors = self._sectors_by_name()
        names = {comparison_key(e.row.sector): e.row.sector for e in reversed(entries)}
        missing = [name for key, name in names.items() if key not in sectors]
        self.env["onestop.sector"].create([{"name": name} for name in missing])

    @api.model
    def _next_numbers(self, procedures):
        ids = [procedure.id for procedure in procedures]
        grouped = self.env["onestop.procedure.version"]._read_group(
            [("procedure_id", "in", ids)], ["procedure_id"], ["number:max"]
        )
        last = {procedure.id: number for procedure, number in grouped}
        return {id_: last.get(id_, 0) + 1 for id_ in ids}
