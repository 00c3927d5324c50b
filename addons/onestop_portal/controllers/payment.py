# Part of One-Stop. See LICENSE file for full copyright and licensing details.

from werkzeug.exceptions import Forbidden, NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import content_disposition, request
from odoo.tools import consteq

from odoo.addons.payment import utils as payment_utils
from odoo.addons.payment.controllers.portal import PaymentPortal

from . import public


class DossierPayment(PaymentPortal):
    """Paying the fees of an own dossier: by transfer (VietQR), or online.

    What is to be paid is reckoned on the server each time; of what the page sends only
    the chosen gateway and method count, and those only when the page offered them.
    """

    @http.route(
        "/my/dossiers/<int:dossier_id>/pay", type="http", auth="user", website=True
    )
    def pay(self, dossier_id, **_other):
        """Show what is due, the code to scan, and the form of the gateways."""
        dossier = public.dossier_or_404(dossier_id)
        values = {"dossier": dossier._portal_values(), "message": "", "online": False}
        if not values["dossier"]["money"]["due"]:
            return request.redirect(f"/my/dossiers/{dossier_id}#money")
        try:
            payment = dossier._payment_values()
            values |= self._online_form(dossier, payment)
        except UserError as reason:
            values["message"] = str(reason)
        response = public.render(
            "pay", "onestop_dossier", transfer=dossier._transfer(), **values
        )
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def _online_form(self, dossier, payment):
        """Values of Odoo's own payment form, or nothing without a gateway."""
        partner = request.env.user.partner_id
        currency = request.env["res.currency"].browse(payment["currency_id"])
        amount = payment["amount"]
        # sudo: onestop.dossier - the payer was checked
        # sudo: onestop.dossier - the citizen was checked; gateways are no secret
        providers, methods = dossier.sudo()._payment_options(partner, amount, currency)
        if not methods:
            return {}
        url = f"/my/dossiers/{dossier.id}/pay"
        return {
            "online": True,
            "mode": "payment",
            "reference_prefix": dossier.code,
            "amount": amount,
            "currency": currency,
            "partner_id": partner.id,
            "providers_sudo": providers,
            "payment_methods_sudo": methods,
            # sudo: payment.token - none: cards of citizens are not kept
            "tokens_sudo": request.env["payment.token"].sudo(),
            "availability_report": {},
            "show_tokenize_input_mapping": dict.fromkeys(providers.ids, False),
            "transaction_route": f"{url}/transaction",
            "landing_route": f"{url}/done",
            "access_token": self._token(dossier, payment),
        }

    def _token(self, dossier, payment):
        """What the page has to bring back: payer, dossier, fees and amount."""
        fees = payment["onestop_fee_ids"][0][2]
        values = (request.env.user.partner_id.id, dossier.id, fees, payment["amount"])
        return payment_utils.generate_access_token("onestop", *values)

    @http.route(
        "/my/dossiers/<int:dossier_id>/pay/transaction", type="jsonrpc", auth="user"
    )
    def transaction(
        self,
        dossier_id,
        access_token,
        provider_id=None,
        payment_method_id=None,
        flow="redirect",
        **_other,
    ):
        """Begin a payment of what is due now.

        :param str access_token: from the page: it names the fees that were shown.
        :param int provider_id: the chosen gateway.
        :param int payment_method_id: the chosen method.
        :param str flow: "redirect" or "direct".
        :return: what the gateway's form needs.
        :raises UserError: nothing is due, or something else than the page showed.
        :raises Forbidden: a gateway, method or flow that the page did not offer.
        """
        dossier = public.dossier_or_404(dossier_id)
        # Two windows of one citizen begin one after the other.
        # sudo: onestop.dossier - the payer was checked
        dossier.sudo().lock_for_update(allow_referencing=True)
        payment = dossier._payment_values()
        if not access_token or not consteq(
            str(access_token), self._token(dossier, payment)
        ):
            raise UserError(
                request.env._(
                    "What is to be paid has changed since this page was shown. Reload "
                    "it and look at the amount again. Nothing was paid."
                )
            )
        partner = request.env.user.partner_id
        currency = request.env["res.currency"].browse(payment["currency_id"])
        providers, methods = dossier.sudo()._payment_options(
            partner, payment["amount"], currency
        )
        chosen = providers.filtered(lambda p: p.id == provider_id)
        method = methods.filtered(
            lambda m: m.id == payment_method_id and chosen in m.provider_ids
        )
        if not (chosen and method) or flow not in ("redirect", "direct"):
            raise Forbidden()
        amount = payment.pop("amount")
        transaction = self._create_transaction(
            provider_id=chosen.id,
            payment_method_id=method.id,
            token_id=None,
            amount=amount,
            currency_id=payment.pop("currency_id"),
            partner_id=partner.id,
            flow=flow,
            tokenization_requested=False,
            landing_route=f"/my/dossiers/{dossier.id}/pay/done",
            custom_create_values=payment,
        )
        return transaction._get_processing_values()

    @http.route(
        "/my/dossiers/<int:dossier_id>/pay/done",
        type="http",
        auth="user",
        website=True,
    )
    def done(self, dossier_id, **_other):
        """Where the citizen comes back to: what became of his last payment."""
        dossier = public.dossier_or_404(dossier_id)
        partner = request.env.user.partner_id
        # sudo: payment.transaction - his own last payment of this dossier
        payment = (
            request.env["payment.transaction"]
            .sudo()
            .search(
                [
                    ("onestop_dossier_id", "=", dossier.id),
                    ("partner_id", "=", partner.id),
                    ("operation", "!=", "refund"),
                ],
                limit=1,
            )
        )
        if not payment:
            return request.redirect(f"/my/dossiers/{dossier_id}")
        if payment.state == "done" and not payment.onestop_state:
            payment._post_process()
        return public.render(
            "paid",
            "onestop_dossier",
            dossier=dossier._portal_values(),
            outcome=payment.onestop_state or payment.state,
            reference=payment.reference,
            amount=payment.currency_id.format(payment.amount),
            receipt=payment.onestop_receipt_id.id,
        )

    @http.route(
        "/my/dossiers/<int:dossier_id>/receipts/<int:receipt_id>",
        type="http",
        auth="user",
        website=True,
    )
    def receipt_pdf(self, dossier_id, receipt_id, **_other):
        """Download a receipt of an own dossier."""
        dossier = public.dossier_or_404(dossier_id)
        receipt = public.readable_or_404("onestop.receipt", receipt_id)
        if receipt.dossier_id != dossier:
            raise NotFound()
        # sudo: onestop.receipt - the reader was checked; the form names the payer
        name, content = receipt.sudo()._receipt_pdf()
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(name)),
                ("Cache-Control", "private, no-store"),
            ],
        )
