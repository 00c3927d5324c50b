# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import io

import xlsxwriter

from odoo import models

from .review_stages import STAGES

# Fixed by the decision, in Vietnamese in every language of the user.
COLUMNS = (
    ("TT", 6),
    ("Mã thủ tục", 14),
    ("Tên thủ tục hành chính", 70),
    ("Lĩnh vực", 28),
    ("Tiếp nhận", 11),
    ("Thẩm định", 11),
    ("Phê duyệt", 11),
    ("Trả kết quả", 11),
    ("Hình thức thực hiện tại Trung tâm", 34),
)
MODES = {
    "full": "Tiếp nhận, thẩm định, phê duyệt, trả kết quả",
    "no_approval": "Tiếp nhận, thẩm định",
    "no_appraisal": "Tiếp nhận, phê duyệt, trả kết quả",
    "reception": "Tiếp nhận, trả kết quả",
}
TITLE = (
    "Danh mục thủ tục hành chính thực hiện tiếp nhận, thẩm định, phê duyệt, "
    "trả kết quả tại Trung tâm Phục vụ hành chính công"
)


class OnestopReview(models.Model):
    """The list as annex of the decision: PDF and .xlsx of the same rows."""

    _inherit = "onestop.review"

    def _annex_groups(self):
        """Rows of the list by agency, as the printed annex has them.

        :return: list of (name of the agency, list of dictionaries).
        """
        self.ensure_one()
        lines = self.env["onestop.review.line"]
        if self.decision_id:
            # sudo: onestop.review.line - a signed list is read by all; a draft by
            # those who read the agencies' papers
            lines = lines.sudo()
        lines = lines.search(
            self._domain_list(), order="department_id, sector_id, procedure_id"
        )
        groups = {}
        for line in lines:
            accepted = line.part_id.state == "accepted"
            stages = (
                line._proposed_stages()
                if accepted
                else (line.present_stages or "").split(",")
            )
            mode = line.proposed_mode if accepted else line.present_mode
            groups.setdefault(line.department_id, []).append(
                {
                    "code": line.procedure_id.code,
                    "name": line.procedure_id.name,
                    "sector": line.sector_id.name,
                    "stages": [stage in stages for stage in STAGES],
                    "mode": MODES[mode],
                }
            )
        return [(department.name, rows) for department, rows in groups.items()]

    def _annex_reference(self):
        """The line under the title that names the decision."""
        issuer = "Chủ tịch Ủy ban nhân dân tỉnh"
        if not self.decision_id:
            return f"(Dự thảo, kèm theo Quyết định của {issuer})"
        day = self.decision_id.date
        return (
            f"(Ban hành kèm theo Quyết định số {self.decision_id.number} "
            f"ngày {day:%d/%m/%Y} của {issuer})"
        )

    def _annex_xlsx(self):
        """The annex as the bytes of an .xlsx workbook."""
        target = io.BytesIO()
        # A name that begins with "=" is a name, not a formula.
        options = {"in_memory": True, "strings_to_formulas": False}
        with xlsxwriter.Workbook(target, options) as book:
            sheet = book.add_worksheet("Danh mục")
            font = {"font_name": "Times New Roman", "font_size": 12}
            box = {**font, "border": 1, "valign": "top", "text_wrap": True}
            head = book.add_format({**box, "bold": True, "align": "center"})
            cell = book.add_format(box)
            middle = book.add_format({**box, "align": "center"})
            agency = book.add_format({**box, "bold": True})
            title = book.add_format({**font, "bold": True, "align": "center"})
            under = book.add_format({**font, "italic": True, "align": "center"})
            last = len(COLUMNS) - 1
            sheet.merge_range(0, 0, 0, last, TITLE.upper(), title)
            sheet.merge_range(1, 0, 1, last, self._annex_reference(), under)
            for column, (label, width) in enumerate(COLUMNS):
                sheet.set_column(column, column, width)
                sheet.write(3, column, label, head)
            row = 4
            for name, rows in self._annex_groups():
                sheet.merge_range(row, 0, row, last, name, agency)
                row += 1
                for number, line in enumerate(rows, 1):
                    marks = ["x" if onsite else "" for onsite in line["stages"]]
                    for column, (value, style) in enumerate(
                        [
                            (number, middle),
                            (line["code"], middle),
                            (line["name"], cell),
                            (line["sector"], cell),
                            *((mark, middle) for mark in marks),
                            (line["mode"], cell),
                        ]
                    ):
                        sheet.write(row, column, value, style)
                    row += 1
            sheet.freeze_panes(4, 0)
            sheet.repeat_rows(3)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
        return target.getvalue()

    def action_annex_xlsx(self):
        """Download the annex as .xlsx.

        :return: the action that fetches the file.
        """
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_url",
            "url": f"/onestop/review/{self.id}/annex.xlsx",
            "target": "download",
        }
