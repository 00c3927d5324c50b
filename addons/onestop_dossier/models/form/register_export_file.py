# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import xlsxwriter

from odoo import api, models
from odoo.tools import split_every

from odoo.addons.onestop_procedure.catalogue.text import escape_cell
from odoo.addons.onestop_procedure.pdf import html_to_pdf

from ...forms import form_of, register

# Lines laid out at a time, and told as progress.
CHUNK = 500
SAFE = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class OnestopRegisterExport(models.Model):
    """The file of a book: read in the name of whoever asked for it."""

    _inherit = "onestop.register.export"

    def _filename(self):
        return f"so-theo-doi-ho-so-{self.date_from:%Y%m%d}.{self.layout}"

    def _write_file(self, target):
        """Write the book, as the present user.

        :param target: a file open for binary writing.
        :raises UserError: there is nothing, or too much for a PDF.
        """
        self.ensure_one()
        self._check_size()
        dossiers = self.env["onestop.dossier"]
        dossiers._register_log(self._domain())
        context = self.env["ir.actions.report"]._onestop_print_context()
        printer = self.with_context(**context)
        rows = dossiers.with_context(**context)._register_rows(self._domain())
        if self.layout == "pdf":
            target.write(printer._pdf(list(rows)))
        else:
            printer._write_xlsx(target, rows)

    def _head(self):
        """What stands over the table and under it."""
        # sudo: onestop.department - the unit's name and its superior's
        unit = self.company_id.sudo().onestop_department_id
        rules = self.env["onestop.dossier"]._rule_set_on(self.date_from)
        gaps = []
        if not (self.sector_id or self.department_id or self.receiver_id):
            gaps = self.env["onestop.dossier"]._register_gaps(self._domain())
        return {
            "form": form_of("register", rules),
            "unit": unit,
            "place": self.company_id.state_id.name or self.company_id.city,
            "columns": register.COLUMNS,
            "gaps": gaps,
        }

    def _write_xlsx(self, target, rows):
        head = self._head()
        workbook = xlsxwriter.Workbook(target, SAFE)
        bold = workbook.add_format(
            {"bold": True, "text_wrap": True, "border": 1, "align": "center"}
        )
        plain = workbook.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        sheet = workbook.add_worksheet("Sổ theo dõi hồ sơ")
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)
        sheet.freeze_panes(3, 2)
        title = f"{head['form'].title} ({head['form'].number}, {head['form'].circular})"
        sheet.write_string(0, 0, f"{head['unit'].name}: {title}")
        sheet.write_string(1, 0, f"{self.date_from:%d/%m/%Y} – {self.date_to:%d/%m/%Y}")
        for number, column in enumerate(register.COLUMNS):
            sheet.set_column(number, number, 2 * column.width)
            name = ": ".join(filter(None, (column.group, column.title)))
            sheet.write_string(2, number, name, bold)
        line = 2
        for line, row in enumerate(rows, start=3):
            for number, column in enumerate(register.COLUMNS):
                # Never a formula, a number or a link: it is as it was written.
                sheet.write_string(line, number, escape_cell(row[column.key]), plain)
            if not line % CHUNK:
                self._tell(line - 2)
        sheet.write_string(line + 1, 0, f"Tổng số: {line - 2} hồ sơ.")
        if head["gaps"]:
            sheet.write_string(line + 2, 0, self._gap_text(head["gaps"]))
        workbook.close()

    @api.model
    def _gap_text(self, gaps):
        told = ", ".join(f"{book} số {number}" for book, number in gaps)
        return f"Số thứ tự không sử dụng (tiếp nhận không hoàn thành): {told}."

    def _pdf(self, rows):
        # sudo: ir.actions.report - the layout of a paper; rows are read as the user
        reports = self.env["ir.actions.report"].sudo()
        head, documents, done = self._head(), [], 0
        for part, chunk in enumerate(split_every(CHUNK, rows), start=1):
            done += len(chunk)
            values = {
                "export": self,
                **head,
                "gap_text": self._gap_text(head["gaps"]) if head["gaps"] else "",
                "rows": chunk,
                "part": part if len(rows) > CHUNK else 0,
                "is_first": part == 1,
                "total": len(rows) if done == len(rows) else 0,
                "res_company": self.company_id,
                **reports._onestop_print_values(),
            }
            html = reports._render_template("onestop_dossier.report_register", values)
            documents.append(html.decode())
            self._tell(done)
        return html_to_pdf(documents)
