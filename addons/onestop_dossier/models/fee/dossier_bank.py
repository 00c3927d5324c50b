# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from odoo import api, fields, models

from odoo.addons.onestop_procedure.pdf import qr_data_uri

from ...ledger.transitions import CLOSED, rows_for
from ...money import vietqr
from ...money.picture import png_data_uri
from ...money.purpose import purpose

# What a transfer's purpose leaves out of a code, see ``money.purpose``.
SQUEEZED = "translate(upper(code), '.-/_ ', '')"


class OnestopDossier(models.Model):
    """Paying by bank: the code to scan, and the way back from a statement."""

    _inherit = "onestop.dossier"

    transfer_code = fields.Html(
        compute="_compute_transfer_code",
        sanitize=False,
        groups="base.group_user",
        help="VietQR for what is to be paid now; the citizen scans it.",
    )

    _transfer_idx = models.Index(f"(({SQUEEZED})) WHERE code IS NOT NULL")

    @api.depends_context("uid", "lang")
    @api.depends("fee_ids.paid_at", "fee_ids.amount", "state", "code")
    def _compute_transfer_code(self):
        for dossier in self:
            transfer = dossier._transfer()
            dossier.transfer_code = transfer and self.env["ir.qweb"]._render(
                "onestop_dossier.transfer_code", {"transfer": transfer}
            )

    def _fees_asked(self):
        """The fees whose time has come: what is due at return only once finished."""
        self.ensure_one()
        unpaid = self._unpaid_fees()
        if self.finished_at:
            return unpaid
        return unpaid.filtered(lambda fee: fee.collect_at != "return")

    def _can_be_paid(self):
        """Whether fees may be collected in this state."""
        return bool(self.state not in CLOSED and rows_for("collect_fee", self.state))

    def _transfer(self, fees=None):
        """What a citizen's banking app needs to pay by transfer.

        :param fees: default those whose time has come.
        :return: plain values (``text`` of the code, ``image`` and ``picture`` as SVG
            and PNG, ``amount``, ``purpose``, ``bank``, ``number``, ``holder``), or
            None when nothing is due now, the dossier has no code yet, or the Centre
            has no account.
        """
        self.ensure_one()
        # sudo: onestop.dossier - asked for a dossier that the reader may see
        dossier = self.sudo()
        fees = dossier._fees_asked() if fees is None else fees
        if not (fees and dossier.code and dossier._can_be_paid()):
            return None
        agency = dossier.department_id or dossier.procedure_id.department_id
        account = self.env["onestop.bank.account"]._in_use(dossier.company_id, agency)
        if not account:
            return None
        amount = sum(fees.mapped("amount"))
        told = purpose(dossier.code)
        try:
            text = vietqr.encode(
                vietqr.Transfer(account.bank_bin, account.number, round(amount), told)
            )
        except vietqr.VietQRError:  # a code longer than a purpose may be
            return None
        return {
            "text": text,
            "image": qr_data_uri(text),
            "picture": png_data_uri(text),
            "amount": amount,
            "purpose": told,
            "bank": account.bank_name,
            "number": account.number,
            "holder": account.holder,
        }

    @api.model
    def _by_transfer_code(self, codes):
        """Dossiers of this user by what a purpose makes of their codes.

        :param codes: set of codes without dots and dashes, in capitals.
        """
        if not codes:
            return {}
        self.flush_model(["code"])
        self.env.cr.execute(
            f"SELECT id, {SQUEEZED} FROM onestop_dossier "
            f"WHERE code IS NOT NULL AND {SQUEEZED} = ANY(%s)",
            [list(codes)],
        )
        known = dict(self.env.cr.fetchall())
        mine = self.search([("id", "in", list(known)), ("is_trial", "=", False)])
        return {known[dossier.id]: dossier for dossier in mine}
