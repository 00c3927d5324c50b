# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from xml.etree import ElementTree

from odoo import models

from odoo.addons.onestop_procedure.vn_format import vn_money_words

# The copies of a receipt (liên), by whom each is kept.
COPIES = (
    "Liên 1: Lưu tại đơn vị thu",
    "Liên 2: Giao người nộp tiền",
    "Liên 3: Lưu cùng chứng từ kế toán",
)
# Rest of the title, by the kinds of what was paid (NĐ 123/2020, Phụ lục).
TITLES = {("fee",): "thu phí", ("charge",): "thu lệ phí"}
KINDS = {"fee": "P", "charge": "LP", "other": "K"}
METHODS = {
    "cash": "Tiền mặt",
    "card": "Thẻ",
    "transfer": "Chuyển khoản",
    "online": "Trực tuyến",
}


class OnestopReceipt(models.Model):
    """A receipt on paper and as data for a provider of electronic receipts."""

    _inherit = "onestop.receipt"

    def action_print(self):
        """Print the receipt in its three copies.

        :return: the report action.
        """
        return self.env.ref("onestop_dossier.receipt_report").report_action(self)

    def receipt_data(self):
        """What an electronic receipt says (NĐ 123/2020/NĐ-CP, Điều 32).

        For programs that hand it to a provider; amounts are decimal numbers as text,
        times are UTC (ISO 8601).

        :return: dictionary.
        """
        self.ensure_one()
        self.check_access("read")
        return self._receipt_data()

    def receipt_xml(self):
        """The same as :meth:`receipt_data`, as XML.

        :return: text.
        """
        root = ElementTree.Element("receipt")
        self._add_xml(root, self.receipt_data())
        return ElementTree.tostring(root, encoding="unicode")

    def _add_xml(self, parent, values):
        for name, value in values.items():
            rows = value if isinstance(value, list) else [value]
            for row in rows:
                child = ElementTree.SubElement(parent, name)
                if isinstance(row, dict):
                    self._add_xml(child, row)
                elif row not in (None, False):
                    child.text = str(row)

    def _receipt_data(self):
        """Hook of the rooms above: what a provider of electronic receipts gets."""
        payer, unit = self.payer_id, self.department_id
        payer and payer._log_reading(["street"])
        return {
            "form": self.book_id.form,
            "symbol": self.book_id.symbol,
            "number": f"{self.number:07d}" if self.number else None,
            "state": self.state,
            "issued": self.issued_at.isoformat(timespec="seconds") + "Z",
            "day": self.day.isoformat(),
            # sudo: onestop.department - name and code of the collecting unit
            "authority": {"code": unit.sudo().code, "name": unit.sudo().name},
            "payer": {
                "name": payer.name,
                "tax_code": payer.tax_code or None,
                "address": self._address(),
            },
            "dossier": self.dossier_id.code,
            "line": [
                {
                    "name": line.name,
                    "kind": KINDS[line.kind],
                    "quantity": line.quantity,
                    "amount": self._money(line.amount, line.currency_id),
                }
                for line in self.line_ids
            ],
            "amount": self._money(self.amount, self.currency_id),
            "currency": self.currency_id.name,
            "in_words": vn_money_words(self.amount),
            "method": self.method,
            "reference": self.reference or None,
        }

    def _address(self):
        return self.payer_id.street or ""

    def _paper_values(self):
        """What the printed receipt says: plain values and records."""
        self.ensure_one()
        self.payer_id._log_reading(["street"])
        kinds = tuple(sorted(set(self.line_ids.mapped("kind"))))
        # sudo: onestop.department, res.users - names of the unit and the cashier
        return {
            "unit": self.department_id.sudo(),
            "cashier": self.user_id.sudo().name,
            "title": TITLES.get(kinds, "thu phí, lệ phí"),
            "internal": self.book_id.is_internal or not self.book_id,
            "address": self._address(),
            "kinds": KINDS,
            "method": METHODS[self.method],
            "copies": COPIES,
            "words": self._amount_words(),
            "place": self.dossier_id.company_id.state_id.name
            or self.dossier_id.company_id.city,
        }
