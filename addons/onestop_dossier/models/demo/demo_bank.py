# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, models

from ...money.purpose import purpose
from ..ledger.dossier_transition import OCCURRED

COLUMNS = {
    "day": "Ngày giao dịch",
    "reference": "Số tham chiếu",
    "debit": "Ghi nợ",
    "credit": "Ghi có",
    "description": "Nội dung chi tiết",
}


class OnestopDemo(models.AbstractModel):
    """An account of the Centre, and a statement with what happens in practice."""

    _inherit = "onestop.demo"

    @api.model
    def _load_bank(self):
        """Propose and confirm an account, and import a statement of today."""
        centre = self.env.ref("base.main_company")
        account = self._demo_account(centre)
        cashier = self.env["res.users"].search([("login", "=", "cashier.centre")])
        moment = self.env.cr.now()
        account = account.with_user(cashier).with_context(
            onestop_occurred=(OCCURRED, moment, "demo")
        )
        self.env.flush_all()
        account.env["onestop.bank.statement"]._import(
            account,
            f"sao-ke-{moment:%Y%m%d}.csv",
            self._demo_statement(centre, moment).encode(),
            COLUMNS,
        )

    @api.model
    def _demo_account(self, centre):
        users = self.env["res.users"]
        people = {
            login: users.search([("login", "=", login)])
            for login in ("cashier.centre", "director.centre")
        }
        self.env.flush_all()
        account = (
            self.env["onestop.bank.account"]
            .with_user(people["cashier.centre"])
            .create(
                {
                    "company_id": centre.id,
                    "bank_bin": "970436",
                    "bank_name": "Ngân hàng mẫu",
                    "number": "1000000001",
                    "holder": "TRUNG TAM PHUC VU HANH CHINH CONG (MAU)",
                    "reason": "Dữ liệu thử, không phải tài khoản thật.",
                }
            )
        )
        account.with_user(people["director.centre"])._do_confirm()
        return account

    @api.model
    def _demo_statement(self, centre, moment):
        """What citizens sent: right, by hand, too little, and for nobody.

        The citizens with a login still have theirs to pay, to try it on the portal.
        """
        waiting = self._demo_waiting(centre, moment)
        rows = []
        for number, dossier in enumerate(waiting[:4]):
            amount = round(sum(dossier._fees_asked().mapped("amount")))
            text = f"MBVCB.59312{number}.{purpose(dossier.code)}.CT tu 0123456789"
            if number == 2:
                text = f"nop le phi ho so {dossier.code}"
            elif number == 3:
                amount -= 5000
            rows.append((amount, text))
        rows.append((150000, "CHUYEN TIEN"))
        lines = [";".join(COLUMNS.values())]
        for number, (amount, text) in enumerate(rows, 1):
            told = f"{amount:,}".replace(",", ".")
            lines.append(f"{moment:%d/%m/%Y};FT{moment:%y%j}{number:04};;{told};{text}")
        lines.append(f"{moment:%d/%m/%Y};FT{moment:%y%j}9999;11.000;;Phi dich vu")
        return "\n".join(lines)

    @api.model
    def _demo_waiting(self, centre, moment):
        """Dossiers with fees to pay: amounts that the law leaves open are stated.

        Of the citizens with a login they are stated, too, and not returned here.
        """
        cashier = self.env["res.users"].search([("login", "=", "cashier.centre")])
        fees = self.env["onestop.dossier.fee"].search(
            [
                ("dossier_id.company_id", "=", centre.id),
                ("dossier_id.state", "in", ("processing", "approving")),
                ("is_stated", "=", False),
                ("collect_at", "=", "reception"),
            ],
            order="id desc",
        )
        own = fees.filtered(lambda f: f.dossier_id.person_id.partner_id.user_ids)
        for number, fee in enumerate(own | fees[:6]):
            dossier = fee.dossier_id.with_user(cashier)._occurred(moment, "demo")
            dossier._do_set_fee(
                fee.id, "Mức thu theo quy định của tỉnh.", 50000 + 10000 * number
            )
        return (fees[:6] - own).dossier_id - own.dossier_id
