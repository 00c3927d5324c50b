# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import json

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..catalogue.annex import write_annex
from ..catalogue.sheets import CsvWriter, SheetsWriter
from ..models.catalogue_export_rows import SHEETS

EXTENSIONS = {
    "list_xlsx": "xlsx",
    "list_csv": "zip",
    "annex_xlsx": "xlsx",
    "annex_pdf": "pdf",
    "package": "zip",
}


class OnestopCatalogueExport(models.TransientModel):
    """Export of procedures: the national layout, an annex, or a whole configuration.

    What the user may not read is not in it: everything is read in his name.
    """

    _name = "onestop.catalogue.export"
    _description = "Export of the catalogue"

    scope = fields.Selection(
        [
            ("selection", "The selected procedures"),
            ("shown", "All that the list shows"),
            ("all", "The whole catalogue"),
        ],
        required=True,
        default=lambda self: "selection" if self._chosen("active_ids") else "all",
    )
    selection = fields.Char(
        default=lambda self: json.dumps(self._chosen("active_ids")),
        export_string_translation=False,
    )
    shown = fields.Char(
        default=lambda self: json.dumps(list(self._chosen("active_domain"))),
        export_string_translation=False,
    )
    layout = fields.Selection(
        [
            ("list_xlsx", "National list, Excel (.xlsx)"),
            ("list_csv", "National list, CSV files in an archive (.zip)"),
            ("annex_xlsx", "Annex of a publishing decision, Excel (.xlsx)"),
            ("annex_pdf", "Annex of a publishing decision, for printing (.pdf)"),
            ("package", "Configuration for another database (.zip)"),
        ],
        required=True,
        default="list_xlsx",
    )
    count = fields.Integer(compute="_compute_count", string="Procedures")
    left_out = fields.Integer(
        compute="_compute_count",
        help="Drafts never published and abolished procedures are no part of the list.",
    )

    @api.model
    def _chosen(self, name):
        """What the list of the catalogue tells: selected rows, or its own domain."""
        context = self.env.context
        if context.get("active_model") != "onestop.procedure":
            return []
        return context.get(name) or []

    @api.depends("scope", "layout", "selection", "shown")
    def _compute_count(self):
        for export in self:
            total = self.env["onestop.procedure"].search_count(export._scope_domain())
            export.count = self.env["onestop.procedure"].search_count(
                export._full_domain()
            )
            export.left_out = total - export.count

    def _scope_domain(self):
        if self.scope == "selection":
            return Domain("id", "in", json.loads(self.selection or "[]"))
        if self.scope == "shown":
            return Domain(json.loads(self.shown or "[]"))
        return Domain.TRUE

    def _full_domain(self):
        domain = self._scope_domain()
        if self.layout in ("list_xlsx", "list_csv"):
            domain &= self.env["onestop.catalogue.loader"]._domain_listed()
        return domain

    def _procedures(self):
        return self.env["onestop.procedure"].search(self._full_domain())

    # ------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------

    def action_export(self):
        """Make the file.

        :return: the action that downloads it.
        :raises UserError: there is nothing to export.
        """
        self.ensure_one()
        self._check_exporter()
        if not self.count:
            raise UserError(self.env._("There is no procedure to export."))
        return {
            "type": "ir.actions.act_url",
            "url": f"/onestop/catalogue/export/{self.id}",
            "target": "download",
        }

    @api.model
    def _check_exporter(self):
        """Refuse whoever is neither an author of procedures nor an administrator.

        :raises AccessError: for all others.
        """
        user = self.env.user
        if not (
            self.env.su
            or user.has_group("onestop_procedure.group_author")
            or user.has_group("base.group_system")
        ):
            raise AccessError(
                self.env._("The catalogue is exported by authors of procedures.")
            )

    # ------------------------------------------------------------
    # Files
    # ------------------------------------------------------------

    def _filename(self):
        today = self.env["onestop.membership"]._today()
        names = {
            "annex_xlsx": "phu-luc",
            "annex_pdf": "phu-luc",
            "package": "cau-hinh-thu-tuc",
        }
        name = names.get(self.layout, "danh-muc-thu-tuc")
        return f"{name}-{today:%Y%m%d}.{EXTENSIONS[self.layout]}"

    def _write(self, target):
        """Write the file of this export, as the present user.

        :param target: a file open for binary writing.
        """
        self.ensure_one()
        self._check_exporter()
        if self.layout == "annex_xlsx":
            target.write(write_annex(*self._annex()))
        elif self.layout == "annex_pdf":
            report = "onestop_procedure.report_export_annex"
            pdf, _kind = self.env["ir.actions.report"]._render_onestop_pdf(
                report, self.ids
            )
            target.write(pdf)
        elif self.layout == "package":
            self.env["onestop.package"]._write_package(self._procedures(), target)
        else:
            make = SheetsWriter if self.layout == "list_xlsx" else CsvWriter
            writer = make(target, SHEETS)
            ids = self._procedures().ids
            self.env["onestop.catalogue.loader"]._export(ids, writer)
            writer.close()

    def _annex(self):
        """Title, reference and groups of the annex of these procedures."""
        procedures = self._procedures()
        return self.env["onestop.annex"]._of_procedures(procedures)
