# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import split_every

from ..catalogue import layout

# Procedures read at a time; the memory used does not grow with the catalogue.
CHUNK = 500
SHEETS = {
    "procedures": layout.PROCEDURE_LAYOUT,
    "parts": layout.PART_LAYOUT,
    "extra": layout.EXTRA_LAYOUT,
}


class OnestopCatalogueLoader(models.AbstractModel):
    """Writes the catalogue in the layout it is read in."""

    _inherit = "onestop.catalogue.loader"

    @api.model
    def _domain_listed(self):
        """Procedures that a list of the catalogue holds: published, not abolished."""
        return Domain("state", "in", ("published", "suspended"))

    @api.model
    def _export(self, procedure_ids, writer):
        """Write procedures that the user may read to the sheets of a writer.

        :param procedure_ids: ids, in the order in which they are written.
        :param writer: `catalogue.sheets.SheetsWriter` or ``CsvWriter`` of `SHEETS`.
        :return: number of procedures written.
        """
        count = 0
        for ids in split_every(CHUNK, procedure_ids):
            procedures = self.env["onestop.procedure"].browse(ids)
            versions = self._last_published(procedures)
            rows = self._stored_rows(versions.values())
            for procedure in procedures:
                if procedure.id not in versions:
                    continue
                row = rows[versions[procedure.id]]
                writer.add("procedures", layout.procedure_cells(row))
                for cells in layout.part_rows(row):
                    writer.add("parts", cells)
                writer.add("extra", layout.extra_cells(row))
                count += 1
            self.env.invalidate_all()
        return count
