# Part of One-Stop. See LICENSE file for full copyright and licensing details.

import base64
import io
from datetime import timedelta

import xlsxwriter

from odoo import api, fields, models

# Labels of the paper list; it is Vietnamese in every language of the user.
METHODS = {
    "cash": "Tiền mặt",
    "card": "Thẻ",
    "transfer": "Chuyển khoản",
    "online": "Trực tuyến",
}
KINDS = {"fee": "Phí", "charge": "Lệ phí", "other": "Khoản thu khác"}
COLUMNS = (
    ("Số biên lai", 22),
    ("Ngày", 12),
    ("Mã hồ sơ", 22),
    ("Khoản thu", 40),
    ("P/LP", 10),
    ("Số tiền", 14),
    ("Hình thức", 14),
    ("Tình trạng", 14),
)
STATES = {"issued": "Đã lập", "cancelled": "Đã hủy", "spoiled": "Hỏng"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# No formula, no link: what was typed stays text.
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


class OnestopCashClosing(models.Model):
    """The list of a day on paper and as a table, and the reminder to close it."""

    _inherit = "onestop.cash.closing"

    def action_print(self):
        """Print the list of the day.

        :return: the report action.
        """
        return self.env.ref("onestop_dossier.cash_closing_report").report_action(self)

    def action_xlsx(self):
        """The receipts of the day, line by line, as a spreadsheet.

        :return: the action that downloads it.
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: ir.attachment - hangs on the closing, read by its rule
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"bang-ke-{self.day:%Y%m%d}-{self.id}.xlsx",
                    "res_model": self._name,
                    "res_id": self.id,
                    "mimetype": XLSX,
                    "datas": base64.b64encode(self._xlsx()),
                }
            )
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
            "target": "download",
        }

    def _xlsx(self):
        target = io.BytesIO()
        with xlsxwriter.Workbook(target, SAFE) as workbook:
            bold = workbook.add_format({"bold": True})
            money = workbook.add_format({"num_format": "#,##0"})
            day = workbook.add_format({"num_format": "dd/mm/yyyy"})
            sheet = workbook.add_worksheet("Bảng kê")
            for column, (title, width) in enumerate(COLUMNS):
                sheet.set_column(column, column, width)
                sheet.write_string(0, column, title, bold)
            for number, values in enumerate(self._xlsx_rows(), 1):
                for column, value in enumerate(values):
                    if column == 1:
                        sheet.write_datetime(number, column, value, day)
                    elif column == 5:
                        sheet.write_number(number, column, value, money)
                    else:
                        sheet.write_string(number, column, value)
            sheet.freeze_panes(1, 0)
        return target.getvalue()

    def _xlsx_rows(self):
        moment = fields.Datetime.to_datetime
        # sudo: onestop.receipt - of the closing that was read by its rule
        for receipt in self.sudo().receipt_ids.sorted("id"):
            common = (receipt.display_name, moment(receipt.day))
            code = receipt.dossier_id.code or ""
            state = STATES[receipt.state]
            if not receipt.line_ids:
                yield (*common, code, receipt.note or "", "", 0, "", state)
            for line in receipt.line_ids:
                yield (
                    *common,
                    code,
                    line.name,
                    KINDS[line.kind],
                    line.amount,
                    METHODS[receipt.method],
                    state,
                )
        for refund in self.sudo().refund_ids.sorted("id"):  # sudo: as above
            yield (
                refund.receipt_id.display_name,
                moment(refund.day),
                refund.dossier_id.code or "",
                refund.line_id.name,
                KINDS[refund.kind],
                -refund.amount,
                METHODS[refund.method],
                "Hoàn trả",
            )

    def _paper_values(self):
        """What the printed list says: plain values and records."""
        self.ensure_one()
        sheet = self.sheet or self._sheet()
        rows = [("Tổng số tiền đã thu", float(sheet["collected"]))]
        rows += [(f"– {METHODS[k]}", float(v)) for k, v in sheet["methods"].items()]
        rows += [
            (f"Trong đó: {KINDS[k].lower()}", float(v))
            for k, v in sheet["kinds"].items()
        ]
        rows += [
            (f"Hoàn trả ({METHODS[k].lower()})", float(v))
            for k, v in sheet["refund_methods"].items()
        ]
        company = self.env["res.company"]
        # sudo: res.company, onestop.department, res.users - names and the place
        centre = company.sudo().search(
            [("onestop_department_id", "=", self.department_id.id)], limit=1
        )
        return {
            "sheet": sheet,
            "rows": [*rows, ("Tiền mặt phải có", float(sheet["cash"]))],
            "cash": float(sheet["cash"]),
            "unit": self.department_id.sudo(),  # sudo: as above
            "cashier": self.cashier_id.sudo().name,  # sudo: as above
            "head": self.head_id.sudo().name,  # sudo: as above
            "place": centre.state_id.name or centre.city,
        }

    # ------------------------------------------------------------
    # Reminder
    # ------------------------------------------------------------

    @api.model
    def _cron_remind(self):
        """Remind cashiers, and who leads them, of days that are not closed."""
        today = self.env["onestop.membership"]._today()
        late = self.search(
            [
                ("state", "!=", "closed"),
                ("day", "<", today),
                ("day", ">=", today - timedelta(days=60)),
            ],
            order="day",
        )
        for closing in late:
            unit = closing.department_id
            people = closing.cashier_id
            if closing.state == "signed":
                people = unit.head_id | unit.deputy_ids
            self.env["mail.thread"].message_notify(
                partner_ids=people.partner_id.ids,
                subject=self.env._("The day is not closed"),
                body=self.env._(
                    "The cash of %(closing)s is not %(what)s yet. Open Fees › "
                    "Daily closing.",
                    closing=closing.display_name,
                    what=self.env._("closed")
                    if closing.state == "signed"
                    else self.env._("counted and signed"),
                ),
            )
